/**
 * Checks the project's exam packs: schema, forms against their blueprint, keys, stems, and that every cited code was
 * verified: `npm run exams:check [-- --json]`. Ends with 1 when there is a problem.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freezeForm } from '../../main/exam/edition.ts';
import { describeProblem } from '../../main/exam/parse-pack.ts';
import { loadLibrary } from '../../main/library.ts';
import { checkForm } from './check-form.ts';
import { EXAMS_FOLDER, LOCK_FILE } from './folders.ts';
import { citedDigest, type CodesLock } from './verify-codes.ts';

const library = loadLibrary([EXAMS_FOLDER]);
const lock = JSON.parse(readFileSync(join(EXAMS_FOLDER, LOCK_FILE), 'utf8')) as CodesLock;
const problems = library.problems.flatMap((broken) =>
  broken.problems.map((problem) => `${broken.pack}/${describeProblem(problem)}`),
);
const forms = [];
for (const { pack } of library.packs.values()) {
  for (const item of pack.items.values())
    if (lock.items[item.id] !== citedDigest(item))
      problems.push(`${pack.info.id}, ${item.id}, codes: not verified since they changed; run exams:codes`);
  for (const spec of pack.forms) {
    const edition = freezeForm(pack, spec.id);
    problems.push(...checkForm(edition).map((problem) => `${pack.info.id}/forms/${spec.id}: ${problem}`));
    const scored = edition.items.filter((item) => item.scored).length;
    const areas = Object.fromEntries(
      pack.blueprint.outlines.current.areas.map(({ id }) => [
        id,
        edition.items.filter((item) => item.area === id).length,
      ]),
    );
    forms.push({
      id: spec.id,
      exam: pack.info.exam.code,
      items: edition.items.length,
      scored,
      pretest: edition.items.length - scored,
      areas,
    });
  }
}
if (process.argv.includes('--json')) console.log(JSON.stringify({ forms, problems }));
else {
  for (const form of forms)
    console.log(`${form.exam} ${form.id}: ${form.items} items, ${form.scored} scored, ${form.pretest} pretest`);
  for (const problem of problems) console.error(problem);
  console.log(`${problems.length} problems`);
}
process.exit(problems.length > 0 ? 1 : 0);
