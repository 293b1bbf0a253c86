/** Runs the built web host as a user's machine would: its own process, its own data folder, the real clock. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = join(import.meta.dirname, '..', '..', '..');
const NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

export interface ShippedHost {
  url: string;
  token: string;
  process: ChildProcess;
  /** Ends the process with a signal and waits for it. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export async function startShippedHost(dataDir: string, examsFolder = join(ROOT, 'exams')): Promise<ShippedHost> {
  const child = spawn(
    NODE,
    [join(ROOT, 'dist', 'main', 'web.js'), '--port', '0', '--data-dir', dataDir, '--exams', examsFolder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  return {
    url,
    token,
    process: child,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}
