const storeTroubleName = 'StoreTroubleError';

/** The store can take nothing at the moment, whatever it is: the disk is full, or cannot be written. */
export class StoreTroubleError extends Error {
  override readonly name = storeTroubleName;
}

const unwritable = ['SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'];

/** What SQLite says of a disk that fails, in words for the person who can help; null for any other error. */
export function storeTroubleOf(error: unknown): StoreTroubleError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const { code } = error;
  if (code === 'SQLITE_FULL')
    return new StoreTroubleError('The disk of the data folder is full. Free some space and send it again.', {
      cause: error,
    });
  if (!unwritable.some((prefix) => code.startsWith(prefix))) return null;
  return new StoreTroubleError(`The data folder cannot be written (${code}). Look after its disk and send it again.`, {
    cause: error,
  });
}

/** Also for an error that crossed a thread boundary, where only its name is left. */
export function isStoreTrouble(error: unknown): error is Error {
  return error instanceof Error && error.name === storeTroubleName;
}
