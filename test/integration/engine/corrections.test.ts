import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Command } from '#engine/core/inputs.ts';
import { listHabits, timelineOfCluster } from '#engine/corrections/correction-queries.ts';
import { getCluster, listClusters } from '#engine/correlation/cluster-queries.ts';
import { getScorecard } from '#engine/scorecard/scorecard-queries.ts';
import { commandInput, openTestCore, reportInput, type TestCore } from '#test/support/engine/core.ts';
import { at, start } from '#test/support/engine/reports.ts';
import { temporaryFolder } from '#test/support/engine/temporary-folder.ts';

const idRow = z.object({ alarm_id: z.string(), entity_id: z.string(), cluster_id: z.string() });

/** A router with three cells that go out, and a fan elsewhere. */
function started(): TestCore {
  const core = openTestCore(temporaryFolder());
  const entities = ['R:ROUTER', 'C1:CELL', 'C2:CELL', 'C3:CELL', 'X:CELL'].map((entity) => {
    const [id = '', entity_type = ''] = entity.split(':');
    return { id, entity_type };
  });
  const links = ['C1', 'C2', 'C3'].map((from) => ({ from, to: 'R', kind: 'depends_on' as const }));
  core.do(commandInput({ name: 'topology.replace', topology: { entities, links } }));
  core.apply(
    reportInput({ entity_id: 'R', alarm_type: 'DOWN', raised_at: at(0) }),
    ...['C1', 'C2', 'C3'].map((entity_id, index) =>
      reportInput({ entity_id, alarm_type: 'OUT', raised_at: at(2 + index) }),
    ),
    reportInput({ entity_id: 'X', alarm_type: 'FAN', raised_at: at(3) }),
  );
  core.settle();
  return core;
}

const alarmsOf = (core: TestCore) =>
  z.array(idRow).parse(core.rows('SELECT alarm_id, entity_id, cluster_id FROM alarms ORDER BY entity_id'));
const alarmOf = (core: TestCore, entityId: string) => {
  const found = alarmsOf(core).find((alarm) => alarm.entity_id === entityId);
  if (found === undefined) throw new Error(`${entityId} has no alarm.`);
  return found;
};
const partition = (core: TestCore) =>
  [...Map.groupBy(alarmsOf(core), (alarm) => alarm.cluster_id).values()]
    .map((members) => members.map(({ entity_id }) => entity_id).join(' '))
    .sort();
const correct = (
  core: TestCore,
  fields: Partial<Extract<Command, { name: 'cluster.correct' }>> & { clusterId: string },
) =>
  core.do(
    commandInput({
      name: 'cluster.correct',
      correction: 'split',
      alarmIds: [],
      toClusterId: null,
      cause: null,
      note: null,
      ...fields,
    }),
  );

describe('what a person corrects', () => {
  it('holds through later evidence and restarts, and is told in both timelines', () => {
    const core = started();
    expect(partition(core)).toEqual(['C1 C2 C3 R', 'X']);
    const { alarm_id, cluster_id } = alarmOf(core, 'C3');
    const split = correct(core, { clusterId: cluster_id, alarmIds: [alarm_id], note: 'works on the mast' });
    expect(split.kind).toBe('done');
    expect(partition(core)).toEqual(['C1 C2 R', 'C3', 'X']);
    core.reopen();
    core.apply(reportInput({ entity_id: 'C3', alarm_type: 'FAN', raised_at: at(10) }));
    core.settle();
    expect(alarmOf(core, 'C3').cluster_id).not.toBe(cluster_id);
    expect(partition(core)).toEqual(['C1 C2 R', 'C3 C3', 'X']);
    const words = (id: string) => core.reader.read((unit) => timelineOfCluster(unit, id));
    expect(words(cluster_id)).toContainEqual(
      expect.objectContaining({ operator: 'ana', what: expect.stringContaining('works on the mast') }),
    );
    expect(words(alarmOf(core, 'C3').cluster_id)).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining(cluster_id) }),
    );
    const detail = core.reader.read((unit) => getCluster(unit, 'acme', alarmOf(core, 'C3').cluster_id));
    expect(detail?.members.map(({ because }) => because)).toContain('split off by ana: works on the mast');
  });

  it('merges two clusters, which stay merged after a restart, and takes the merge back by a split', () => {
    const core = started();
    const [main, other] = [alarmOf(core, 'R').cluster_id, alarmOf(core, 'X').cluster_id];
    expect(correct(core, { correction: 'merge', clusterId: other, toClusterId: main }).kind).toBe('done');
    expect(partition(core)).toEqual(['C1 C2 C3 R X']);
    expect(correct(core, { correction: 'merge', clusterId: other, toClusterId: main }).kind).toBe('done');
    core.reopen();
    core.settle();
    expect(partition(core)).toEqual(['C1 C2 C3 R X']);
    correct(core, { clusterId: main, alarmIds: [alarmOf(core, 'X').alarm_id] });
    expect(partition(core)).toEqual(['C1 C2 C3 R', 'X']);
  });

  it('names the cause, before and after a restart', () => {
    const core = started();
    const { cluster_id } = alarmOf(core, 'R');
    correct(core, { correction: 'cause', clusterId: cluster_id, cause: { entityId: 'X9', alarmId: null } });
    const cause = () => core.reader.read((unit) => getCluster(unit, 'acme', cluster_id)?.root_cause);
    expect(cause()).toMatchObject({ entity_id: 'X9', alarm_id: null, because: 'named the cause by ana' });
    core.reopen();
    core.apply(reportInput({ entity_id: 'R', alarm_type: 'FAN', raised_at: at(12) }));
    core.settle();
    expect(cause()).toMatchObject({ entity_id: 'X9' });
  });

  it('becomes a rule when people do it again and again, and at once when they say never', () => {
    const core = started();
    const { cluster_id, alarm_id } = alarmOf(core, 'R');
    correct(core, { correction: 'apart', clusterId: cluster_id, alarmIds: [alarm_id] });
    expect(partition(core)).toEqual(['C1 C2 C3', 'R', 'X']);
    const habits = core.reader.read((unit) => listHabits(unit, 'acme'));
    expect(habits.map(({ verdict, apart }) => [verdict, apart])).toContainEqual(['never', 3]);
    const first = habits[0];
    if (first === undefined) throw new Error('There is no habit.');
    const { left_kind: leftKind, right_kind: rightKind, place } = first;
    core.do(commandInput({ name: 'grouping-habit.forget', leftKind, rightKind, place }));
    expect(core.reader.read((unit) => listHabits(unit, 'acme'))).toHaveLength(habits.length - 1);
  });

  it('counts in the quality of correlation', () => {
    const core = started();
    const quality = () => core.reader.read((unit) => getScorecard(unit, 'acme', start - 1, start + 60_000));
    expect(quality()).toMatchObject({ clusters_judged: 1, clusters_corrected: 0, correlation_quality: 1 });
    const { alarm_id, cluster_id } = alarmOf(core, 'C3');
    correct(core, { clusterId: cluster_id, alarmIds: [alarm_id] });
    expect(quality().correlation_quality).toBe(0);
  });

  it('is refused where it makes no sense, and never crosses tenants', () => {
    const core = started();
    const { cluster_id, alarm_id } = alarmOf(core, 'X');
    const main = alarmOf(core, 'R').cluster_id;
    const refusal = (fields: Parameters<typeof correct>[1]) => {
      const result = correct(core, fields);
      return result.kind === 'refused' ? result.refusal.code : result.kind;
    };
    expect(refusal({ clusterId: 'c-none', alarmIds: [alarm_id] })).toBe('NOT_FOUND');
    expect(refusal({ clusterId: cluster_id, alarmIds: [alarm_id] })).toBe('CONFLICT');
    expect(refusal({ clusterId: main, alarmIds: [alarm_id] })).toBe('UNPROCESSABLE_CONTENT');
    expect(refusal({ clusterId: main, correction: 'merge', toClusterId: main })).toBe('CONFLICT');
    expect(refusal({ clusterId: main, correction: 'merge', toClusterId: 'c-none' })).toBe('NOT_FOUND');
    expect(refusal({ clusterId: main, correction: 'cause', cause: { entityId: 'X', alarmId: alarm_id } })).toBe(
      'UNPROCESSABLE_CONTENT',
    );
    const foreign = core.do(
      commandInput(
        {
          name: 'cluster.correct',
          correction: 'split',
          clusterId: main,
          alarmIds: [],
          toClusterId: null,
          cause: null,
          note: null,
        },
        'other',
      ),
    );
    expect(foreign).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_FOUND' } });
  });
});

describe('rules by people', () => {
  it('take effect at once, survive a restart, and are undone when they are withdrawn', () => {
    const core = started();
    const definition = {
      name: 'cells alone',
      verdict: 'never',
      first: [{ field: 'entity_type', operator: 'is', value: 'CELL' }],
      second: [{ field: 'entity_type', operator: 'is', value: 'ROUTER' }],
      place: 'anywhere',
      within_seconds: 300,
    } as const;
    const made = core.do(
      commandInput({
        name: 'grouping-rule.write',
        ruleId: null,
        definition: { ...definition, first: [...definition.first], second: [...definition.second] },
      }),
    );
    core.settle();
    expect(partition(core)).toEqual(['C1 C2 C3', 'R', 'X']);
    core.reopen();
    core.apply(reportInput({ entity_id: 'C1', alarm_type: 'VSWR', raised_at: at(9) }));
    core.settle();
    expect(partition(core)).toEqual(['C1 C1 C2 C3', 'R', 'X']);
    core.do(
      commandInput({ name: 'grouping-rule.write', ruleId: made.kind === 'done' ? made.id : '', definition: null }),
    );
    core.settle();
    const clusters = core.reader.read((unit) => listClusters(unit, 'acme', { state: 'active', limit: 100 }));
    expect(clusters?.items.length).toBeLessThanOrEqual(2);
  });
});
