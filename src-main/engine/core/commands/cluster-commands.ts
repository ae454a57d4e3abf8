import type { ClusterRow } from '../../correlation/cluster-wire.ts';
import type { Command, CoreResult } from '../inputs.ts';
import { type CommandContext, done, refused } from './command-context.ts';

type Correct = Extract<Command, { name: 'cluster.correct' }>;

/** What a person corrects about a cluster. Correcting what stands that way already is done and leaves no trace. */
export function correctCluster(command: Correct, context: CommandContext): CoreResult {
  const cluster = find(command.clusterId, context);
  if (cluster === null) return refused('NOT_FOUND', `There is no cluster ${command.clusterId}.`);
  if (command.correction === 'merge' && cluster.state === 'merged' && cluster.mergedInto === command.toClusterId)
    return done(cluster.mergedInto ?? cluster.clusterId);
  if (!context.isLive(cluster.tenantId, cluster.clusterId))
    return refused('CONFLICT', 'The cluster is over and settled, or merged into another; it can be corrected no more.');
  switch (command.correction) {
    case 'merge':
      return merge(command, cluster, context);
    case 'cause':
      return nameCause(command, cluster, context);
    default:
      return place(command, cluster, context);
  }
}

function place(command: Correct, cluster: ClusterRow, context: CommandContext): CoreResult {
  const members = new Set(context.set.alarmsInCluster(cluster.clusterId).map(({ alarmId }) => alarmId));
  const alarmIds = [...new Set(command.alarmIds)];
  const to = command.toClusterId ?? `c-${context.input.entryId}`;
  const strangers = alarmIds.filter((alarmId) => !members.has(alarmId));
  if (strangers.length > 0) {
    const isThere = strangers.every((alarmId) => context.set.alarm(alarmId)?.clusterId === to);
    if (isThere && strangers.length === alarmIds.length) return done(to);
    return refused('UNPROCESSABLE_CONTENT', `alarm_ids: ${strangers[0]} is not in this cluster.`);
  }
  if (command.toClusterId === null && alarmIds.length === members.size)
    return refused('CONFLICT', 'That is the whole cluster: nothing would be left of it.');
  if (command.toClusterId !== null) {
    const refusal = refuseTarget(command.toClusterId, cluster, context);
    if (refusal !== null) return refusal;
  }
  return append(command, cluster, { alarm_ids: alarmIds, to_cluster_id: to }, context, to);
}

function merge(command: Correct, cluster: ClusterRow, context: CommandContext): CoreResult {
  const into = command.toClusterId ?? cluster.clusterId;
  const refusal = refuseTarget(into, cluster, context);
  return refusal ?? append(command, cluster, { alarm_ids: [], to_cluster_id: into }, context, into);
}

function nameCause(command: Correct, cluster: ClusterRow, context: CommandContext): CoreResult {
  const { cause } = command;
  if (cause === null) return refused('UNPROCESSABLE_CONTENT', 'entity_id: must name the cause');
  const alarm = cause.alarmId === null ? null : context.set.alarm(cause.alarmId);
  if (cause.alarmId !== null && alarm?.clusterId !== cluster.clusterId)
    return refused('UNPROCESSABLE_CONTENT', `alarm_id: ${cause.alarmId} is not in this cluster.`);
  const [root] = cluster.candidates;
  const isSaid = root.entity_id === cause.entityId && root.alarm_id === cause.alarmId && root.confidence === 1;
  if (isSaid) return done(cluster.clusterId);
  const facts = { alarm_ids: [], to_cluster_id: null, entity_id: cause.entityId, alarm_id: cause.alarmId };
  return append(command, cluster, facts, context, cluster.clusterId);
}

function refuseTarget(targetId: string, cluster: ClusterRow, context: CommandContext): CoreResult | null {
  if (targetId === cluster.clusterId) return refused('CONFLICT', 'A cluster cannot be put into itself.');
  if (find(targetId, context) === null) return refused('NOT_FOUND', `There is no cluster ${targetId}.`);
  if (!context.isLive(cluster.tenantId, targetId))
    return refused('CONFLICT', `The cluster ${targetId} is over and settled; nothing can be put into it.`);
  return null;
}

function append(
  command: Correct,
  cluster: ClusterRow,
  facts: {
    readonly alarm_ids: string[];
    readonly to_cluster_id: string | null;
    readonly entity_id?: string;
    readonly alarm_id?: string | null;
  },
  { set, input, apply }: CommandContext,
  answer: string,
): CoreResult {
  apply([
    set.append(cluster.tenantId, (base) => ({
      ...base,
      event_type: 'cluster.corrected',
      correction: command.correction,
      cluster_id: cluster.clusterId,
      operator: input.operator,
      alarm_ids: facts.alarm_ids,
      to_cluster_id: facts.to_cluster_id,
      entity_id: facts.entity_id ?? null,
      alarm_id: facts.alarm_id ?? null,
      note: command.note,
    })),
  ]);
  return done(answer);
}

function find(clusterId: string, { set, input }: CommandContext): ClusterRow | null {
  const cluster = set.cluster(clusterId);
  return cluster !== null && cluster.tenantId === input.tenantId ? cluster : null;
}
