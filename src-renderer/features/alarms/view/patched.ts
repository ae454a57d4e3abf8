import type { Alarm } from '#shared/api/alarms.ts';
import type { AlarmPatch } from '../operations/patches.ts';

/** Patched forms of alarms, so that the same alarm with the same patch stays the same object. */
export type PatchedForms = WeakMap<Alarm, { readonly patch: AlarmPatch; readonly form: Alarm }>;

/** Alarms with the changes that are shown ahead of the engine. Without patches the very same array. */
export function withPatches(
  alarms: readonly Alarm[],
  patches: ReadonlyMap<string, AlarmPatch>,
  forms: PatchedForms,
): readonly Alarm[] {
  if (patches.size === 0) {
    return alarms;
  }
  return alarms.map((alarm) => {
    const patch = patches.get(alarm.alarm_id);
    return patch === undefined ? alarm : patchedForm(alarm, patch, forms);
  });
}

function patchedForm(alarm: Alarm, patch: AlarmPatch, forms: PatchedForms): Alarm {
  const known = forms.get(alarm);
  if (known?.patch === patch) {
    return known.form;
  }
  const form = { ...alarm, ...patch };
  forms.set(alarm, { patch, form });
  return form;
}
