/**
 * Turns the raw text of a pack's files into a pack, or into problems that name file, item and field.
 * All or nothing: one problem and the pack is not loaded.
 */
import * as v from 'valibot';
import {
  BlueprintSchema,
  FormSchema,
  ItemFileSchema,
  OUTLINES,
  PackSchema,
  ScenarioFileSchema,
  type Blueprint,
  type FormSpec,
  type Item,
  type PackInfo,
  type Scenario,
} from './pack.ts';

/** A file of a pack: its path inside the pack's folder with forward slashes, and its text. */
export interface PackFile {
  path: string;
  text: string;
}

/** One thing wrong with a pack, in words for the person who wrote it. */
export interface PackProblem {
  file: string;
  /** The id of the item, form or scenario, where it is known. */
  item?: string;
  /** The path to the field, for example `options.2.text`. */
  field?: string;
  message: string;
}

export interface Pack {
  info: PackInfo;
  blueprint: Blueprint;
  forms: FormSpec[];
  items: Map<string, Item>;
  scenarios: Map<string, Scenario>;
}

export type ParsedPack = { ok: true; pack: Pack } | { ok: false; problems: PackProblem[] };

/** Nesting deeper than this is refused before `JSON.parse` sees it; the format needs 6. */
export const MAX_DEPTH = 24;
/** Entries of one file. */
const MAX_ENTRIES = 2_000;
/** A file of more is read until its first problem only. */
const LARGE_CHARACTERS = 100_000;
/** Characters of each part of a problem. */
const MAX_WORDS = 240;
/** More problems than this are not listed; the pack is broken enough. */
const MAX_PROBLEMS = 50;

/** Whether brackets nest deeper than `limit`, reading strings as strings. */
export function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      if (++depth > limit) return true;
    } else if (char === '}' || char === ']') depth--;
  }
  return false;
}

/** Parses all files of one pack. Files of other names are ignored. */
export function parsePack(files: readonly PackFile[]): ParsedPack {
  const problems: PackProblem[] = [];
  /** Folders with a file that could not be read: what is named and not found may stand in it. */
  const unread = new Set<string>();
  const read = <S extends v.GenericSchema>(file: PackFile, schema: S): v.InferOutput<S> | undefined => {
    const value = readJson(file, schema, problems);
    if (value === undefined) unread.add(file.path.split('/')[0]!);
    return value;
  };

  const one = (path: string): PackFile | undefined => {
    const file = files.find((f) => f.path === path);
    if (!file) problems.push({ file: path, message: 'is missing' });
    return file;
  };
  const under = (folder: string): PackFile[] =>
    files
      .filter((f) => f.path.startsWith(`${folder}/`) && f.path.endsWith('.json'))
      .sort((a, b) => (a.path < b.path ? -1 : 1));

  const packFile = one('pack.json');
  const blueprintFile = one('blueprint.json');
  const info = packFile && read(packFile, PackSchema);
  const blueprint = blueprintFile && read(blueprintFile, BlueprintSchema);

  const scenarios = new Map<string, Scenario>();
  for (const file of under('scenarios'))
    for (const scenario of read(file, ScenarioFileSchema) ?? []) addOnce(scenarios, scenario, file.path, problems);

  const items = new Map<string, Item>();
  for (const file of under('items'))
    for (const item of read(file, ItemFileSchema) ?? []) {
      addOnce(items, item, file.path, problems);
      if (blueprint) checkItemAreas(item, blueprint, file.path, problems);
      if (info && item.codeYear !== info.codeYear)
        problems.push({
          file: file.path,
          item: item.id,
          field: 'codeYear',
          message: `is ${item.codeYear}, the pack's is ${info.codeYear}`,
        });
      if (item.scenario && !unread.has('scenarios') && !scenarios.has(item.scenario))
        problems.push({
          file: file.path,
          item: item.id,
          field: 'scenario',
          message: `names "${item.scenario}", which the pack has not`,
        });
    }

  const forms = new Map<string, FormSpec>();
  for (const file of under('forms')) {
    const form = read(file, FormSchema);
    if (!form) continue;
    addOnce(forms, form, file.path, problems);
    if (!unread.has('items')) checkFormItems(form, items, file.path, problems);
  }

  if (problems.length > 0 || !info || !blueprint)
    return { ok: false, problems: problems.slice(0, MAX_PROBLEMS).map(clipped) };
  return { ok: true, pack: { info, blueprint, forms: [...forms.values()], items, scenarios } };
}

function readJson<S extends v.GenericSchema>(
  file: PackFile,
  schema: S,
  problems: PackProblem[],
): v.InferOutput<S> | undefined {
  if (nestsDeeperThan(file.text, MAX_DEPTH)) {
    problems.push({ file: file.path, message: `nests deeper than ${MAX_DEPTH} levels` });
    return undefined;
  }
  let raw: unknown;
  try {
    raw = JSON.parse(file.text);
  } catch (error) {
    problems.push({ file: file.path, message: `is not JSON: ${(error as Error).message}` });
    return undefined;
  }
  if (Array.isArray(raw) && raw.length > MAX_ENTRIES) {
    problems.push({ file: file.path, message: `has more than ${MAX_ENTRIES} entries` });
    return undefined;
  }
  const first = v.safeParse(schema, raw, { abortEarly: true });
  // Of a large file the first problem will do: there may be a million.
  const parsed = first.success || file.text.length > LARGE_CHARACTERS ? first : v.safeParse(schema, raw);
  if (parsed.success) return parsed.output;
  for (const issue of parsed.issues) problems.push(toProblem(file.path, raw, issue));
  return undefined;
}

/** A problem with none of its words too long to be read: a pack may have names of megabytes. */
function clipped(problem: PackProblem): PackProblem {
  const clip = (text: string) => (text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text);
  const { file, item, field, message } = problem;
  return {
    file: clip(file),
    ...(item !== undefined && { item: clip(item) }),
    ...(field !== undefined && { field: clip(field) }),
    message: clip(message),
  };
}

/** What is wrong, for authors: where a field is missing or unknown, valibot speaks of keys and `never`. */
function inWords(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message;
  return issue.expected === 'never' ? 'is no field of the format' : 'is missing';
}

/** Names the item an issue lies in: in an array file the first path key is the item's index. */
function toProblem(file: string, raw: unknown, issue: v.BaseIssue<unknown>): PackProblem {
  const keys = (issue.path ?? []).map((step) => step.key);
  const problem: PackProblem = { file, message: inWords(issue) };
  const owner: unknown = Array.isArray(raw) ? raw[keys[0] as number] : raw;
  const ownerId = typeof owner === 'object' && owner !== null ? (owner as { id?: unknown }).id : undefined;
  if (typeof ownerId === 'string' && /\S/.test(ownerId)) problem.item = ownerId.slice(0, 64);
  else if (Array.isArray(raw) && keys.length > 0) problem.item = `number ${Number(keys[0]) + 1}`;
  const field = (Array.isArray(raw) ? keys.slice(1) : keys).map(String).join('.');
  if (field) problem.field = field;
  return problem;
}

export function addOnce<T extends { id: string }>(
  into: Map<string, T>,
  value: T,
  file: string,
  problems: PackProblem[],
): void {
  if (into.has(value.id)) problems.push({ file, item: value.id, field: 'id', message: 'stands twice in the pack' });
  else into.set(value.id, value);
}

export function checkItemAreas(item: Item, blueprint: Blueprint, file: string, problems: PackProblem[]): void {
  for (const outline of OUTLINES) {
    const field = outline === 'current' ? 'area' : 'classicArea';
    if (!blueprint.outlines[outline].areas.some((area) => area.id === item[field]))
      problems.push({ file, item: item.id, field, message: `"${item[field]}" is no area of the ${outline} outline` });
  }
}

export function checkFormItems(
  form: FormSpec,
  items: ReadonlyMap<string, Item>,
  file: string,
  problems: PackProblem[],
): void {
  const seen = new Set<string>();
  form.items.forEach((itemId, index) => {
    const field = `items.${index}`;
    if (seen.has(itemId)) problems.push({ file, item: form.id, field, message: `"${itemId}" stands twice` });
    else if (!items.has(itemId))
      problems.push({ file, item: form.id, field, message: `"${itemId}" is no item of the pack` });
    seen.add(itemId);
  });
  // Points of none would be a percent of none.
  if (form.items.every((itemId) => items.get(itemId)?.scored === false))
    problems.push({ file, item: form.id, field: 'items', message: 'must hold a scored item' });
}

/** A problem as one line: `items/em.json, item cpc-em-003, options.2.text: must …`. */
export function describeProblem(problem: PackProblem): string {
  const item = problem.item ? `, item ${problem.item}` : '';
  const field = problem.field ? `, ${problem.field}` : '';
  return `${problem.file}${item}${field}: ${problem.message}`;
}
