import type { Condition } from '#engine/correlation/conditions.ts';
import type { MemberExplanation } from '#engine/correlation/correlator.ts';
import type { Happening } from '#engine/correlation/explain-levels.ts';
import { reachCount, reaches } from '#engine/correlation/influence.ts';
import type { LiveAlarm } from '#engine/correlation/live-alarm.ts';

/** Nats of strain that halve the strength of a tie. */
const halvingStrain = 3;

/** Why an alarm stands in its happening, in the words of an engineer, with what would have kept it out. */
export function explainMember(
  alarm: LiveAlarm,
  condition: Condition,
  happening: Happening,
  nameOf: (entity: number) => string,
): MemberExplanation {
  const root = nameOf(happening.root);
  const alarmId = alarm.id;
  if (happening.conditions.length === 1 && condition.entity === happening.root) {
    const again = condition.alarms[0] === alarm ? null : (condition.alarms[0]?.id ?? null);
    const because =
      again === null
        ? 'stands alone: no fault explains it together with others'
        : `${alarm.entityId} says the same again`;
    return { alarmId, because, linkedTo: again, score: 1 };
  }
  const when = inTime(alarm.raisedAt - happening.startedAt);
  if (condition.entity === happening.root) {
    return {
      alarmId,
      because: `${root} itself alarms, ${when}; it is where the fault is seen`,
      linkedTo: null,
      score: 1,
    };
  }
  const tie = tieTo(condition, happening.root);
  if (tie === null) {
    const because = `a fault that ${root} caused reaches ${alarm.entityId}, ${when}; without that step it would stand apart`;
    return { alarmId, because, linkedTo: root, score: 0.5 };
  }
  const through = tie.via === condition.entity || tie.via === happening.root ? '' : ` through ${nameOf(tie.via)}`;
  const because = `${words(tie.reach, alarm.entityId, root, through)}, ${when}; ${keptOut(tie.reach, root)}`;
  return { alarmId, because, linkedTo: root, score: Math.max(0.1, 2 ** (-tie.strain / halvingStrain) * 0.95) };
}

interface Tie {
  readonly reach: number;
  readonly via: number;
  readonly strain: number;
}

function tieTo({ causes }: Condition, root: number): Tie | null {
  for (let at = 0; at < causes.codes.length; at += 1) {
    const code = causes.codes[at] ?? 0;
    if (Math.floor(code / reachCount) !== root) continue;
    return { reach: code % reachCount, via: causes.via[at] ?? root, strain: causes.strain[at] ?? 0 };
  }
  return null;
}

function words(reach: number, entity: string, root: string, through: string): string {
  if (reach === reaches.below) return `${entity} cannot work without ${root}${through}`;
  if (reach === reaches.beside) return `${entity} is the far end of a link to ${root}`;
  if (reach === reaches.behind) return `${entity} lies behind an entity that is linked to ${root}${through}`;
  if (reach === reaches.named) return `the alarm names ${root}`;
  if (reach === reaches.housed) return `${entity} stands in one place with ${root} or what it feeds${through}`;
  return `${entity} holds what ${root} takes down${through}`;
}

function keptOut(reach: number, root: string): string {
  if (reach === reaches.below) return `another supply past ${root}, or an alarm long before, would have kept it out`;
  if (reach === reaches.named) return `if it named another entity it would stand apart`;
  return `without that link, or with more time between, it would stand apart`;
}

function inTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (Math.abs(seconds) < 2) return 'at the same moment as the fault';
  const amount = Math.abs(seconds) < 120 ? `${Math.abs(seconds)} s` : `${Math.round(Math.abs(seconds) / 60)} min`;
  return seconds > 0 ? `${amount} after the fault` : `${amount} before the fault was seen`;
}
