/** The shipped web host as a process of its own, on a small pack, to be treated badly. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Input, Method, Outputs, Reply } from '../../main/contract.ts';
import { PACK_ID, writePack } from '../support/pack.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const WEB = join(ROOT, 'dist', 'main', 'web.js');
const READY_WITHIN_MS = 20_000;

export interface Host {
  process: ChildProcess;
  url: string;
  origin: string;
  token: string;
  /** One call; a host that is gone is an error of the network. */
  call<M extends Method>(method: M, input: Input<M>): Promise<Reply<Outputs[M]>>;
  /** Ends it with a signal and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts the built host.
 * @param wrap a program and its arguments to run Node under, as `['strace', '-f']`.
 * @throws Error with what the host said when it does not get ready.
 */
export async function startHost(dataDir: string, exams: string, wrap: readonly string[] = []): Promise<Host> {
  if (!existsSync(WEB)) throw new Error('build first: npm run build');
  const [program, ...args] = [...wrap, process.execPath, WEB, '--port', '0', '--data-dir', dataDir, '--exams', exams];
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line', { signal: AbortSignal.timeout(READY_WITHIN_MS) }).then(
      ([text]) => text as string,
    ),
    once(child, 'exit').then(() => null),
  ]);
  if (line === null) throw new Error(said.trim() || 'the host ended without a word');
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  const { origin } = new URL(url);
  return {
    process: child,
    url,
    origin,
    token,
    async call(method, input) {
      const response = await fetch(`${origin}/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return (await response.json()) as Reply<Outputs[typeof method]>;
    },
    async stop(signal = 'SIGKILL') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

/** Makes a folder, and takes it away when the work is done. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'codehall-torture-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the small pack below a folder. @returns the exams folder. */
export function writeSmallPack(folder: string): string {
  const exams = join(folder, 'exams');
  writePack(join(exams, PACK_ID));
  return exams;
}
