/** What an author of a pack runs: `exams:check` and `exams:pack-file` with the pack's folder. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadPackFile } from '../../main/services/library.ts';
import { freshFolder } from '../support/folder.ts';
import { soundPack, writePack, type PackParts } from '../support/pack.ts';

const SCRIPTS = join(import.meta.dirname, '..', '..', 'scripts', 'exams');

function packFolder(change?: (parts: PackParts) => void): string {
  const folder = join(freshFolder(), 'my-pack');
  writePack(folder, change);
  return folder;
}

/** Runs a script as npm does: in another folder than the one it was typed in. @returns what was said, line by line. */
function run(script: string, typedIn: string, ...args: string[]) {
  const env = { ...process.env, INIT_CWD: typedIn };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(SCRIPTS, script), ...args], {
    encoding: 'utf8',
    cwd: SCRIPTS,
    env,
  });
  return { status, said: stdout.trim().split('\n'), complaints: stderr.trim().split('\n') };
}

it('a pack is put into one file, where it was typed, which loads as the same pack', () => {
  const folder = packFolder();
  const { status } = run('pack-file.ts', dirname(folder), 'my-pack');
  expect(status).toBe(0);
  expect(loadPackFile(join(dirname(folder), 'my-pack.codehallpack'))).toEqual({ ok: true, pack: soundPack() });
});

it('a pack with a mistake is put into no file, and the mistake is named', () => {
  const folder = packFolder((parts) => (parts.items[1]!.key = ['f']));
  const { status, complaints } = run('pack-file.ts', dirname(folder), 'my-pack');
  expect(status).toBe(1);
  expect(complaints).toEqual(['items/all.json, item two, key: names an option the item has not']);
  expect(existsSync(`${folder}.codehallpack`)).toBe(false);
});

it('a pack of others is checked, but for what only the project asks of its items', () => {
  const unsolved = (parts: PackParts) => {
    for (const item of parts.items) item.verification = { ...item.verification, blindSolves: 0, agreedAtFirst: 0 };
  };
  const folder = packFolder(unsolved);
  const { said, complaints } = run('check.ts', dirname(folder), 'my-pack');
  expect(said[0]).toBe('SML a: 6 items, 5 scored, 1 pretest');
  expect(complaints.join('\n')).not.toMatch(/not verified|blindSolves/);
});

it('a form that does not keep to its blueprint is told, and so is a pack that cannot be read', () => {
  const short = packFolder((parts) => parts.forms[0]!.items.pop());
  const { status, complaints } = run('check.ts', dirname(short), 'my-pack');
  expect(status).toBe(1);
  expect(complaints).toContain('my-pack/forms/a.json, items: 0 pretest, the blueprint says 1');
  expect(run('check.ts', dirname(short), 'nowhere').complaints).toContain('nowhere/pack.json: is missing');
});
