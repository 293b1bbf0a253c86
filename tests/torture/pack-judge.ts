/** What the program made of a spoilt pack, judged by what lies in its folder. */
import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { candidateItems } from '../../main/exam/candidate-view.ts';
import { drawForm } from '../../main/exam/draw-form.ts';
import { freezeForm } from '../../main/exam/edition.ts';
import type { FormSpec, Item, Outline } from '../../main/exam/pack.ts';
import type { Pack, PackProblem } from '../../main/exam/parse-pack.ts';
import type { Place } from './pack-nodes.ts';

const UTF8 = new TextDecoder();

/** Faults of one pack that are told. */
const TOLD = 10;
/** More than anybody reads of one problem. */
const READABLE = 1000;

const CANDIDATE_FIELDS = 'number type select stem stemTextId options record scenario'.split(' ');
/** As option ids they cannot be; the program passes over them. */
const PROTOTYPES = ['__proto__', 'constructor', 'prototype'];

/** Whether a folder is a pack at all: a real folder with something named `pack.json` in it. */
export function isPack(folder: string): boolean {
  return lstatSync(folder).isDirectory() && readdirSync(folder).includes('pack.json');
}

/** Why a loaded pack is not what lies in its folder, or not sound; empty where it is both. */
export function faultsOfPack(pack: Pack, folder: string): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds && faults.length < TOLD) faults.push(what);
  };
  const read = (path: string): unknown => {
    const bytes = readFileSync(join(folder, path));
    must(isUtf8(bytes), `${path} is no UTF-8`);
    // A mark of the byte order at the start of a text belongs to its encoding (RFC 8259, 8.1).
    return JSON.parse(UTF8.decode(bytes)) as unknown;
  };
  const under = (inner: string): unknown[] => jsonFiles(folder, inner).map(read);
  const wholly = (name: string, loaded: Iterable<{ id: string }>, stored: unknown[]) => {
    const byId = new Map([...loaded].map((value) => [value.id, value]));
    must(byId.size === stored.length, `${byId.size} of ${stored.length} ${name}`);
    for (const raw of stored) must(isSame(raw, byId.get((raw as { id: string }).id)), `not as stored: ${name}`);
  };

  must(isSame(read('pack.json'), pack.info), 'not as stored: pack.json');
  must(isSame(read('blueprint.json'), pack.blueprint), 'not as stored: blueprint.json');
  wholly('forms', pack.forms, under('forms'));
  wholly('items', pack.items.values(), under('items').flat());
  wholly('scenarios', pack.scenarios.values(), under('scenarios').flat());

  for (const [id, item] of pack.items) must(id === item.id && isSoundItem(item, pack), `unsound item ${id}`);
  for (const form of pack.forms) {
    must(isSoundForm(form, pack), `unsound form ${form.id}`);
    const edition = freezeForm(pack, form.id);
    const seen = candidateItems(edition);
    must(seen.length === form.items.length, `the candidate sees ${seen.length} of ${form.items.length} items`);
    must(
      seen.every((item) => Object.keys(item).every((field) => CANDIDATE_FIELDS.includes(field))),
      'a field too many',
    );
  }
  const drawn = drawForm(pack, 'seed', new Map());
  if (drawn) must(isDrawnTrue(drawn, pack), 'the drawn form is not true to the blueprint');
  return faults;
}

/** What is wrong with the problems of a refused pack: the place is not named, or the text is not to be read. */
export function faultsOfProblems(
  problems: readonly PackProblem[],
  place: Place | undefined,
): { unnamed: string[]; long: number } {
  const unnamed: string[] = [];
  if (problems.length === 0) unnamed.push('no problem at all');
  for (const { file, item, field, message } of problems) {
    const inList = /^(items|scenarios)\//.test(file) && field !== undefined;
    const isNamed =
      file.trim() !== '' && message.trim() !== '' && (!inList || (item !== undefined && item.trim() !== ''));
    if (!isNamed) unnamed.push(JSON.stringify({ file, item, field, message }).slice(0, 200));
  }
  if (place && !problems.some((problem) => names(problem, place)))
    unnamed.push(`${JSON.stringify(place)} not in ${JSON.stringify(problems.slice(0, 3)).slice(0, 300)}`);
  const long = problems.filter((problem) => Object.values(problem).some((text: string) => text.length > READABLE));
  return { unnamed, long: long.length };
}

/** A file that is too large is not read, so that nothing inside it can be named. */
function names(problem: PackProblem, { file, item, field }: Place): boolean {
  if (problem.file === file && problem.message.startsWith('is larger than')) return true;
  const isWithin = field === undefined || problem.field === field || problem.field?.startsWith(`${field}.`) === true;
  const isOf = item === undefined || problem.item === item || (file === 'pack.json' && problem.item === undefined);
  return problem.file === file && isOf && isWithin;
}

/** The real JSON files right in a folder of the pack. */
function jsonFiles(folder: string, inner: string): string[] {
  const stats = lstatSync(join(folder, inner), { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return [];
  return readdirSync(join(folder, inner), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => `${inner}/${entry.name}`);
}

/** Whether a loaded value is the stored one, but for blanks around its texts. */
function isSame(raw: unknown, loaded: unknown): boolean {
  if (typeof raw === 'string')
    return typeof loaded === 'string' && (loaded === raw || loaded === raw.trim()) && loaded !== '';
  if (typeof raw === 'number') return Number.isSafeInteger(raw) && Object.is(raw, loaded);
  if (typeof raw !== 'object' || raw === null) return raw === loaded;
  if (typeof loaded !== 'object' || loaded === null || Array.isArray(raw) !== Array.isArray(loaded)) return false;
  const entries = Object.entries(raw).filter(([key]) => !PROTOTYPES.includes(key));
  return (
    Object.getPrototypeOf(loaded) === Object.getPrototypeOf(raw) &&
    Object.keys(loaded).length === entries.length &&
    entries.every(
      ([key, value]) => Object.hasOwn(loaded, key) && isSame(value, (loaded as Record<string, unknown>)[key]),
    )
  );
}

function isSoundItem(item: Item, { info, blueprint, scenarios }: Pack): boolean {
  const options = item.options.map(({ id }) => id);
  const hasArea = (outline: Outline, id: string) => outline.areas.some((area) => area.id === id);
  return (
    new Set(options).size === options.length &&
    new Set(item.key).size === item.key.length &&
    item.key.length === item.select &&
    item.key.every((id) => options.includes(id)) &&
    options.every((id) => Object.hasOwn(item.rationale, id)) &&
    Object.keys(item.rationale).length === options.length &&
    item.codeYear === info.codeYear &&
    hasArea(blueprint.outlines.current, item.area) &&
    hasArea(blueprint.outlines.classic, item.classicArea) &&
    (item.scenario === undefined || (scenarios.has(item.scenario) && item.record === undefined))
  );
}

function isSoundForm(form: FormSpec, { items }: Pack): boolean {
  return (
    new Set(form.items).size === form.items.length &&
    form.items.every((id) => items.has(id)) &&
    form.items.some((id) => items.get(id)!.scored)
  );
}

/** Whether a drawn form is sound, has each area as often as asked for, and scenarios whole. */
function isDrawnTrue(form: FormSpec, pack: Pack): boolean {
  if (
    form.items.length > 0 &&
    (new Set(form.items).size !== form.items.length || !form.items.every((id) => pack.items.has(id)))
  )
    return false;
  const items = form.items.map((id) => pack.items.get(id)!);
  const scored = items.filter((item) => item.scored);
  const { current, classic } = pack.blueprint.outlines;
  // Of an area that stands twice in its outline the last count holds.
  const asked = (outline: Outline) => [...new Map(outline.areas.map(({ id, items: count }) => [id, count]))];
  const drawn = new Set(items.flatMap((item) => item.scenario ?? []));
  return (
    asked(current).every(([id, count]) => scored.filter((item) => item.area === id).length === count) &&
    asked(classic).every(([id, count]) => scored.filter((item) => item.classicArea === id).length === count) &&
    items.length - scored.length === pack.blueprint.pretest &&
    [...pack.items.values()].every(
      (item) => !item.scenario || !drawn.has(item.scenario) || form.items.includes(item.id),
    )
  );
}
