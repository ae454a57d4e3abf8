import { z } from 'zod';

/** Life of an incident: new → acknowledged → in progress → resolved → closed; a resolved or closed one can be reopened. */
export const incidentStates = ['new', 'acknowledged', 'in_progress', 'resolved', 'closed'] as const;

export const incidentStateSchema = z.enum(incidentStates);
export type IncidentState = z.infer<typeof incidentStateSchema>;
