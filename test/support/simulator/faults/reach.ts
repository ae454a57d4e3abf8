import { edgeAt, type Network } from '../network/model.ts';
import type { TransportState } from './model.ts';

/** Routing nodes that still have a path to a core node. */
export function reachableNodes(network: Network, state: TransportState): Set<number> {
  const reached = new Set<number>();
  const queue: number[] = [];
  for (const core of network.cores) {
    if (state.deadNodes.has(core)) continue;
    reached.add(core);
    queue.push(core);
  }
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const edgeIndex of network.edgesAt.get(node) ?? []) {
      if (state.deadEdges.has(edgeIndex)) continue;
      const edge = edgeAt(network, edgeIndex);
      const other = edge.a === node ? edge.b : edge.a;
      if (reached.has(other) || state.deadNodes.has(other)) continue;
      reached.add(other);
      queue.push(other);
    }
  }
  return reached;
}

/** Nodes that lose their last path when `added` fails on top of `state`; the failed nodes themselves are not among them. */
export function newlyIsolated(
  network: Network,
  state: TransportState,
  added: TransportState,
  reachableBefore: ReadonlySet<number>,
): number[] {
  const after = reachableNodes(network, {
    deadNodes: new Set([...state.deadNodes, ...added.deadNodes]),
    deadEdges: new Set([...state.deadEdges, ...added.deadEdges]),
  });
  return [...reachableBefore].filter((node) => !after.has(node) && !added.deadNodes.has(node));
}
