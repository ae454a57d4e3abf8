import type { Answer } from '#test/support/scoring/score.ts';
import type { Scenario } from '#test/support/simulator/scenario.ts';
import type { YardstickAlarm } from './input.ts';

const gap = 5 * 60_000;

/**
 * One group per site, split where the site was quiet for more than five minutes: what many consoles do. It is told the true site
 * of every entity; what stands at no site is its own. Root: the entity that alarmed first. `alarms` sorted by time.
 */
export function answerPerSite(scenario: Scenario, alarms: readonly YardstickAlarm[]): Answer {
  const { entities } = scenario.model.network;
  const siteOf = new Map(entities.map((entity) => [entity.id, entities[entity.site]?.id ?? entity.id]));
  const open = new Map<string, { clusterId: string; last: number }>();
  const clusterOf = new Map<string, string>();
  const rootsOf = new Map<string, string[]>();
  for (const alarm of alarms) {
    const site = siteOf.get(alarm.entityId) ?? alarm.entityId;
    let group = open.get(site);
    if (group === undefined || alarm.at - group.last > gap) {
      group = { clusterId: `c${rootsOf.size}`, last: alarm.at };
      open.set(site, group);
      rootsOf.set(group.clusterId, []);
    }
    group.last = alarm.at;
    clusterOf.set(alarm.alarmId, group.clusterId);
    const roots = rootsOf.get(group.clusterId);
    if (roots !== undefined && roots.length < 3 && !roots.includes(alarm.entityId)) roots.push(alarm.entityId);
  }
  return { clusterOf, rootsOf };
}
