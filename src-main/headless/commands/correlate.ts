import { correlateFile } from '#engine/correlation/correlate-file.ts';
import { readAlarms, readTopologyInput } from '../files/read-input.ts';
import { printLine } from '../output.ts';

export interface CorrelateOptions {
  readonly topology: string;
  readonly history?: string | undefined;
  readonly explain?: boolean | undefined;
  readonly zero: number;
}

/** Runs the engine's own correlation over a recorded file and prints one cluster a line. */
export async function correlate(file: string, options: CorrelateOptions): Promise<void> {
  const lines = correlateFile({
    topology: readTopologyInput(options.topology),
    alarms: readAlarms(file, options.zero),
    ...(options.history === undefined ? {} : { history: readAlarms(options.history, options.zero) }),
    explain: options.explain === true,
  });
  for (const line of lines) await printLine(JSON.stringify(line));
}
