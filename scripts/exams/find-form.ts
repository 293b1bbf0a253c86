/** Loads one form for the scripts, or ends with a plain message. */

import { freezeForm, type FormEdition } from '../../main/exam/edition.ts';
import { describeProblem } from '../../main/exam/parse-pack.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { EXAMS_FOLDER } from './folders.ts';

/** @param folder the folder of packs; the project's own when left out. */
export function findForm(formId: string | undefined, folder = EXAMS_FOLDER): FormEdition {
  const library = loadLibrary([folder]);
  for (const broken of library.problems)
    for (const problem of broken.problems) console.error(`${broken.pack}/${describeProblem(problem)}`);
  for (const { pack } of library.packs.values())
    if (pack.forms.some((form) => form.id === formId)) return freezeForm(pack, formId!);
  const known = [...library.packs.values()].flatMap(({ pack }) => pack.forms.map((form) => form.id));
  console.error(`${formId ? `no form ${formId}` : 'name a form'}; there is ${known.join(', ') || 'none'}`);
  process.exit(1);
}
