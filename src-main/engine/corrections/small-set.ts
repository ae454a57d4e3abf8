/** A set that holds one item at most for nearly all of its life, of which there are very many: it costs no more than a field then. */
export class SmallSet<T extends object> implements Iterable<T> {
  #only: T | null = null;
  #many: Set<T> | null = null;

  get size(): number {
    return this.#many?.size ?? (this.#only === null ? 0 : 1);
  }

  has(item: T): boolean {
    return this.#many?.has(item) ?? this.#only === item;
  }

  add(item: T): void {
    if (this.#many !== null) this.#many.add(item);
    else if (this.#only === null) this.#only = item;
    else if (this.#only !== item) {
      this.#many = new Set([this.#only, item]);
      this.#only = null;
    }
  }

  delete(item: T): void {
    if (this.#many !== null) this.#many.delete(item);
    else if (this.#only === item) this.#only = null;
  }

  clear(): void {
    this.#only = null;
    this.#many = null;
  }

  [Symbol.iterator](): IterableIterator<T> {
    if (this.#many !== null) return this.#many.values();
    return (this.#only === null ? [] : [this.#only]).values();
  }
}
