import { formatDayAndTime } from '#renderer/components/format-time.ts';
import type { MaintenanceWindow } from '#shared/api/noise.ts';
import type { Schedule } from '#shared/vocabulary/schedule.ts';

/** When a window is on, in words: "every sun from 01:00 for 3 h (Europe/London)". */
export function scheduleWords(schedule: Schedule): string {
  if (schedule.kind === 'once')
    return `${formatDayAndTime(Date.parse(schedule.starts_at))} to ${formatDayAndTime(Date.parse(schedule.ends_at))}`;
  const hours = schedule.minutes / 60;
  const length = Number.isInteger(hours) ? `${hours} h` : `${schedule.minutes} min`;
  return `every ${schedule.days.join(', ')} from ${schedule.starts} for ${length} (${schedule.time_zone})`;
}

/** What a window does now, in words. */
export function windowState(window: MaintenanceWindow): string {
  switch (window.state) {
    case 'on':
      return window.on_until === null ? 'on' : `on until ${formatDayAndTime(Date.parse(window.on_until))}`;
    case 'planned':
      return window.next_at === null ? 'planned' : `next ${formatDayAndTime(Date.parse(window.next_at))}`;
    case 'past':
      return 'over';
    case 'ended':
      return `ended by ${window.ended_by ?? 'somebody'}`;
  }
}
