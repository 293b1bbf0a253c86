/** What can go wrong with the stored data, in terms the rest of the program can act on. */
export type StoreErrorCode =
  /** The write did not happen; nothing was changed. */
  | 'not-saved'
  /** Another instance holds the database. */
  | 'in-use'
  /** Written by a newer version of the program; left untouched. */
  | 'newer'
  /** Not a database, or not readable as one. */
  | 'damaged'
  /** The folder or the file may not be written. */
  | 'read-only';

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
  }
}

/** What a sitting's record that is not as it was written is called, wherever that comes to light. */
export function damagedRecord(cause?: unknown): StoreError {
  return new StoreError('damaged', 'The record of this sitting has been changed or damaged.', cause);
}

/** Puts an error of SQLite or of the file system into the store's terms; others are programming errors and stay. */
export function toStoreError(error: unknown, where: string): unknown {
  if (error instanceof StoreError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  const because = (error as Error).message;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new StoreError('in-use', `Another Codehall has ${where} open.`, error);
  if (
    code.startsWith('SQLITE_READONLY') ||
    code === 'SQLITE_PERM' ||
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM' ||
    code === 'EEXIST' ||
    code === 'ENOTDIR'
  )
    return new StoreError('read-only', `${where} may not be written (${because}).`, error);
  if (
    code.startsWith('SQLITE_CORRUPT') ||
    code === 'SQLITE_NOTADB' ||
    code === 'SQLITE_IOERR_READ' ||
    code === 'SQLITE_IOERR_SHORT_READ' ||
    code === 'SQLITE_IOERR_CORRUPTFS'
  )
    return new StoreError('damaged', `${where} cannot be read (${because}).`, error);
  if (
    code.startsWith('SQLITE_FULL') ||
    code.startsWith('SQLITE_IOERR') ||
    code === 'SQLITE_CANTOPEN' ||
    code === 'ENOSPC' ||
    code === 'EDQUOT'
  )
    return new StoreError('not-saved', `${where} could not be written (${because}).`, error);
  return error;
}
