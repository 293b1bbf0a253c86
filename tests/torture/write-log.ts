/** What a program asked of the disk inside one folder, in order, read from a log of strace. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { needStrace } from './strace.ts';

/** One request, done. `name` is that of a file in the folder. */
export type Operation =
  | { kind: 'create'; name: string }
  | { kind: 'write'; name: string; offset: number; bytes: Buffer }
  | { kind: 'resize'; name: string; size: number }
  | { kind: 'sync'; name: string }
  | { kind: 'remove'; name: string }
  /** The folder's list of names is on the disk. */
  | { kind: 'sync-names' }
  /** A line on standard output: what the outside has been told. */
  | { kind: 'told'; line: string };

const CALLS = 'openat,pwrite64,write,ftruncate,fdatasync,fsync,?rename,?unlink,?renameat,?renameat2,?unlinkat,close';

/** Longer than any single write; a longer one is an error. */
const LONGEST = 70_000;

/**
 * Runs a Node script under strace until it ends.
 * @param folder an absolute path without links; only what happens directly in it is in the log.
 * @throws Error when the script fails, or does something the log has no word for.
 */
export async function recordWrites(folder: string, script: string, args: readonly string[]): Promise<Operation[]> {
  needStrace();
  const log = join(dirname(folder), 'strace.log');
  const options = ['-f', '-y', '-xx', '-s', String(LONGEST), '-o', log, '-e', `trace=${CALLS}`];
  const child = spawn('strace', [...options, process.execPath, script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.resume();
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`the script under strace failed: ${said.trim()}`);
  const operations = parse(readFileSync(log, 'latin1'), folder);
  rmSync(log);
  return operations;
}

/** A call: its name, its arguments and what it returned. */
const CALL = /^(\d+) +(\w+)\((.*)\) += (-?\d+)/s;
const UNFINISHED = / <unfinished \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. \w+ resumed>/;

/** @returns the operations in a log of `strace -f -y -xx`, in the order in which they ended. */
export function parse(log: string, folder: string): Operation[] {
  const begun = new Map<string, string>();
  const names = new Set<string>();
  const operations: Operation[] = [];
  for (const line of log.split('\n')) {
    const thread = line.slice(0, line.indexOf(' '));
    if (UNFINISHED.test(line)) {
      begun.set(thread, line.replace(UNFINISHED, ''));
      continue;
    }
    const resumed = RESUMED.exec(line);
    const call = CALL.exec(resumed ? (begun.get(thread) ?? '') + line.slice(resumed[0].length) : line);
    if (!call) continue;
    const [, , method, given, result] = call;
    if (Number(result) < 0) continue;
    const operation = read(method!, given!, Number(result), folder, names);
    if (operation) operations.push(operation);
  }
  return operations;
}

function read(method: string, given: string, result: number, folder: string, names: Set<string>): Operation | null {
  if (method === 'close') return null;
  const descriptor = /^(\d+)<((?:\\x..)+)>/.exec(given);
  if (method === 'write' && descriptor?.[1] === '1') return { kind: 'told', line: textOf(given).toString().trim() };

  const path = descriptor ? unhex(descriptor[2]!).toString() : textOf(given).toString();
  if (path === folder) return method === 'fsync' || method === 'fdatasync' ? { kind: 'sync-names' } : null;
  if (dirname(path) !== folder) return null;
  const name = path.slice(folder.length + 1);
  switch (method) {
    case 'openat':
      if (given.includes('O_TRUNC')) break;
      if (!given.includes('O_CREAT') || names.has(name)) return null;
      names.add(name);
      return { kind: 'create', name };
    case 'unlink':
    case 'unlinkat':
      names.delete(name);
      return { kind: 'remove', name };
    case 'pwrite64': {
      const bytes = textOf(given);
      if (bytes.length !== result) break;
      return { kind: 'write', name, offset: Number(given.slice(given.lastIndexOf(',') + 1)), bytes };
    }
    case 'ftruncate':
      return { kind: 'resize', name, size: Number(given.slice(given.lastIndexOf(',') + 1)) };
    case 'fsync':
    case 'fdatasync':
      return { kind: 'sync', name };
  }
  throw new Error(`the write log cannot say what ${method} did to ${name}`);
}

/** The first string among the arguments. */
function textOf(given: string): Buffer {
  const start = given.indexOf('"') + 1;
  return unhex(given.slice(start, given.indexOf('"', start)));
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
