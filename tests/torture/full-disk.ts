/** The built host on a disk that is full from a certain call on: strace refuses the calls on the database's files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE } from '../../main/program.ts';
import { startHost, type Host } from './host.ts';
import { pause } from './lanes.ts';

/** Where it is noticed: as a page is written, or, where the system puts that off, as it is synced. */
export const CALLS = { write: 'pwrite64', sync: 'fsync,fdatasync' } as const;
export type Call = keyof typeof CALLS;

const CALL = /^\d+ +(pwrite64|fsync|fdatasync)\(/;
const WITHIN_MS = 10_000;

/** Starts the host; from the given call on, all such calls fail for want of space. */
export function startOnFullDisk(data: string, exams: string, call: Call, from: number): Promise<Host> {
  const refuse = ['-e', `inject=${CALLS[call]}:error=ENOSPC:when=${from}+`];
  return startHost(data, exams, [...strace(data, '/dev/null', call), ...refuse]);
}

/** Starts the host on a disk that does as it should. @param log is to hold its calls, a line each. */
export function startCounted(data: string, exams: string, call: Call, log: string): Promise<Host> {
  return startHost(data, exams, strace(data, log, call));
}

/** How many calls the log of a host holds that has ended. */
export async function countCalls(log: string): Promise<number> {
  for (const end = performance.now() + WITHIN_MS; performance.now() < end; await pause(20)) {
    const lines = readFileSync(log, 'utf8').split('\n');
    if (lines.some((line) => line.includes('+++ '))) return lines.filter((line) => CALL.test(line)).length;
  }
  throw new Error('strace did not write down the end of the host');
}

/** The host's calls are no longer refused; it does not notice but for that. */
export async function giveSpaceBack({ process: { pid } }: Host): Promise<void> {
  process.kill(tracerOf(pid!), 'SIGTERM');
  for (const end = performance.now() + WITHIN_MS; performance.now() < end; await pause(5))
    if (tracerOf(pid!) === 0) return;
  throw new Error('strace did not let go of the host');
}

/** As a grandchild (-D), so that the host is the child and lives on when strace ends. */
function strace(data: string, log: string, call: Call): string[] {
  const file = join(data, DATABASE);
  const paths = ['', '-wal', '-journal'].flatMap((suffix) => ['-P', file + suffix]);
  return ['strace', '-D', '-I', '2', '-f', '-q', '-o', log, ...paths, '-e', `trace=${CALLS[call]}`];
}

function tracerOf(pid: number): number {
  return Number(/^TracerPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}
