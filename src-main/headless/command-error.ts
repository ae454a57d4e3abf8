/** A command that cannot be carried out: one line for stderr and the exit code. 1: failed; 2: wrong usage or a bad file. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
