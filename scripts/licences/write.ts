/**
 * `npm run licences` writes docs/licences.md from a build; with `--notices`, dist/THIRD-PARTY-LICENCES.txt, which every
 * package takes along. Fails when something may not ship.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bundled.ts';
import { licenceProblems, notices, readShipped, report } from './shipped.ts';

export const REPORT_FILE = join(ROOT, 'docs', 'licences.md');
export const NOTICES_FILE = join(ROOT, 'dist', 'THIRD-PARTY-LICENCES.txt');

if (process.argv[1] === import.meta.filename) {
  const { shipped, lock } = readShipped();
  const problems = licenceProblems(shipped);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  if (process.argv.includes('--notices')) writeFileSync(NOTICES_FILE, notices(shipped));
  else writeFileSync(REPORT_FILE, report(shipped, lock));
}
