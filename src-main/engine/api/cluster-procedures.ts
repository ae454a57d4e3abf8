import type { CorrectionKind } from '#shared/events/events.ts';
import type { Command } from '../core/inputs.ts';
import { timelineOfCluster } from '../corrections/correction-queries.ts';
import { findCluster, getCluster, listClusters } from '../correlation/cluster-queries.ts';
import { sitrepOf } from '../reports/sitrep.ts';
import type { ApiContext } from './api-context.ts';
import { base } from './base.ts';
import type { ApiServices } from './services.ts';
import { command, found, pageOrRefusal, tenantOf } from './submit.ts';

type Correction = Extract<Command, { name: 'cluster.correct' }>;

/** Implements the contract's `clusters`. */
export function clusterProcedures(services: ApiServices) {
  const { reader, clock } = services;

  /** Answers the cluster in which what was corrected now stands. */
  const correct = async (
    context: ApiContext,
    correction: CorrectionKind,
    input: { readonly cluster_id: string; readonly note?: string | undefined },
    details: Partial<Pick<Correction, 'alarmIds' | 'toClusterId' | 'cause'>>,
  ) => {
    const tenantId = tenantOf(context);
    const { id } = await command(services, context, tenantId, {
      name: 'cluster.correct',
      correction,
      clusterId: input.cluster_id,
      alarmIds: [],
      toClusterId: null,
      cause: null,
      note: input.note ?? null,
      ...details,
    });
    return found(
      reader.read((unit) => findCluster(unit, tenantId, id)),
      `cluster ${id}`,
    );
  };

  return {
    list: base.clusters.list.handler(({ input, context }) =>
      pageOrRefusal(reader.read((unit) => listClusters(unit, tenantOf(context), input))),
    ),
    get: base.clusters.get.handler(({ input, context }) =>
      found(
        reader.read((unit) => {
          const cluster = getCluster(unit, tenantOf(context), input.cluster_id);
          return cluster === null ? null : { ...cluster, timeline: timelineOfCluster(unit, cluster.cluster_id) };
        }),
        `cluster ${input.cluster_id}`,
      ),
    ),
    sitrep: base.clusters.sitrep.handler(({ input, context }) =>
      reader.read((unit) => {
        const cluster = found(findCluster(unit, tenantOf(context), input.cluster_id), `cluster ${input.cluster_id}`);
        return sitrepOf(unit, cluster, clock());
      }),
    ),
    split: base.clusters.split.handler(({ input, context }) =>
      correct(context, 'split', input, { alarmIds: input.alarm_ids }),
    ),
    move: base.clusters.move.handler(({ input, context }) =>
      correct(context, input.to === null ? 'split' : 'move', input, {
        alarmIds: input.alarm_ids,
        toClusterId: input.to,
      }),
    ),
    merge: base.clusters.merge.handler(({ input, context }) =>
      correct(context, 'merge', input, { toClusterId: input.into }),
    ),
    cause: base.clusters.cause.handler(({ input, context }) =>
      correct(context, 'cause', input, { cause: { entityId: input.entity_id, alarmId: input.alarm_id ?? null } }),
    ),
    apart: base.clusters.apart.handler(({ input, context }) =>
      correct(context, 'apart', input, { alarmIds: input.alarm_ids }),
    ),
  };
}
