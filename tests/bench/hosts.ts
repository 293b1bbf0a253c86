/** Starts the program's web host as a process of its own and speaks to it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Input, Method, Outputs, Reply, SittingView } from '../../main/contract.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { FORM_ID, PACK_ID } from './pack.ts';

const READY_WITHIN_MS = 20_000;

export interface Host {
  url: string;
  /** From the spawn to the line that says ready. */
  readyMs: number;
  call<M extends Method>(method: M, input: Input<M>): Promise<Outputs[M]>;
  /** Memory held, in MB of 10^6 bytes. */
  residentMb(): number;
  stop(): Promise<void>;
}

/** Runs a script under this Node and waits for its `{"ready":true,...}` line. */
export async function startHost(script: string, args: readonly string[]): Promise<Host> {
  const start = performance.now();
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = await firstLine(child);
  const readyMs = performance.now() - start;
  const { url, token } = JSON.parse(ready) as { url: string; token: string };
  const { origin } = new URL(url);
  return {
    url,
    readyMs,
    async call(method, input) {
      const response = await fetch(`${origin}/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const reply = (await response.json()) as Reply<Outputs[typeof method]>;
      if (!reply.ok) throw new Error(`${method}: ${reply.message}`);
      return reply.value;
    },
    residentMb() {
      const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return (Number(kib) * 1024) / 1e6;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  const signal = AbortSignal.timeout(READY_WITHIN_MS);
  const [line] = (await Promise.race([
    once(lines, 'line', { signal }),
    once(child, 'exit', { signal }).then(() => {
      throw new Error('the host ended before it was ready');
    }),
  ])) as [string];
  return line;
}

/** A sitting of the bench's form, past its agreement. */
export interface StartedSitting {
  id: string;
  /** Sends one command as a screen would. */
  act(command: SittingCommand): Promise<void>;
}

/** Starts a sitting, accepts its agreement and marks every item as read, so that no notice stands in a click's way. */
export async function startSitting(host: Host): Promise<StartedSitting> {
  const view: SittingView = await host.call('sitting.start', {
    packId: PACK_ID,
    formId: FORM_ID,
    settings: { order: 'front-to-back', timeFactor: 1, proctored: false, candidate: '' },
  });
  let { seq } = view;
  const act = async (command: SittingCommand) => {
    const reply = await host.call('sitting.act', { sittingId: view.sittingId, requestId: randomUUID(), seq, command });
    seq = reply.seq;
  };
  await act({ type: 'agree' });
  for (const { number } of view.items) await act({ type: 'read', number });
  return { id: view.sittingId, act };
}
