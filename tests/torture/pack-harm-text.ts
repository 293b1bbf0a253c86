/** Ways to spoil a pack's meaning, its ids and the bytes of its files. */
import { gzipSync } from 'node:zlib';
import type { FormSpec, Item, Scenario } from '../../main/exam/pack.ts';
import { bytesOf, NEIGHBOUR_ID, type Draft } from './pack-draft.ts';
import type { Harm } from './pack-harm-values.ts';
import { between, isHolder, pick, valueFiles, type Expected } from './pack-nodes.ts';

const EITHER: Expected = { verdict: 'either' };

const IDS = [
  '',
  ' ',
  '.',
  '..',
  'constructor',
  '__proto__',
  'prototype',
  'tostring',
  'con',
  'a/b',
  '../../x',
  'One',
  'ｏｎｅ',
  'ı',
  'é',
  'e\u0301',
  'one\n',
  'one ',
  '1',
  '-1',
  'drawn-abcd',
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(100_000),
  'a.b-c',
  '<b>',
  '\u0000',
  '🙂',
];

/** What changes an item, and the field the problem must name. */
const ITEM_FAULTS: readonly [field: string, change: (item: Item) => void][] = [
  ['key', (item) => (item.key = [...item.key.slice(1), noOption(item)])],
  ['key', (item) => (item.key = [...item.key, item.options.find(({ id }) => !item.key.includes(id))!.id])],
  ['key', (item) => (item.key = [])],
  ['key', (item) => (item.key = ['__proto__'])],
  ['select', (item) => Object.assign(item, { type: 'single', select: 2, key: ['a', 'b'] })],
  ['options', (item) => (item.options[1]!.id = item.options[0]!.id)],
  ['rationale', (item) => delete item.rationale[item.options[0]!.id]],
  ['rationale', (item) => (item.rationale[noOption(item)] = 'for no option')],
  [
    'scenario',
    (item) => {
      item.scenario = 'nowhere';
      delete item.record;
    },
  ],
  ['area', (item) => (item.area = 'nowhere')],
  ['classicArea', (item) => (item.classicArea = 'constructor')],
  ['codeYear', (item) => (item.codeYear += 1)],
  ['type', (item) => (item.type = 'essay' as never)],
  ['difficulty', (item) => (item.difficulty = 4)],
  ['seconds', (item) => (item.seconds = 1e9)],
  ['modifiers.0', (item) => (item.modifiers = ['abc'])],
];

/** What spoils meaning and bytes, by name. */
export const TEXT_HARMS: Readonly<Record<string, Harm>> = {
  'an item that cannot be right': (draft, random) => {
    const file = pickFile(draft, random, 'items/');
    if (!file) return null;
    const items = draft.files.get(file) as Item[];
    if (!Array.isArray(items) || items.length === 0) return null;
    const item = pick(items, random);
    const [field, change] = pick(ITEM_FAULTS, random);
    try {
      change(item);
    } catch {
      // Another harm has taken away what this one would change.
      return EITHER;
    }
    return { verdict: 'refused', place: { file, item: item.id, field } };
  },
  'an id twice': (draft, random) => {
    const file = pickFile(draft, random, pick(['items/', 'scenarios/'], random));
    const values = file ? (draft.files.get(file) as unknown[]) : [];
    if (!file || !Array.isArray(values) || values.length === 0) return null;
    const copy = structuredClone(pick(values, random)) as Item | Scenario;
    const other = `${file.split('/')[0]}/zz.json`;
    if (random() < 0.5) draft.files.set(other, [copy]);
    else values.push(copy);
    const into = draft.files.has(other) ? other : file;
    return { verdict: 'refused', place: { file: into, item: copy.id, field: 'id' } };
  },
  'an odd id': (draft, random) => {
    const file = pickFile(draft, random, pick(['items/', 'scenarios/', 'forms/', 'pack.json'], random));
    if (!file) return null;
    const value = draft.files.get(file);
    const owner = (Array.isArray(value) ? pick(value, random) : value) as { id?: unknown } | null;
    if (typeof owner !== 'object' || owner === null) return null;
    const was = owner.id;
    owner.id = pick(IDS, random);
    if (random() < 0.7)
      for (const path of valueFiles(draft)) draft.files.set(path, renamed(draft.files.get(path), was, owner.id));
    return EITHER;
  },
  'the id of another pack': (draft) => {
    const info = draft.files.get('pack.json');
    if (!isHolder(info)) return null;
    info['id'] = NEIGHBOUR_ID;
    return { verdict: 'refused', place: { file: 'pack.json', field: 'id' } };
  },
  'a form of other items': (draft, random) => {
    const file = pickFile(draft, random, 'forms/');
    const form = file ? (draft.files.get(file) as FormSpec) : null;
    if (!file || !Array.isArray(form?.items) || form.items.length === 0) return null;
    const at = between(0, form.items.length - 1, random);
    const before = form.items[at]!;
    form.items[at] = pick(
      ['constructor', 'nowhere', `${before}.`, 'toString', form.items[(at + 1) % form.items.length]!],
      random,
    );
    return form.items[at] === before ? EITHER : { verdict: 'refused', place: { file } };
  },
  'broken JSON': (draft, random) => {
    const file = pick([...draft.files.keys()], random);
    const text = bytesOf(draft.files.get(file)).toString();
    const at = between(0, text.length, random);
    const broken = pick(
      [
        text.slice(0, at),
        text.slice(0, at) + text.slice(at + 1),
        text.slice(0, at) + pick([...'[]{}",:\\\u0000\u0001x0-', '/**/', '//'], random) + text.slice(at),
        text.replace(/"/g, "'"),
        `${text.slice(0, -1)},${text.slice(-1)}`,
        text + text,
        '',
        ' ',
        '\ufeff',
        `)]}'\n${text}`,
        '<!doctype html><title>404</title>',
      ],
      random,
    );
    draft.files.set(file, Buffer.from(broken));
    return EITHER;
  },
  'another encoding': (draft, random) => {
    const file = pick([...draft.files.keys()], random);
    const bytes = bytesOf(draft.files.get(file));
    const text = bytes.toString();
    const accented = text.replace(/ of | and /, ' é ');
    const other = pick(
      [
        () => Buffer.from(`\ufeff${text}`, 'utf8'),
        () => Buffer.from(`\ufeff${text}`, 'utf16le'),
        () => Buffer.from(text, 'utf16le').swap16(),
        () => Buffer.from(accented, 'latin1'),
        () => gzipSync(bytes),
        () => Buffer.from(bytes.toString('base64')),
        () => withByte(bytes, random),
      ],
      random,
    )();
    draft.files.set(file, other);
    return EITHER;
  },
};

/** A letter no option of the item has. */
function noOption(item: Item): string {
  return [...'abcdefg'].find((letter) => !item.options.some(({ id }) => id === letter))!;
}

function pickFile(draft: Draft, random: () => number, folder: string): string | null {
  const files = valueFiles(draft, folder);
  return files.length > 0 ? pick(files, random) : null;
}

/** The value with one text in place of another wherever it stands. */
function renamed(value: unknown, from: unknown, to: unknown): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((inner) => renamed(inner, from, to));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner, from, to)]));
}

/** A byte that is no UTF-8 among the others. */
function withByte(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[between(0, copy.length - 1, random)] = pick([0xff, 0xc0, 0x80, 0xed, 0xf5], random);
  return copy;
}
