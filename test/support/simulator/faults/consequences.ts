import { edgeAt, entityAt, type Network } from '../network/model.ts';
import { reachableNodes } from '../network/reach.ts';
import { type Effect, type FaultPlan, portName, type Symptom, type TransportState } from './model.ts';

interface Timing {
  readonly delay: number;
  readonly spread: number;
  readonly probability: number;
  readonly copies?: number;
  readonly period?: number;
}

/** Collects what follows from one fault; each (entity, symptom, detail) once, the earliest. */
export interface Consequences {
  raise(entity: number, symptom: Symptom, timing: Timing, detail?: string): void;
  /** Transport that goes dark together at `delay`: far ends see it, what has no other path is lost. */
  loseTransport(nodes: readonly number[], edges: readonly number[], delay: number): void;
  /** A whole site without power at `delay`. */
  darkSite(power: number, delay: number): void;
  /** Cells, areas and services behind an entity that stops at `delay`. */
  loseContents(entity: number, delay: number, probability: number): void;
  plan(roots: readonly number[]): FaultPlan;
}

export function createConsequences(network: Network, state: TransportState): Consequences {
  const effects = new Map<string, Effect>();
  const outages: { node: number; edge: number; delay: number }[] = [];
  const losses: { nodes: readonly number[]; edges: readonly number[]; delay: number }[] = [];
  const deadNodes = new Set(state.deadNodes);
  const deadEdges = new Set(state.deadEdges);
  let reachable: Uint8Array | null = deadNodes.size + deadEdges.size === 0 ? network.connected : null;
  const reach = (): Uint8Array =>
    reachableNodes(network.entities.length, network.cores, network.edgesAt, deadNodes, deadEdges);

  const raise: Consequences['raise'] = (entity, symptom, timing, detail = '') => {
    const key = `${entity}/${symptom}/${detail}`;
    const known = effects.get(key);
    if (known !== undefined && known.delay <= timing.delay) return;
    effects.set(key, { entity, symptom, detail, copies: 1, period: 0, ...timing });
  };

  const loseServices = (entity: number, delay: number): void => {
    for (const need of network.neededBy.get(entity) ?? []) {
      if (need.kind !== 'service') continue;
      raise(need.from, 'service_down', { delay: delay + 60, spread: 15, probability: 0.6 });
    }
  };

  const loseContents = (entity: number, delay: number, probability: number): void => {
    for (const child of network.children.get(entity) ?? []) {
      const role = entityAt(network, child).role;
      if (role === 'cell') raise(child, 'out_of_service', { delay: delay + 18, spread: 5, probability });
      if (role === 'sector')
        raise(child, 'out_of_service', { delay: delay + 14, spread: 4, probability: probability * 0.5 });
      if (role === 'customer_area') raise(child, 'area_down', { delay: delay + 30, spread: 8, probability });
      loseServices(child, delay);
      loseContents(child, delay, probability);
    }
  };

  /** What hangs on a routing node: it works but nobody hears it, or it is dark too. */
  const loseBehind = (node: number, delay: number, dark: boolean): void => {
    loseServices(node, delay);
    for (const need of network.neededBy.get(node) ?? []) {
      if (need.kind !== 'transport') continue;
      const role = entityAt(network, need.from).role;
      if (role === 'baseband' && !dark)
        raise(need.from, 'control_lost', { delay: delay + 10, spread: 3, probability: 0.75 });
      raise(need.from, 'unreachable', { delay: delay + 50, spread: 12, probability: dark ? 0.6 : 0.35 });
      loseContents(need.from, delay, dark ? 0.85 : 0.7);
    }
  };

  const loseTransport: Consequences['loseTransport'] = (nodes, edges, delay) => {
    losses.push({ nodes, edges, delay });
  };

  const applyLoss = (nodes: readonly number[], edges: readonly number[], delay: number): void => {
    const newNodes = new Set(nodes.filter((node) => !deadNodes.has(node)));
    const newEdges = new Set(edges.filter((edge) => !deadEdges.has(edge)));
    if (newNodes.size + newEdges.size === 0) return;
    const before = reachable ?? reach();
    const deadBefore = new Set(deadNodes);
    const cutBefore = new Set(deadEdges);
    for (const node of newNodes) deadNodes.add(node);
    for (const edge of newEdges) deadEdges.add(edge);
    reachable = reach();
    const isolated: number[] = [];
    for (const role of ['router', 'aggregation', 'core'] as const) {
      for (const node of network.byRole.get(role) ?? []) {
        if (before[node] === 1 && reachable[node] === 0 && !newNodes.has(node)) isolated.push(node);
      }
    }
    const unheard = new Set(isolated);
    const seen = new Set(newEdges);
    for (const node of newNodes) for (const edge of network.edgesAt[node] ?? []) seen.add(edge.edge);
    for (const edgeIndex of seen) {
      if (cutBefore.has(edgeIndex)) continue;
      const edge = edgeAt(network, edgeIndex);
      for (const [end, far, terminal] of [
        [edge.a, edge.b, edge.terminalA],
        [edge.b, edge.a, edge.terminalB],
      ] as const) {
        if (newNodes.has(end) || deadBefore.has(end)) continue;
        // An element that is cut off can tell nobody; some keep a second way for management.
        const heard = unheard.has(end) ? 0.25 : 0.92;
        if (terminal >= 0) raise(terminal, 'hop_down', { delay: delay + 1, spread: 0.5, probability: heard });
        raise(
          end,
          'signal_lost',
          { delay: delay + 2, spread: 0.7, probability: terminal >= 0 ? heard * 0.6 : heard },
          portName(edge),
        );
        raise(
          end,
          'protocol_down',
          { delay: delay + 7, spread: 2, probability: heard * 0.6 },
          `peer ${entityAt(network, far).id}`,
        );
      }
      if (edge.span >= 0 && newEdges.has(edgeIndex))
        raise(edge.span, 'signal_lost', { delay: delay + 3, spread: 1, probability: 0.5 });
    }
    for (const node of newNodes) raise(node, 'unreachable', { delay: delay + 45, spread: 12, probability: 0.65 });
    for (const node of isolated) {
      raise(node, 'unreachable', { delay: delay + 50, spread: 15, probability: 0.75 });
      loseBehind(node, delay, false);
    }
    for (const node of newNodes) outages.push({ node, edge: -1, delay });
    for (const edge of newEdges) outages.push({ node: -1, edge, delay });
  };

  const darkSite = (power: number, delay: number): void => {
    for (const need of network.neededBy.get(power) ?? []) {
      if (need.kind !== 'power') continue;
      const role = entityAt(network, need.from).role;
      if (role === 'router' || role === 'aggregation' || role === 'core') {
        loseTransport([need.from], [], delay);
        loseBehind(need.from, delay, true);
      }
    }
  };

  return {
    raise,
    loseTransport,
    darkSite,
    loseContents,
    plan: (roots) => {
      // In the order in which it goes dark: the second loss of a ring is what isolates.
      for (const loss of losses.toSorted((left, right) => left.delay - right.delay)) {
        applyLoss(loss.nodes, loss.edges, loss.delay);
      }
      return { roots: [...new Set(roots.filter((root) => root >= 0))], effects: [...effects.values()], outages };
    },
  };
}
