/**
 * A small pack, sound as it stands, whose parts a test may change before it is loaded:
 * 1 plain, 2 case with its own record, 3 and 4 one scenario, 5 multiple select of two, 6 pretest.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freezeForm, type FormEdition } from '../../main/exam/edition.ts';
import type { Blueprint, FormSpec, Item, PackInfo, Scenario } from '../../main/exam/pack.ts';
import { parsePack, type Pack, type PackFile, type ParsedPack } from '../../main/exam/parse-pack.ts';
import type { Library } from '../../main/services/library.ts';

export const PACK_ID = 'small';
export const FORM_ID = 'a';

/** The key of each item, by number. */
export const KEYS: readonly (readonly string[])[] = [['a'], ['b'], ['c'], ['d'], ['a', 'c'], ['b']];

export interface PackParts {
  info: PackInfo;
  blueprint: Blueprint;
  forms: FormSpec[];
  items: Item[];
  scenarios: Scenario[];
}

/** An item with four options, right but for what the caller changes. */
export function item(id: string, change: Partial<Item> = {}): Item {
  const options = change.options ?? ['a', 'b', 'c', 'd'].map((letter) => ({ id: letter, text: `${id} ${letter}` }));
  return {
    id,
    area: 'surgery',
    classicArea: 'all',
    type: 'single',
    select: 1,
    topic: `TOPIC-${id}`,
    difficulty: 2,
    cognitive: 'application',
    seconds: 60,
    codeYear: 2026,
    scored: true,
    stem: `Stem of ${id}: which code is right?`,
    options,
    key: ['a'],
    rationale: Object.fromEntries(options.map((option) => [option.id, `RATIONALE-${id}-${option.id}`])),
    references: [`REFERENCE-${id}`],
    codes: [],
    modifiers: [],
    verification: { authorityChecked: 'local', blindSolves: 1, agreedAtFirst: 1, rewritten: false },
    ...change,
  };
}

const record = (title: string) => ({
  title,
  sections: [
    { heading: 'History', text: `${title}: history.` },
    { heading: 'Plan', text: `${title}: plan and more.` },
  ],
});

/** Fresh parts, free to be changed. */
export function packParts(): PackParts {
  return {
    info: {
      format: 1,
      id: PACK_ID,
      title: 'Small pack',
      exam: { code: 'SML', name: 'Small exam', issuer: 'Nobody' },
      codeYear: 2026,
      license: 'MIT',
      about: 'For tests.',
    },
    blueprint: {
      version: 'SML 1',
      scored: 5,
      pretest: 1,
      minutes: 10,
      agreementMinutes: 2,
      line: { percent: 70, published: true },
      noticesAtMinutes: [5],
      sources: ['Tests'],
      outlines: {
        current: {
          title: 'Current outline',
          areas: [
            { id: 'surgery', title: 'AREA-Surgery', items: 2 },
            { id: 'cases', title: 'AREA-Cases', items: 3 },
          ],
        },
        classic: { title: 'Classic outline', areas: [{ id: 'all', title: 'AREA-Everything', items: 5 }] },
      },
    },
    forms: [{ id: FORM_ID, title: 'Form A', items: ['one', 'two', 'three', 'four', 'five', 'six'] }],
    items: [
      item('one'),
      item('two', { area: 'cases', key: ['b'], record: record('Visit note') }),
      item('three', { area: 'cases', key: ['c'], scenario: 'stay' }),
      item('four', { area: 'cases', key: ['d'], scenario: 'stay' }),
      item('five', { type: 'multiple', select: 2, key: ['a', 'c'], seconds: 120 }),
      item('six', { key: ['b'], scored: false }),
    ],
    scenarios: [{ id: 'stay', setting: 'inpatient', record: record('Inpatient stay') }],
  };
}

/** The pack's files as they would lie in its folder. */
export function packFiles(parts: PackParts = packParts()): PackFile[] {
  const file = (path: string, value: unknown): PackFile => ({ path, text: JSON.stringify(value) });
  return [
    file('pack.json', parts.info),
    file('blueprint.json', parts.blueprint),
    ...parts.forms.map((form) => file(`forms/${form.id}.json`, form)),
    file('items/all.json', parts.items),
    ...(parts.scenarios.length > 0 ? [file('scenarios/all.json', parts.scenarios)] : []),
  ];
}

/** Writes the pack into a folder, after a change to its parts. @returns the folder. */
export function writePack(folder: string, change: (parts: PackParts) => void = () => {}): string {
  const parts = packParts();
  change(parts);
  for (const { path, text } of packFiles(parts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Parses the parts after a change to them. */
export function parseChanged(change: (parts: PackParts) => void): ParsedPack {
  const parts = packParts();
  change(parts);
  return parsePack(packFiles(parts));
}

/** Parses parts that must be sound. */
export function soundPack(change: (parts: PackParts) => void = () => {}): Pack {
  const parsed = parseChanged(change);
  if (!parsed.ok) throw new Error(`the test's pack is unsound: ${JSON.stringify(parsed.problems)}`);
  return parsed.pack;
}

/** The form of the small pack, frozen. */
export function edition(change: (parts: PackParts) => void = () => {}): FormEdition {
  return freezeForm(soundPack(change), FORM_ID);
}

/** A library that holds the given packs. */
export function libraryOf(...packs: Pack[]): Library {
  return { packs: new Map(packs.map((pack) => [pack.info.id, { pack, folder: '/packs' }])), problems: [] };
}
