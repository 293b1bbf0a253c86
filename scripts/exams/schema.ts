/** Writes the pack format as JSON Schema to exams/schema/, for editors and authors: `npm run schema`. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlueprintSchema, FormSchema, ItemFileSchema, PackSchema, ScenarioFileSchema } from '../../main/exam/pack.ts';

export const SCHEMA_FOLDER = join(import.meta.dirname, '..', '..', 'exams', 'schema');

/** The text of each schema file by its name. Checks across fields have no JSON Schema form; the loader makes them. */
export function schemaFiles(): Map<string, string> {
  const schemas = {
    pack: PackSchema,
    blueprint: BlueprintSchema,
    form: FormSchema,
    items: ItemFileSchema,
    scenarios: ScenarioFileSchema,
  };
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' }), null, 2)}\n`,
    ]),
  );
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(SCHEMA_FOLDER, { recursive: true });
  for (const [name, text] of schemaFiles()) writeFileSync(join(SCHEMA_FOLDER, name), text);
}
