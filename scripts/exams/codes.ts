/**
 * Verifies every code cited by the project's packs against the official tables and rewrites `exams/codes.lock.json`:
 * `npm run exams:codes -- <folder of tables>`. Ends with 1 when a code does not hold; the lock is then left as it was.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLibrary } from '../../main/services/library.ts';
import { EXAMS_FOLDER, LOCK_FILE } from './folders.ts';
import { readTables } from './tables.ts';
import { citedDigest, verifyItem, type CodesLock } from './verify-codes.ts';

const folder = process.argv[2];
if (!folder) {
  console.error('name the folder of the official tables: npm run exams:codes -- <folder>');
  process.exit(2);
}
const tables = readTables(folder);
const items = [...loadLibrary([EXAMS_FOLDER]).packs.values()].flatMap(({ pack }) => [...pack.items.values()]);
const problems = items.flatMap((item) => verifyItem(item, tables).map((problem) => `${item.id}: ${problem}`));
for (const problem of problems) console.error(problem);
console.log(
  `${items.length} items, ${items.flatMap((item) => item.codes).length} cited codes, ${problems.length} problems`,
);
if (problems.length > 0) process.exit(1);
const lock: CodesLock = {
  year: tables.year,
  sources: tables.sources,
  items: Object.fromEntries(
    items.map((item) => [item.id, citedDigest(item)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
};
writeFileSync(join(EXAMS_FOLDER, LOCK_FILE), `${JSON.stringify(lock, null, 2)}\n`);
