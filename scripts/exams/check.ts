/**
 * Checks the project's exam packs: schema, forms against their blueprint, keys, options, stems, and that every cited code
 * was verified: `npm run exams:check [-- --json]`. A problem names file, item and field. Ends with 1 when there is one.
 *
 * `npm run exams:check -- FOLDER` checks another pack, but for what only the project asks of its items: verified codes
 * and two blind solvers.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { freezeForm } from '../../main/exam/edition.ts';
import { describeProblem, type PackProblem } from '../../main/exam/parse-pack.ts';
import {
  loadLibrary,
  loadPackFolder,
  readPackFiles,
  type Library,
  type LoadedPack,
} from '../../main/services/library.ts';
import { checkForm } from './check-form.ts';
import { asTyped, EXAMS_FOLDER, LOCK_FILE } from './folders.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { citedDigest, type CodesLock } from './verify-codes.ts';

const named = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const library = named === undefined ? loadLibrary([EXAMS_FOLDER]) : onePack(asTyped(named));
const packs = [...library.packs.values()];
const problems: string[] = [];
const report = (folder: string, problem: PackProblem) =>
  problems.push(`${basename(folder)}/${describeProblem(problem)}`);

for (const broken of library.problems) for (const problem of broken.problems) report(broken.pack, problem);

/** Where each item stands. */
const places = new Map(packs.flatMap(itemPlaces));
const forms = [];
if (named === undefined) checkCodes();
for (const { pack, folder } of packs)
  for (const spec of pack.forms) {
    const edition = freezeForm(pack, spec.id);
    for (const { item, field, message } of checkForm(edition)) {
      if (named !== undefined && field === 'verification.blindSolves') continue;
      const file = item ? places.get(item)!.file : `forms/${spec.id}.json`;
      report(folder, { file, ...(item && { item }), field, message });
    }
    const scored = edition.items.filter((item) => item.scored);
    forms.push({
      id: spec.id,
      exam: pack.info.exam.code,
      items: edition.items.length,
      scored: scored.length,
      pretest: edition.items.length - scored.length,
      /** Scored items by area, as the blueprint counts them. */
      areas: Object.fromEntries(
        pack.blueprint.outlines.current.areas.map(({ id }) => [id, scored.filter((item) => item.area === id).length]),
      ),
    });
  }
for (const { item, of, share } of nearDuplicates(packs.flatMap(({ pack }) => [...pack.items.values()]))) {
  const { folder, file } = places.get(item.id)!;
  report(folder, { file, item: item.id, field: 'stem', message: `${Math.round(share * 100)} % of ${of} again` });
}

if (process.argv.includes('--json')) console.log(JSON.stringify({ forms, problems }));
else {
  for (const form of forms)
    console.log(`${form.exam} ${form.id}: ${form.items} items, ${form.scored} scored, ${form.pretest} pretest`);
  for (const problem of problems) console.error(problem);
  console.log(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
}
process.exit(problems.length > 0 ? 1 : 0);

function onePack(folder: string): Library {
  const parsed = loadPackFolder(folder);
  if (!parsed.ok) return { packs: new Map(), problems: [{ pack: folder, problems: parsed.problems }] };
  return { packs: new Map([[parsed.pack.info.id, { pack: parsed.pack, folder }]]), problems: [] };
}

function checkCodes(): void {
  const lock = JSON.parse(readFileSync(join(EXAMS_FOLDER, LOCK_FILE), 'utf8')) as CodesLock;
  for (const { pack, folder } of packs)
    for (const item of pack.items.values())
      if (lock.items[item.id] !== citedDigest(item)) {
        const message = 'not verified since they changed; run exams:codes';
        report(folder, { file: places.get(item.id)!.file, item: item.id, field: 'codes', message });
      }
}

function itemPlaces({ folder }: LoadedPack): [id: string, place: { folder: string; file: string }][] {
  return readPackFiles(folder)
    .files.filter(({ path }) => path.startsWith('items/'))
    .flatMap(({ path, text }) =>
      (JSON.parse(text) as { id: string }[]).map(({ id }): [string, { folder: string; file: string }] => [
        id,
        { folder, file: path },
      ]),
    );
}
