/** Places inside a pack's JSON, and how the program is to name them. */
import type { Draft } from './pack-draft.ts';

/** Where a fault lies, as far as a problem has to say it. */
export interface Place {
  file: string;
  /** The id of the item, form or scenario, or `number 3` where it has none. */
  item?: string;
  field?: string;
}

/** What must come of a spoilt pack. */
export interface Expected {
  /** `either`: what it holds decides, which the judge reads for itself. */
  verdict: 'refused' | 'loaded' | 'either';
  place?: Place;
}

/** Anything that holds values by key. */
export type Holder = Record<string, unknown>;

/** One value inside a file. */
export interface Node {
  file: string;
  /** The whole file's value. */
  root: unknown;
  holder: Holder;
  key: string;
  /** From the file's root to the value. */
  path: readonly string[];
}

/** One of some, by chance. */
export function pick<T>(from: readonly T[], random: () => number): T {
  if (from.length === 0) throw new RangeError('there is nothing to pick from');
  return from[Math.floor(random() * from.length)]!;
}

/** A whole number from `low` to `high`. */
export function between(low: number, high: number, random: () => number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** The paths of the files that are still values and not bytes, all or below a folder. */
export function valueFiles({ files }: Draft, folder = ''): string[] {
  return [...files.keys()].filter((path) => path.startsWith(folder) && !Buffer.isBuffer(files.get(path)));
}

/** A value of some file, of those that a test lets pass; `null` where there is none. */
export function pickNode(draft: Draft, random: () => number, test: (value: unknown) => boolean): Node | null {
  const files = valueFiles(draft);
  for (let tries = 0; tries < 20 && files.length > 0; tries++) {
    const file = pick(files, random);
    const nodes: Node[] = [];
    const root = draft.files.get(file);
    const walk = (value: unknown, path: readonly string[]): void => {
      if (!isHolder(value)) return;
      for (const key of Object.keys(value)) {
        const inner = value[key];
        if (test(inner)) nodes.push({ file, root, holder: value, key, path: [...path, key] });
        walk(inner, [...path, key]);
      }
    };
    walk(root, []);
    if (nodes.length > 0) return pick(nodes, random);
  }
  return null;
}

/** An object of some file, the file's own among them; `null` where there is none. */
export function pickObject(
  draft: Draft,
  random: () => number,
): { value: Holder; file: string; root: unknown; path: readonly string[] } | null {
  const roots = valueFiles(draft).flatMap((file) => {
    const root = draft.files.get(file);
    return isHolder(root) && !Array.isArray(root) ? [{ value: root, file, root, path: [] }] : [];
  });
  if (roots.length > 0 && random() < 0.2) return pick(roots, random);
  const node = pickNode(draft, random, (value) => isHolder(value) && !Array.isArray(value));
  return node && { value: node.holder[node.key] as Holder, file: node.file, root: node.root, path: node.path };
}

/** Whether a value is an object or a list of the draft. */
export function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))
  );
}

/** How the program is to name a value's place; to be called once the value has been spoilt. */
export function placeOf({ file, root, path }: Pick<Node, 'file' | 'root' | 'path'>): Place {
  const inList = Array.isArray(root);
  const owner = inList ? (root as unknown[])[Number(path[0])] : root;
  const id = isHolder(owner) ? owner['id'] : undefined;
  const field = (inList ? path.slice(1) : path).join('.');
  const named = typeof id === 'string' && id.trim() !== '';
  return {
    file,
    ...(named ? { item: id.slice(0, 64) } : inList && { item: `number ${Number(path[0]) + 1}` }),
    ...(field !== '' && { field }),
  };
}
