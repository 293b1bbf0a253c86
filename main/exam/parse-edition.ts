/** Form editions that come from a file: as untrusted as a pack, and held to the same schemas and cross-checks. */
import * as v from 'valibot';
import type { FormEdition } from './edition.ts';
import { BlueprintSchema, FormSchema, ItemSchema, PACK_FORMAT, PackSchema, ScenarioSchema } from './pack.ts';
import { addOnce, checkFormItems, checkItemAreas, type PackProblem } from './parse-pack.ts';

const EditionSchema = v.strictObject({
  format: v.literal(PACK_FORMAT),
  pack: v.strictObject({
    id: PackSchema.entries.id,
    exam: PackSchema.entries.exam,
    codeYear: PackSchema.entries.codeYear,
  }),
  form: v.strictObject({ id: FormSchema.entries.id, title: FormSchema.entries.title }),
  blueprint: BlueprintSchema,
  items: v.pipe(v.array(ItemSchema), v.minLength(1), v.maxLength(600)),
  scenarios: v.pipe(v.array(ScenarioSchema), v.maxLength(200)),
});

export type ParsedEdition = { ok: true; edition: FormEdition } | { ok: false; problem: PackProblem };

/**
 * Reads an edition as `freeze` makes it.
 * @param name what to call it in a problem.
 * @returns it as it was given, or the first thing wrong with it.
 */
export function parseEdition(raw: unknown, name: string): ParsedEdition {
  const parsed = v.safeParse(EditionSchema, raw, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath<typeof EditionSchema>(issue);
    return { ok: false, problem: { file: name, ...(field && { field }), message: issue.message } };
  }
  const edition = parsed.output;
  // The schemas trim texts. An edition's address is that of its text, which therefore must have been trimmed before.
  if (JSON.stringify(edition).length !== JSON.stringify(raw).length)
    return { ok: false, problem: { file: name, message: 'has spaces around a text' } };
  const [problem] = crossCheck(edition, name);
  return problem ? { ok: false, problem } : { ok: true, edition };
}

/** What `parsePack` checks beyond the schemas. */
function crossCheck({ pack, form, blueprint, items, scenarios }: FormEdition, name: string): PackProblem[] {
  const problems: PackProblem[] = [];
  const known = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  if (known.size !== scenarios.length) problems.push({ file: name, field: 'scenarios', message: 'holds one twice' });
  const byId = new Map<string, FormEdition['items'][number]>();
  for (const item of items) {
    addOnce(byId, item, name, problems);
    checkItemAreas(item, blueprint, name, problems);
    if (item.codeYear !== pack.codeYear)
      problems.push({ file: name, item: item.id, field: 'codeYear', message: `is not the pack's, ${pack.codeYear}` });
    if (item.scenario !== undefined && !known.has(item.scenario))
      problems.push({
        file: name,
        item: item.id,
        field: 'scenario',
        message: `names "${item.scenario}", which is not there`,
      });
  }
  checkFormItems({ ...form, items: items.map(({ id }) => id) }, byId, name, problems);
  return problems;
}
