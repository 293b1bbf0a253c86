/** Ways to spoil a value inside a pack's JSON, each at a random place. */
import { Raw, type Draft } from './pack-draft.ts';
import {
  between,
  isHolder,
  pick,
  pickNode,
  pickObject,
  placeOf,
  type Expected,
  type Holder,
  type Node,
} from './pack-nodes.ts';

/** Spoils a draft. @returns what must come of it, `null` where there was nothing to spoil. */
export type Harm = (draft: Draft, random: () => number) => Expected | null;

const EITHER: Expected = { verdict: 'either' };

/** Fields an item or a record of an option may lack, or that are gone without a trace. */
const OPTIONAL = new Set(['record', 'scenario', 'note']);

const FIELDS = [
  'html',
  'onclick',
  'x',
  '0',
  'length',
  'toString',
  'hasOwnProperty',
  'ключ',
  'a\u0000b',
  '\u202eid',
  'ID',
  'id ',
];
const PROTOTYPES = ['__proto__', 'constructor', 'prototype'];
const POLLUTION = { polluted: true, prototype: { polluted: true }, toString: 'polluted' };

/** Values of every type, nested ones and texts of other types among them. */
const OTHERS: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  '',
  ' ',
  'x',
  'null',
  '0',
  [],
  {},
  [[]],
  [null],
  ['a'],
  { a: 'a' },
  { length: 3 },
];
/** Numbers, as they stand in the file; not all of them are JSON. */
const NUMBERS =
  '-1 0 -0 1e3 2.5 1e21 1e308 1e999 -1e999 9007199254740993 1.0000000000000001 0.1 1e-400 NaN Infinity -Infinity 0x10 01 1. .5 1_000 undefined'.split(
    ' ',
  );

const MARKUP = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<svg/onload=fetch("http://evil.example")>',
  'javascript:alert(1)',
  '{{constructor.constructor("return process")()}}',
  '${process.exit(1)}',
  '%s%n%x',
  "'; DROP TABLE sitting; --",
  '\u202e\u2066right to left',
  'a\u0000b',
  '\u001b[2J\u001b]0;title\u0007',
  '\ud800 alone',
  '𝕌𝕟𝕚 👩‍👩‍👧 ﷽',
  'Z̷̧̛͓͎̱̈́͊a̴̢͈͂l̸̢͕̈́g̷̛̙͊o̶',
  'file:///etc/passwd',
  '../../../../etc/passwd',
  '\u2028\u2029',
];

/** What spoils values, by name. */
export const VALUE_HARMS: Readonly<Record<string, Harm>> = {
  'a field removed': (draft, random) => {
    const node = pickNode(draft, random, () => true);
    if (!node) return null;
    if (Array.isArray(node.holder)) {
      node.holder.splice(Number(node.key), 1);
      return EITHER;
    }
    const place = node.key === 'id' ? null : placeOf(node);
    delete node.holder[node.key];
    if (OPTIONAL.has(node.key)) return EITHER;
    // The list of explanations is checked as one.
    if (node.path.at(-2) === 'rationale') return refusedAt({ ...node, path: node.path.slice(0, -1) });
    return { verdict: 'refused', place: place ?? placeOf(node) };
  },
  'a field added': (draft, random) => {
    const object = pickObject(draft, random);
    if (!object) return null;
    const name = pick(FIELDS, random);
    object.value[name] = structuredClone(pick([...OTHERS, ...MARKUP], random));
    return refusedAt({ ...object, path: [...object.path, name] });
  },
  "a prototype's name as a field": (draft, random) => {
    const object = pickObject(draft, random);
    if (!object) return null;
    const name = pick(PROTOTYPES, random);
    define(object.value, name, structuredClone(POLLUTION));
    // There the names of prototypes are passed over, as no option can have them.
    if (object.path.at(-1) === 'rationale') return EITHER;
    return refusedAt({ ...object, path: [...object.path, name] });
  },
  'a value doubled': (draft, random) => {
    const node = pickNode(draft, random, (value) => Array.isArray(value) && value.length > 0);
    if (!node) return null;
    const list = node.holder[node.key] as unknown[];
    list.splice(between(0, list.length, random), 0, structuredClone(pick(list, random)));
    const uniqueIn = { options: '', key: '', items: 'forms/' }[node.key];
    return uniqueIn !== undefined && node.file.startsWith(uniqueIn)
      ? { verdict: 'refused', place: { file: node.file } }
      : EITHER;
  },
  'another type': (draft, random) => {
    const node = pickNode(draft, random, () => true);
    if (!node) return null;
    const was = kindOf(node.holder[node.key]);
    const value = structuredClone(pick(OTHERS, random));
    node.holder[node.key] = value;
    return kindOf(value) === was ? EITHER : refusedAt(node);
  },
  'a whole file of another type': (draft, random) => {
    const paths = [...draft.files.keys()];
    const path = pick(paths, random);
    draft.files.set(path, structuredClone(pick(OTHERS, random)));
    return { verdict: 'refused', place: { file: path } };
  },
  'an odd number': (draft, random) => {
    const node = pickNode(draft, random, (value) => typeof value === 'number');
    if (!node) return null;
    node.holder[node.key] = new Raw(pick(NUMBERS, random));
    return EITHER;
  },
  'a long text': (draft, random) => {
    const node = pickNode(draft, random, (value) => typeof value === 'string');
    if (!node) return null;
    const unit = pick(['a', '<b>', '👩‍👩‍👧', '\u0000', '\ud800', 'e\u0301', '\\', '"'], random);
    node.holder[node.key] = unit.repeat(between(10_000, 200_000, random));
    return refusedAt(node);
  },
  'a text of blanks': (draft, random) => {
    const node = pickNode(draft, random, (value) => typeof value === 'string');
    if (!node) return null;
    node.holder[node.key] = pick([' ', '\n', '\u00a0', '\ufeff', '\u200b'], random).repeat(between(1, 20_000, random));
    return EITHER;
  },
  'markup in a text': (draft, random) => {
    const node = pickNode(draft, random, (value) => typeof value === 'string');
    if (!node) return null;
    const text = node.holder[node.key] as string;
    const at = between(0, text.length, random);
    const spoilt = text.slice(0, at) + pick(MARKUP, random) + text.slice(at);
    node.holder[node.key] = spoilt;
    if (!/^(text|stem|about|note)$/.test(node.key) || text.length >= 500) return EITHER;
    return spoilt.isWellFormed() ? { verdict: 'loaded' } : refusedAt(node);
  },
  'many elements': (draft, random) => {
    const node = pickNode(draft, random, (value) => Array.isArray(value) && value.length > 0);
    if (!node) return null;
    const list = node.holder[node.key] as unknown[];
    const more = pick([list[0], 0, 'x', {}, null], random);
    node.holder[node.key] = [...list, ...Array.from({ length: between(1_000, 4_000, random) }, () => more)];
    return { verdict: 'refused', place: { file: node.file } };
  },
  'deep nesting': (draft, random) => {
    const node = pickNode(draft, random, () => true);
    if (!node) return null;
    const levels = pick([10, 23, 24, 25, 1_000, 10_000, 100_000], random);
    const [open, close] = pick(
      [
        ['[', ']'],
        ['{"a":', '}'],
        ['[{"__proto__":', '}]'],
      ],
      random,
    ) as [string, string];
    node.holder[node.key] = new Raw(`${open.repeat(levels)}0${close.repeat(levels)}`);
    return { verdict: 'refused', place: { file: node.file } };
  },
  'a key twice in one object': (draft, random) => {
    const node = pickNode(draft, random, (value) => isHolder(value) && !Array.isArray(value));
    if (!node) return null;
    const holder = node.holder[node.key] as Holder;
    const key = pick([...Object.keys(holder), '__proto__'], random);
    const text = JSON.stringify(holder);
    node.holder[node.key] = new Raw(`${text.slice(0, -1)}${text === '{}' ? '' : ','}${JSON.stringify(key)}:0}`);
    return EITHER;
  },
};

function refusedAt(node: Pick<Node, 'file' | 'root' | 'path'>): Expected {
  return { verdict: 'refused', place: placeOf(node) };
}

function define(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
