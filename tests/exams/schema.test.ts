/** The committed JSON Schemas are those of the code, and the project's packs load. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../../main/services/library.ts';
import { EXAMS_FOLDER } from '../../scripts/exams/folders.ts';
import { SCHEMA_FOLDER, schemaFiles } from '../../scripts/exams/schema.ts';

describe('the exam packs of the project', () => {
  it.each([...schemaFiles()])('have the schema %s as the code has it (npm run schema)', (name, text) => {
    expect(JSON.parse(readFileSync(join(SCHEMA_FOLDER, name), 'utf8'))).toEqual(JSON.parse(text));
  });

  it('load without a problem', () => {
    const library = loadLibrary([EXAMS_FOLDER]);
    expect(library.problems).toEqual([]);
    expect(library.packs.size).toBeGreaterThan(0);
  });
});
