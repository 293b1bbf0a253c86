/** A fresh folder for each test, gone after it. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** In memory where the system offers that: a real file system without the wait for a disk, which no unit test is about. */
const ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function freshFolder(): string {
  const folder = mkdtempSync(join(ROOT, 'codehall-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
