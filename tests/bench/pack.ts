/** A form of 100 items made for the bench: the lengths of real ones, filler for text, the same in every run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Blueprint, FormSpec, Item, PackInfo } from '../../main/exam/pack.ts';

export const ITEMS = 100;
export const PACK_ID = 'bench';
export const FORM_ID = 'bench-a';

/** Every tenth item is a case: a short stem beside a record of 350 words. */
const CASE_EVERY = 10;
const RECORD_WORDS = 350;
const SECTIONS = ['History', 'Anesthesia', 'Findings', 'Procedure', 'Plan'];

const WORDS =
  `the patient presents with pain in left knee after fall during sport examination shows swelling and limited motion
  under general anesthesia an incision was made along medial border capsule opened loose body removed wound irrigated
  closed layers sterile dressing applied specimen sent pathology report confirms benign lesion measuring centimeters
  margins clear surgeon used fluoroscope to check alignment screws were placed across fracture no complication occurred
  physician documents medical decision making of moderate complexity reviewing two external notes ordering laboratory
  test discussing management another professional time spent is not counted payer wants modifier on right side`.split(
    /\s+/,
  );

/** Park and Miller's generator: the bench must read the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function sentences(words: number, below: (limit: number) => number): string {
  const text: string[] = [];
  for (let left = words; left > 0;) {
    const length = Math.min(left, 8 + below(12));
    const sentence = Array.from({ length }, () => WORDS[below(WORDS.length)]!).join(' ');
    text.push(`${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`);
    left -= length;
  }
  return text.join(' ');
}

/** The items, 100 of them. */
export function benchItems(): Item[] {
  return Array.from({ length: ITEMS }, (_, index): Item => {
    const number = index + 1;
    const below = generator(number);
    const isCase = number % CASE_EVERY === 0;
    const code = () => String(10_000 + below(59_999));
    const options = ['a', 'b', 'c', 'd'].map((id) => ({
      id,
      text: number % 2 === 0 ? `${code()}, ${code()}-59` : sentences(6 + below(6), below),
    }));
    return {
      id: `bench-${number}`,
      area: 'bench',
      classicArea: 'bench',
      type: 'single',
      select: 1,
      topic: 'Bench',
      difficulty: 2,
      cognitive: 'application',
      seconds: 144,
      codeYear: 2026,
      scored: true,
      stem: `${sentences(80 + below(71), below)}\n\nWhich code is correct?`,
      ...(isCase && {
        record: {
          title: 'Operative report',
          sections: SECTIONS.map((heading) => ({ heading, text: sentences(RECORD_WORDS / SECTIONS.length, below) })),
        },
      }),
      options,
      key: ['b'],
      rationale: Object.fromEntries(options.map(({ id }) => [id, sentences(40, below)])),
      references: ['Bench'],
      codes: [],
      modifiers: [],
      verification: { authorityChecked: 'memory', blindSolves: 0, agreedAtFirst: 0, rewritten: false },
    };
  });
}

const INFO: PackInfo = {
  format: 1,
  id: PACK_ID,
  title: 'Bench',
  exam: { code: 'BENCH', name: 'Bench', issuer: 'Bench' },
  codeYear: 2026,
  license: 'MIT',
  about: 'Filler of the length of real items, for measuring.',
};

const AREAS = { title: 'Bench', areas: [{ id: 'bench', title: 'Bench', items: ITEMS }] };

const BLUEPRINT: Blueprint = {
  version: 'Bench',
  scored: ITEMS,
  pretest: 0,
  minutes: 240,
  agreementMinutes: 0,
  line: { percent: 70, published: false },
  noticesAtMinutes: [30, 5],
  sources: ['Bench'],
  outlines: { current: AREAS, classic: AREAS },
};

/** Writes the pack below a folder of packs, as `--exams` takes it. @returns that folder. */
export function writeBenchPack(folder: string): string {
  const pack = join(folder, PACK_ID);
  const items = benchItems();
  const form: FormSpec = { id: FORM_ID, title: 'Form A', items: items.map((item) => item.id) };
  mkdirSync(join(pack, 'items'), { recursive: true });
  mkdirSync(join(pack, 'forms'), { recursive: true });
  writeFileSync(join(pack, 'pack.json'), JSON.stringify(INFO));
  writeFileSync(join(pack, 'blueprint.json'), JSON.stringify(BLUEPRINT));
  writeFileSync(join(pack, 'forms', 'a.json'), JSON.stringify(form));
  writeFileSync(join(pack, 'items', 'all.json'), JSON.stringify(items));
  return folder;
}
