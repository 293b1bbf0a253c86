/**
 * The process that spoils packs and has the program load them: `node pack-worker.ts FOLDER SEED FIRST STEP END ROUNDS`.
 * One line of JSON before each pack and one after it, so that its end by a pack shows which one it was.
 */
import { mkdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { candidateItems } from '../../main/exam/candidate-view.ts';
import { drawForm } from '../../main/exam/draw-form.ts';
import { freezeForm } from '../../main/exam/edition.ts';
import { seeded } from '../../main/exam/random.ts';
import { loadLibrary, type Library } from '../../main/services/library.ts';
import { neighbourDraft, NEIGHBOUR_ID, soundDraft, writeDraft, type Draft } from './pack-draft.ts';
import { FILE_HARMS } from './pack-harm-files.ts';
import { TEXT_HARMS } from './pack-harm-text.ts';
import { VALUE_HARMS, type Harm } from './pack-harm-values.ts';
import { WEIGHTS } from './pack-heavy.ts';
import { faultsOfPack, faultsOfProblems, isPack } from './pack-judge.ts';
import { between, pick, type Expected } from './pack-nodes.ts';

/** What is said of a pack before it is loaded. */
export interface Begun {
  number: number;
  harms: string[];
}

/** What is said of it then. */
export interface Verdict extends Begun {
  /** Whether it was loaded, for the count. */
  loaded: boolean;
  /** Loading and use, ms. */
  ms: number;
  uncaught: string[];
  half: string[];
  unnamed: string[];
  /** Problems too long to be read. */
  long: number;
  /** A prototype that was changed, or a sound pack beside it that was not loaded. */
  others: string[];
}

/** Every way to spoil a pack. */
const HARMS: Readonly<Record<string, Harm>> = { ...VALUE_HARMS, ...TEXT_HARMS, ...FILE_HARMS };
const HEAVY = Object.keys(WEIGHTS);

const EITHER: Expected = { verdict: 'either' };

const WATCHED = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Number.prototype,
  Map.prototype,
];
const asLoaded = WATCHED.map(fingerprint);

const [folder, seed, ...numbers] = process.argv.slice(2) as [string, string, ...string[]];
const [first, step, end, rounds] = numbers.map(Number) as [number, number, number, number];
if (first < step) writeDraft(neighbourDraft(), join(folder, 'own', 'neighbour'), '');
for (let number = first; number < end; number += step) say(tryPack(folder, number));

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

/** Makes one spoilt pack, has it loaded beside the sound one, and takes it away. */
function tryPack(base: string, number: number): Verdict {
  const random = seeded(`${seed} pack ${number}`);
  const { draft, harms, expected } = number < HEAVY.length * rounds ? heavyDraft(number) : spoiltDraft(random);
  const folder = join(base, 'user', 'pack');
  const elsewhere = join(base, 'elsewhere');
  rmSync(join(base, 'user'), { recursive: true, force: true });
  rmSync(elsewhere, { recursive: true, force: true });
  mkdirSync(join(base, 'user'));
  say({ number, harms } satisfies Begun);
  writeDraft(draft, folder, elsewhere);
  draft.files.clear();
  // Once more, so that the time of the writing does not count.
  say({ number, harms } satisfies Begun);

  const verdict: Verdict = {
    number,
    harms,
    loaded: false,
    ms: 0,
    uncaught: [],
    half: [],
    unnamed: [],
    long: 0,
    others: [],
  };
  try {
    const start = performance.now();
    const library = loadLibrary([join(base, 'own'), join(base, 'user')]);
    use(library);
    verdict.ms = performance.now() - start;
    judge(library, base, folder, expected, verdict);
  } catch (error) {
    verdict.uncaught.push(String((error as Error).stack ?? error).slice(0, 600));
  }
  WATCHED.forEach((prototype, index) => {
    if (fingerprint(prototype) !== asLoaded[index])
      verdict.others.push(`a prototype was changed: ${fingerprint(prototype)}`);
  });
  return verdict;
}

/** What the program does with a pack once it is chosen. */
function use({ packs }: Library): void {
  for (const { pack } of packs.values()) {
    for (const form of pack.forms) candidateItems(freezeForm(pack, form.id));
    drawForm(pack, 'seed', new Map());
  }
}

function judge(library: Library, base: string, folder: string, expected: Expected, verdict: Verdict): void {
  const neighbour = library.packs.get(NEIGHBOUR_ID);
  if (neighbour?.folder !== join(base, 'own', 'neighbour') || faultsOfPack(neighbour.pack, neighbour.folder).length > 0)
    verdict.others.push('the sound pack beside it was not loaded');
  const loaded = [...library.packs.values()].find((pack) => pack.folder === folder);
  const listed = library.problems.filter(({ pack }) => pack === folder);
  verdict.loaded = loaded !== undefined;
  if (!isPack(folder)) {
    if (loaded || listed.length > 0) verdict.half.push('what is no pack was taken for one');
    return;
  }
  if ((loaded ? 1 : 0) + listed.length !== 1)
    verdict.half.push(`loaded: ${loaded !== undefined}, listed: ${listed.length} times`);
  if (loaded) {
    verdict.half.push(...faultsOfPack(loaded.pack, folder));
    if (expected.verdict === 'refused') verdict.half.push('loaded, though it is spoilt');
  }
  for (const { problems } of listed) {
    const { unnamed, long } = faultsOfProblems(problems, expected.place);
    verdict.unnamed.push(...unnamed);
    verdict.long += long;
    if (expected.verdict === 'loaded')
      verdict.half.push(`refused, though it is sound: ${JSON.stringify(problems).slice(0, 300)}`);
  }
}

function heavyDraft(number: number): { draft: Draft; harms: string[]; expected: Expected } {
  const name = HEAVY[number % HEAVY.length]!;
  // Always the small pack.
  const draft = soundDraft(() => 0);
  const place = WEIGHTS[name]!(draft);
  return { draft, harms: [name], expected: place ? { verdict: 'refused', place } : EITHER };
}

/** One harm in half of the packs, so that its place must be named; in the others up to four, in each other's way. */
function spoiltDraft(random: () => number): { draft: Draft; harms: string[]; expected: Expected } {
  const draft = soundDraft(random);
  const count = random() < 0.5 ? 1 : between(2, 4, random);
  const harms: string[] = [];
  let expected = EITHER;
  while (harms.length < count) {
    const name = pick(Object.keys(HARMS), random);
    const came = HARMS[name]!(draft, random);
    if (!came && harms.length === 0) continue;
    harms.push(name);
    expected = came ?? EITHER;
  }
  return { draft, harms, expected: count === 1 ? expected : EITHER };
}

/** What a prototype holds, in words. */
function fingerprint(prototype: object): string {
  return `${Object.getPrototypeOf(prototype) === null} ${Reflect.ownKeys(prototype).map(String).join(' ')}`;
}
