import { readAlarms, readTopologyInput } from '../files/read-input.ts';
import { printLine } from '../output.ts';

/** Prints recorded alarms as ALARMS.jsonl. */
export async function convertAlarms(file: string, { zero }: { readonly zero: number }): Promise<void> {
  for (const { source_system, ...alarm } of readAlarms(file, zero))
    await printLine(
      JSON.stringify({ ...alarm, source_system, ...(alarm.cleared_at === null ? { cleared_at: undefined } : {}) }),
    );
}

/** Prints a network as TOPOLOGY.json. */
export async function convertTopology(file: string): Promise<void> {
  await printLine(JSON.stringify(readTopologyInput(file)));
}
