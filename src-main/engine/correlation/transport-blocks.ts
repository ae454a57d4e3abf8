/** An undirected graph by number: the neighbours of `v` are `targets[offsets[v]]` to `targets[offsets[v + 1] - 1]`. */
interface Graph {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/** Biconnected parts of a graph: within one, every two nodes have two ways between them (or are joined by a single bridge). */
export interface Blocks {
  /** Members of block `b` are `members[starts[b]]` to `members[starts[b + 1] - 1]`. */
  readonly starts: readonly number[];
  readonly members: readonly number[];
}

/**
 * Hopcroft and Tarjan's biconnected components (Communications of the ACM 16(6), 1973) without recursion, over the nodes
 * that `included` marks. Linear in nodes and links. A node without links is in no block.
 */
export function findBlocks(count: number, graph: Graph, included: Uint8Array): Blocks {
  const order = new Int32Array(count);
  const lowest = new Int32Array(count);
  const parent = new Int32Array(count).fill(-1);
  const cursor = new Int32Array(count);
  const starts = [0];
  const members: number[] = [];
  const path: number[] = [];
  const stack: number[] = [];
  let time = 0;

  for (let root = 0; root < count; root += 1) {
    if (included[root] !== 1 || order[root] !== 0) continue;
    path.push(root);
    stack.push(root);
    order[root] = lowest[root] = ++time;
    cursor[root] = graph.offsets[root] ?? 0;
    while (path.length > 0) {
      const node = path[path.length - 1] ?? root;
      const at = cursor[node] ?? 0;
      if (at < (graph.offsets[node + 1] ?? 0)) {
        cursor[node] = at + 1;
        const next = graph.targets[at] ?? node;
        if (included[next] !== 1 || next === parent[node]) continue;
        if (order[next] === 0) {
          parent[next] = node;
          order[next] = lowest[next] = ++time;
          cursor[next] = graph.offsets[next] ?? 0;
          path.push(next);
          stack.push(next);
        } else if ((order[next] ?? 0) < (lowest[node] ?? 0)) lowest[node] = order[next] ?? 0;
        continue;
      }
      path.pop();
      const above = parent[node] ?? -1;
      if (above < 0) {
        stack.pop();
        continue;
      }
      if ((lowest[node] ?? 0) < (lowest[above] ?? 0)) lowest[above] = lowest[node] ?? 0;
      if ((lowest[node] ?? 0) < (order[above] ?? 0)) continue;
      // Nothing below `node` reaches past `above`: what is on the stack down to `node` is one block with `above`.
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        members.push(member);
        if (member === node) break;
      }
      members.push(above);
      starts.push(members.length);
    }
  }
  return { starts, members };
}

/**
 * For every node the single node whose loss cuts it off from the heart of its network; -1 for the heart itself.
 * The heart is the centroid of the tree of blocks: nobody tells which nodes are the core, but a cut hurts the smaller side.
 */
export function findGateways(count: number, graph: Graph, included: Uint8Array): Int32Array {
  const { starts, members } = findBlocks(count, graph, included);
  const blockCount = starts.length - 1;
  const blocksOf: number[][] = Array.from({ length: count }, () => []);
  for (let block = 0; block < blockCount; block += 1) {
    for (let at = starts[block] ?? 0; at < (starts[block + 1] ?? 0); at += 1) blocksOf[members[at] ?? 0]?.push(block);
  }
  // The tree of blocks and nodes: nodes are 0 to count - 1, blocks follow.
  const neighbours = (vertex: number): readonly number[] =>
    vertex < count
      ? (blocksOf[vertex] ?? []).map((block) => count + block)
      : members.slice(starts[vertex - count] ?? 0, starts[vertex - count + 1] ?? 0);
  const gateways = new Int32Array(count).fill(-1);
  const above = new Int32Array(count + blockCount).fill(-2);
  const weight = new Float64Array(count + blockCount);
  for (let start = 0; start < count; start += 1) {
    if (included[start] !== 1 || above[start] !== -2 || (blocksOf[start]?.length ?? 0) === 0) continue;
    const visited = walk(start, neighbours, above);
    for (let at = visited.length - 1; at >= 0; at -= 1) {
      const vertex = visited[at] ?? start;
      if (vertex < count) weight[vertex] = (weight[vertex] ?? 0) + 1;
      const up = above[vertex] ?? -1;
      if (up >= 0) weight[up] = (weight[up] ?? 0) + (weight[vertex] ?? 0);
    }
    const heart = centroid(start, weight[start] ?? 0, neighbours, above, weight);
    for (const vertex of visited) above[vertex] = -2;
    for (const vertex of walk(heart, neighbours, above)) {
      const block = above[vertex] ?? -1;
      if (vertex >= count || block < 0) continue;
      gateways[vertex] = above[block] ?? -1;
    }
  }
  return gateways;
}

/** Breadth first from `start`; notes in `above` where each vertex was reached from (-1 for the start). */
function walk(start: number, neighbours: (vertex: number) => readonly number[], above: Int32Array): number[] {
  const visited = [start];
  above[start] = -1;
  for (let at = 0; at < visited.length; at += 1) {
    const vertex = visited[at] ?? start;
    for (const next of neighbours(vertex)) {
      if (above[next] !== -2) continue;
      above[next] = vertex;
      visited.push(next);
    }
  }
  return visited;
}

/** The vertex from which no branch holds more than half of all nodes. */
function centroid(
  start: number,
  total: number,
  neighbours: (vertex: number) => readonly number[],
  above: Int32Array,
  weight: Float64Array,
): number {
  let vertex = start;
  for (;;) {
    const heavy = neighbours(vertex).find((next) => above[next] === vertex && (weight[next] ?? 0) > total / 2);
    if (heavy === undefined) return vertex;
    vertex = heavy;
  }
}
