/** One start of the built host on a data folder that is not as it should be. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import type { Input, Method, Outputs, Reply } from '../../main/contract.ts';

export const WEB = join(import.meta.dirname, '..', '..', 'dist', 'main', 'web.js');
const WITHIN_MS = 20_000;

/** What the host did and said. */
export interface Attempt {
  /** Its exit code where it ended by itself, `null` while it runs. */
  exitCode: number | null;
  /** All it has said beside its ready line so far. */
  said(): string;
  call<M extends Method>(method: M, input: Input<M>): Promise<Reply<Outputs[M]>>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts the built host and waits until it is ready or has ended. */
export async function attempt(dataDir: string, exams: string, wrap: readonly string[] = []): Promise<Attempt> {
  if (!existsSync(WEB)) throw new Error('build first: npm run build');
  const [program, ...args] = [...wrap, process.execPath, WEB, '--port', '0', '--data-dir', dataDir, '--exams', exams];
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  const gone = once(child, 'close');
  const signal = AbortSignal.timeout(WITHIN_MS);
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line', { signal }).then(([text]) => text as string),
    gone.then(() => null),
  ]);
  const ready = line?.startsWith('{') ? (JSON.parse(line) as { url: string; token: string }) : null;
  return {
    exitCode: child.exitCode,
    said: () => said,
    async call(method, input) {
      if (!ready) throw new Error('the host is not ready');
      const response = await fetch(`${new URL(ready.url).origin}/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return (await response.json()) as Reply<Outputs[typeof method]>;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await gone;
    },
  };
}

/** SHA-256 of every file below a folder, by its path; the program's own log is left out. */
export function fingerprint(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
  return new Map(paths.filter((path) => !path.startsWith('logs')).map((path) => [path, hashOf(join(folder, path))]));
}

/** What has changed below a folder, in words; an empty log and the memory that SQLite shares are no change. */
export function changes(folder: string, before: ReadonlyMap<string, string>): string[] {
  const after = fingerprint(folder);
  const isNothing = (path: string) => /\.db-shm$/.test(path) || isEmptyLog(join(folder, path));
  return [
    ...[...before].flatMap(([path, hash]) => {
      if (path.endsWith('-shm')) return [];
      const now = after.get(path);
      return now === hash ? [] : [`${path} ${now === undefined ? 'is gone' : 'has changed'}`];
    }),
    ...[...after.keys()].filter((path) => !before.has(path) && !isNothing(path)).map((path) => `${path} is new`),
  ];
}

function isEmptyLog(file: string): boolean {
  return file.endsWith('-wal') && statSync(file).size === 0;
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
