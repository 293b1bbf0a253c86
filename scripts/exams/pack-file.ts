/** Puts a pack's folder into one file, to be handed on: `npm run exams:pack-file -- my-pack [my-pack.codehallpack]`. */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PACK_FILE_EXTENSION, writePackFile } from '../../main/exam/pack-file.ts';
import { describeProblem } from '../../main/exam/parse-pack.ts';
import { loadPackFolder, readPackFiles } from '../../main/services/library.ts';
import { asTyped } from './folders.ts';

const [folder, out] = process.argv.slice(2);
if (!folder) {
  console.error('Name the folder of a pack: npm run exams:pack-file -- my-pack [my-pack.codehallpack]');
  process.exit(2);
}

const source = asTyped(folder);
const parsed = loadPackFolder(source);
if (!parsed.ok) {
  for (const problem of parsed.problems) console.error(describeProblem(problem));
  process.exit(1);
}
const target = asTyped(out ?? `${basename(source)}${PACK_FILE_EXTENSION}`);
writeFileSync(target, writePackFile(readPackFiles(source).files));
console.log(`${target}: ${parsed.pack.info.title}, ${parsed.pack.items.size} items`);
