/** One thing the shell has to report. Fields are snake_case, as in every log line. */
export type ShellLog = (
  level: 'info' | 'warn' | 'error' | 'fatal',
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;
