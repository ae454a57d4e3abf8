import type { z } from 'zod';

/** A file that does not follow its format: which file, which line (from 1), what is wrong. Its message is all three in one line. */
export class FileFormatError extends Error {
  readonly file: string;
  readonly line: number;
  readonly problem: string;

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = 'FileFormatError';
    this.file = file;
    this.line = line;
    this.problem = problem;
  }
}

/** The first issue of a failed validation as one line: `field: what is wrong`. */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'is not valid';
  const path = issue.path.map(String).join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}
