/** Ways to spoil a pack as files: missing, of other kinds, linked, oddly named, too large or too many. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bytesOf } from './pack-draft.ts';
import type { Harm } from './pack-harm-values.ts';
import { between, pick, type Expected } from './pack-nodes.ts';

const EITHER: Expected = { verdict: 'either' };
const LOADED: Expected = { verdict: 'loaded' };

/** The cap of the program, as it is told to who writes a pack. */
const CAP_BYTES = 8 * 1024 * 1024;

/** Two bytes of a zip file and what follows them. */
const ZIP = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(60, 7)]);

/** Names an items file may have, and still be read. */
const NAMES = [
  '.json',
  '__proto__.json',
  'constructor.json',
  'ａｌｌ.json',
  'e\u0301.json',
  'é.json',
  '\u202egnp.json',
  'two\nlines.json',
  'con.json',
  'a b.json',
  '<img src=x>.json',
  '..json',
  "';--.json",
  '%2e%2e.json',
  '\\..\\x.json',
  `${'x'.repeat(250)}.json`,
];
/** Names under which no file of a pack is known. */
const STRANGE = ['all.JSON', 'all.json ', 'all.json.bak', 'all.js\u043en', 'all.json~', 'all.zip', 'all'];

/** Makes a file of a size without writing it. */
export function sparse(file: string, bytes: number): void {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, 'w');
  ftruncateSync(handle, bytes);
  closeSync(handle);
}

/** What spoils files, by name. */
export const FILE_HARMS: Readonly<Record<string, Harm>> = {
  'a file missing': (draft, random) => {
    const file = pick([...draft.files.keys()], random);
    draft.files.delete(file);
    return file === 'blueprint.json' ? { verdict: 'refused', place: { file } } : EITHER;
  },
  'a folder named as a file': (draft, random) => {
    const file = pick([...draft.files.keys()], random);
    const content = bytesOf(draft.files.get(file));
    draft.files.delete(file);
    draft.files.set(`${file}/inner.json`, content);
    return ['pack.json', 'blueprint.json'].includes(file) ? { verdict: 'refused', place: { file } } : EITHER;
  },
  'a file named as a folder': (draft, random) => {
    const folder = pick(['items', 'forms', 'scenarios'], random);
    for (const path of [...draft.files.keys()]) if (path.startsWith(`${folder}/`)) draft.files.delete(path);
    draft.files.set(folder, Buffer.from('[]'));
    return EITHER;
  },
  'a link in place of a file': (draft, random) => {
    const file = pick([...draft.files.keys()], random);
    const target = pick(
      ['/etc/passwd', '/dev/zero', '/proc/self/environ', 'elsewhere', file, './nowhere', '/'],
      random,
    );
    draft.deeds.push((folder, elsewhere) => {
      const full = join(folder, file);
      if (!exists(full)) return;
      mkdirSync(elsewhere, { recursive: true });
      const moved = join(elsewhere, 'moved.json');
      renameSync(full, moved);
      symlinkSync(target === 'elsewhere' ? moved : target, full);
    });
    return file === 'blueprint.json' ? { verdict: 'refused', place: { file } } : EITHER;
  },
  'a link beside the files': (draft, random) => {
    const name = pick(['items/extra.json', 'extra.json', 'forms/extra.json', 'extra'], random);
    const target = pick(['/etc/passwd', '/dev/zero', '/', '.', '..', 'extra.json', '/nowhere'], random);
    draft.deeds.push((folder) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      if (!exists(join(folder, name))) symlinkSync(target, join(folder, name));
    });
    return LOADED;
  },
  'a folder that is a link': (draft, random) => {
    const name = pick(['items', 'forms', '.'], random);
    draft.deeds.push((folder, elsewhere) => {
      const full = join(folder, name);
      if (!exists(full) || !lstatSync(full).isDirectory()) return;
      mkdirSync(elsewhere, { recursive: true });
      renameSync(full, join(elsewhere, 'folder'));
      symlinkSync(join(elsewhere, 'folder'), full);
    });
    return EITHER;
  },
  'an odd name': (draft, random) => {
    const file = pick([...draft.files.keys()].filter((path) => path.startsWith('items/')).concat('items/none'), random);
    if (!draft.files.has(file)) return null;
    const content = draft.files.get(file);
    draft.files.delete(file);
    const isKnown = random() < 0.6;
    draft.files.set(`items/${pick(isKnown ? NAMES : STRANGE, random)}`, content);
    return isKnown ? LOADED : EITHER;
  },
  'a name that is no Unicode': (draft) => {
    const content = Buffer.from('[]');
    draft.deeds.push((folder) => {
      if (!existsSync(join(folder, 'items')) || !lstatSync(join(folder, 'items')).isDirectory()) return;
      writeFileSync(
        Buffer.concat([Buffer.from(join(folder, 'items/')), Buffer.from([0xff, 0xfe]), Buffer.from('.json')]),
        content,
      );
    });
    return { verdict: 'refused' };
  },
  'letters of the other case': (draft, random) => {
    const file = pick([...draft.files.keys()], random);
    const content = draft.files.get(file);
    draft.files.delete(file);
    draft.files.set(random() < 0.5 ? file.toUpperCase() : file[0]!.toUpperCase() + file.slice(1), content);
    return EITHER;
  },
  'folders inside folders': (draft, random) => {
    const [path] = [...draft.files.keys()];
    const name = pick(
      ['items/deep/all.json', `${'d/'.repeat(200)}x.json`, 'other/all.json', 'items/..x/all.json'],
      random,
    );
    draft.files.set(name, Buffer.from(pick(['{', '[{}]', bytesOf(draft.files.get(path!)).toString()], random)));
    return LOADED;
  },
  'files that are none of the pack': (draft, random) => {
    for (let count = between(1, 5, random); count > 0; count--)
      draft.files.set(
        pick(['README.md', 'pack.zip', 'items/more.zip', 'x.json', 'notes.txt', 'items/all.json~'], random),
        ZIP,
      );
    return LOADED;
  },
  'a zip file under the name of JSON': (draft, random) => {
    const file = pick(['items/zip.json', 'forms/zip.json', 'scenarios/zip.json'], random);
    draft.files.set(file, ZIP);
    return { verdict: 'refused', place: { file } };
  },
  'a pipe among the files': (draft, random) => {
    const file = pick(['items/pipe.json', 'forms/pipe.json'], random);
    draft.deeds.push((folder) => {
      if (existsSync(dirname(join(folder, file))) && !exists(join(folder, file)))
        execFileSync('mkfifo', [join(folder, file)]);
    });
    return LOADED;
  },
  'a file over the cap': (draft, random) => {
    const file = pick(['items/large.json', 'large.json', 'forms/large.json', 'other/large.json'], random);
    const bytes = pick([CAP_BYTES + 1, 2 * CAP_BYTES, 200 * 1024 * 1024], random);
    draft.deeds.push((folder) => sparse(join(folder, file), bytes));
    // One that is none of the pack may as well be passed over.
    return /^(items|forms)/.test(file) ? { verdict: 'refused', place: { file } } : EITHER;
  },
  'too many files': (draft, random) => {
    const count = between(401, 600, random);
    for (let n = 0; n < count; n++) draft.files.set(`forms/f${n}.json`, Buffer.from('{}'));
    return { verdict: 'refused', place: { file: '.' } };
  },
  'a file nobody may read': (draft, random) => {
    const file = pick([...draft.files.keys()], random);
    draft.deeds.push((folder) => {
      if (exists(join(folder, file)) && lstatSync(join(folder, file)).isFile()) chmodSync(join(folder, file), 0);
    });
    return EITHER;
  },
};

/** Whether something of the name is there, a link to nowhere too. */
function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
