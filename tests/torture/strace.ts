/** strace, which shows what a program really asks of the disk, and can refuse it. */
import { spawnSync } from 'node:child_process';
import { NotHere } from './trial.ts';

/** @throws NotHere that says how to get strace where it is missing. */
export function needStrace(): void {
  const { error } = spawnSync('strace', ['-V'], { stdio: 'ignore' });
  if (error) throw new NotHere('strace is missing (Linux only); on Debian or Ubuntu: apt-get install strace');
}
