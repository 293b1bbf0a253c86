/** Puts a pack's folder into one file, to be handed on: `npm run exams:pack-file -- my-pack [my-pack.codehallpack]`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { PACK_FILE_EXTENSION, writePackFile } from '../../main/exam/pack-file.ts';
import { parsePack, type PackFile } from '../../main/exam/parse-pack.ts';

const [folder, out] = process.argv.slice(2);
if (!folder) {
  console.error('Name the folder of a pack: npm run exams:pack-file -- my-pack [my-pack.codehallpack]');
  process.exit(2);
}

// npm runs scripts in the project's folder; what was typed is meant where it was typed.
const typedIn = process.env['INIT_CWD'] ?? process.cwd();
const source = resolve(typedIn, folder);
const files: PackFile[] = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.json') && path.split('/').length <= 2)
  .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }));
const parsed = parsePack(files);
if (!parsed.ok) {
  for (const { file, item, field, message } of parsed.problems)
    console.error([file, item, field].filter((part) => part !== undefined).join(', ') + `: ${message}`);
  process.exit(1);
}
const target = resolve(typedIn, out ?? `${basename(source)}${PACK_FILE_EXTENSION}`);
writeFileSync(target, writePackFile(files));
console.log(`${target}: ${parsed.pack.info.title}, ${parsed.pack.items.size} items`);
