import type { Incident } from '#shared/api/incidents.ts';
import { describeError } from '../console-api/call-error.ts';
import type { Console } from './console.ts';

/** What came of an operation, for the notification. */
export type OperationOutcome =
  | { readonly ok: true; readonly incident: Incident }
  | { readonly ok: false; readonly title: string; readonly detail: string };

/**
 * Does something to an incident: shows `patch` at once, then what the engine answers, and puts the incident back as it was
 * when the engine refuses, unless the stream brought something newer meanwhile. Never rejects.
 */
export async function operateIncident(
  console: Pick<Console, 'store' | 'feed'>,
  incident: Incident,
  patch: Partial<Incident>,
  perform: () => Promise<Incident>,
): Promise<OperationOutcome> {
  const shown: Incident = { ...incident, ...patch };
  const put = (data: Incident) => console.feed.put([{ topic: 'incident', change: 'upserted', data }]);
  const isUntouched = () => console.store.getState().incidents.byId.get(incident.incident_id) === shown;
  put(shown);
  try {
    const answer = await perform();
    if (isUntouched()) put(answer);
    return { ok: true, incident: answer };
  } catch (error) {
    if (isUntouched()) put(incident);
    const { title, detail } = describeError(error);
    return { ok: false, title, detail };
  }
}
