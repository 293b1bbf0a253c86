/**
 * Compares solvers' answers with the keys: `npm run exams:grade -- <form> --seed S answers.json [more.json] [--folder DIR]`.
 * An answers file is an array of {id, answer: ["B"], reason, authority, ambiguity} in the letters of the sheet of that seed.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isCorrect } from '../../main/exam/scoring.ts';
import { fromSheet, type SolverAnswer } from './blind.ts';
import { findForm } from './find-form.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: 'sheet' }, folder: { type: 'string' } },
});
const [formId, ...files] = positionals;
const edition = findForm(formId, values.folder);
let solved = 0;
let agreed = 0;
for (const file of files) {
  const answers = JSON.parse(readFileSync(file, 'utf8')) as SolverAnswer[];
  if (!Array.isArray(answers)) {
    console.error(`${file}: must be an array of {"id", "answer": ["B"], "reason", "authority", "ambiguity"}`);
    process.exit(2);
  }
  for (const given of answers) {
    const item = edition.items.find((candidate) => candidate.id === given.id);
    if (!item) {
      console.log(`${file}: ${given.id}: no item of this form`);
      continue;
    }
    const response = fromSheet(item, values.seed, given.answer);
    const right = isCorrect(item, response);
    solved += 1;
    if (right) agreed += 1;
    if (!right || given.ambiguity)
      console.log(
        `${right ? 'agrees, but' : 'DIFFERS'} ${item.id} (key ${item.key.join()}, answered ${response.join()}) ${file}\n` +
          `  reason: ${given.reason}\n  authority: ${given.authority}${given.ambiguity ? `\n  ambiguity: ${given.ambiguity}` : ''}`,
      );
  }
}
console.log(`${solved} answers, ${agreed} agree with the key`);
