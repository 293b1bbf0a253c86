/** Sound packs to be spoilt: the small one of the tests, and a few items of each real one. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Blueprint, FormSpec, Item, Scenario } from '../../main/exam/pack.ts';
import { packFiles, packParts } from '../support/pack.ts';

const EXAMS = join(import.meta.dirname, '..', '..', 'exams');

/** Items that are taken of a real pack besides those of one scenario. */
const TAKEN = 7;

/** Id of the sound pack that stands beside each spoilt one. */
export const NEIGHBOUR_ID = 'neighbour';

/** Text that stands in a file as it is, where a value would. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A pack before it is written. */
export interface Draft {
  /** By path: a value to be written as JSON, or bytes as they are. */
  files: Map<string, unknown>;
  /** What is done in the pack's folder once its files are there; `elsewhere` is a folder outside of the library. */
  deeds: ((folder: string, elsewhere: string) => void)[];
}

/** The sound packs, as text by path; each has a form, items in more than one area and a scenario or a record. */
const SOURCES: readonly ReadonlyMap<string, string>[] = [
  new Map(packFiles().map(({ path, text }) => [path, text])),
  realPack('ccs-2026'),
  realPack('cpc-2026'),
];

/** A fresh copy of one of the sound packs. */
export function soundDraft(random: () => number): Draft {
  const source = SOURCES[Math.floor(random() * SOURCES.length)]!;
  return { files: new Map([...source].map(([path, text]) => [path, JSON.parse(text) as unknown])), deeds: [] };
}

/** The small pack, to stand beside a spoilt one. */
export function neighbourDraft(): Draft {
  const parts = packParts();
  parts.info.id = NEIGHBOUR_ID;
  return {
    files: new Map(packFiles(parts).map(({ path, text }) => [path, JSON.parse(text) as unknown])),
    deeds: [],
  };
}

/**
 * Writes a pack into a folder that is not there yet, and does to it what is to be done. Of several harms one can stand in
 * the way of another; what cannot be written then is left out.
 */
export function writeDraft({ files, deeds }: Draft, folder: string, elsewhere: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, value] of files)
    unlessInTheWay(() => {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytesOf(value));
    });
  for (const deed of deeds) unlessInTheWay(() => deed(folder, elsewhere));
}

function unlessInTheWay(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!['ENOTDIR', 'EISDIR', 'EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  }
}

/** A file's content. */
export function bytesOf(value: unknown): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(textOf(value));
}

function textOf(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner)}`)
      .join(',')}}`;
  return JSON.stringify(value) ?? 'undefined';
}

/** A few items of a real pack with one form of them all, and a blueprint that asks for just these. */
function realPack(name: string): ReadonlyMap<string, string> {
  const folder = join(EXAMS, name);
  const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const under = (inner: string) => readdirSync(join(folder, inner)).map((file) => `${inner}/${file}`);
  const files = new Map<string, unknown>([['pack.json', read('pack.json')]]);

  const scenarioFiles = readdirSync(folder).includes('scenarios') ? under('scenarios') : [];
  const scenario = scenarioFiles.flatMap((path) => read(path) as Scenario[])[0];
  if (scenario) files.set('scenarios/all.json', [scenario]);

  const form = read(under('forms')[0]!) as FormSpec;
  const all = new Map(
    under('items').flatMap((path) => (read(path) as Item[]).map((item) => [item.id, { path, item }])),
  );
  const printed = form.items.map((id) => all.get(id)!);
  const free = printed.filter(({ item }) => !item.scenario);
  const taken = [
    ...free.filter((_, index) => index % Math.ceil(free.length / TAKEN) === 0),
    ...[...all.values()].filter(({ item }) => scenario && item.scenario === scenario.id),
  ];
  for (const { path, item } of taken) files.set(path, [...((files.get(path) as Item[] | undefined) ?? []), item]);
  files.set('forms/a.json', { id: 'a', title: form.title, items: taken.map(({ item }) => item.id) } satisfies FormSpec);

  const items = taken.map(({ item }) => item);
  const scored = items.filter((item) => item.scored);
  const blueprint = read('blueprint.json') as Blueprint;
  blueprint.scored = scored.length;
  blueprint.pretest = items.length - scored.length;
  for (const area of blueprint.outlines.current.areas)
    area.items = scored.filter((item) => item.area === area.id).length;
  for (const area of blueprint.outlines.classic.areas)
    area.items = scored.filter((item) => item.classicArea === area.id).length;
  files.set('blueprint.json', blueprint);
  return new Map([...files].map(([path, value]) => [path, JSON.stringify(value)]));
}
