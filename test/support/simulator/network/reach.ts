/** Routing nodes that still have a path to a core node: 1 at their position, 0 elsewhere. */
export function reachableNodes(
  entityCount: number,
  cores: readonly number[],
  edgesAt: readonly (readonly { readonly edge: number; readonly other: number }[] | undefined)[],
  deadNodes: ReadonlySet<number>,
  deadEdges: ReadonlySet<number>,
): Uint8Array {
  const reached = new Uint8Array(entityCount);
  const queue: number[] = [];
  for (const core of cores) {
    if (deadNodes.has(core)) continue;
    reached[core] = 1;
    queue.push(core);
  }
  const [anyNode, anyEdge] = [deadNodes.size > 0, deadEdges.size > 0];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const { edge, other } of edgesAt[node] ?? []) {
      if (reached[other] === 1 || (anyEdge && deadEdges.has(edge)) || (anyNode && deadNodes.has(other))) continue;
      reached[other] = 1;
      queue.push(other);
    }
  }
  return reached;
}
