/**
 * The program's log: faults and what it did with the data, in `logs/` of the data folder, two files of half a megabyte at
 * most. It holds no question, no answer and no note: errors that may quote stored text are named without their message.
 */
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import electronLog from 'electron-log/node';

const MAX_BYTES = 512 * 1024;

export interface Log {
  /** Something the program did, in a line. */
  note(text: string): void;
  /** Something that went wrong. */
  fault(error: unknown): void;
  /** The newest lines, oldest first. */
  recent(count: number): string[];
}

export function openLog(dataDir: string): Log {
  const file = join(dataDir, 'logs', 'codehall.log');
  // A folder that cannot hold it is said by others; the log would only repeat it, in its own words.
  const canWrite = isWritable(dirname(file));
  const log = electronLog.create({ logId: dataDir });
  log.transports.console.level = false;
  log.transports.file.level = canWrite ? 'info' : false;
  log.transports.file.maxSize = MAX_BYTES;
  log.transports.file.resolvePathFn = () => file;
  return {
    note: (text) => log.info(text),
    fault: (error) => log.error(describe(error)),
    recent: (count) => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count) : []),
  };
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** An error with its code, its causes and where it arose. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { name, code } = error as Error & { code?: unknown };
  // A parser quotes what it could not read, and that may be an answer.
  const message = error instanceof SyntaxError ? '(not told)' : error.message;
  const head = [name, code, message].filter((part) => part !== undefined && part !== '').join(': ');
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const cause = error.cause === undefined ? [] : [`caused by ${describe(error.cause)}`];
  return [head, ...places, ...cause].join('\n');
}
