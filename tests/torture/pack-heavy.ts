/** Packs made to take all the time or memory there is, each from the small one. */
import { item } from '../support/pack.ts';
import { Raw, type Draft } from './pack-draft.ts';
import { sparse } from './pack-harm-files.ts';
import type { Holder, Place } from './pack-nodes.ts';

/** As much as fits under the cap of 8 MB, in bytes. */
const FULL = 8 * 1024 * 1024 - 4096;

/** Items of a file as the format allows, and files of such. */
const PER_FILE = 1000;
const FILES = 100;

/** What weighs a pack down. @returns the place a problem must name, `null` where the pack may be taken. */
type Weight = (draft: Draft) => Place | null;

const ITEMS = 'items/all.json';
const HEAVY_ITEMS = 'items/heavy.json';

/** Each is tried a fixed number of times, since one takes as long as hundreds of the others. */
export const WEIGHTS: Readonly<Record<string, Weight>> = {
  '100,000 empty items in one file': (draft) => repeated(draft, '{}', 100_000),
  'a file full of zeros for items': (draft) => repeated(draft, '0', FULL / 2),
  'a file full of lists for items': (draft) => repeated(draft, '[]', FULL / 3),
  '100,000 sound items in 100 files': (draft) => {
    const one = JSON.stringify(item('NAME'));
    for (let file = 0; file < FILES; file++) {
      const items = Array.from({ length: PER_FILE }, (_, index) => one.replaceAll('NAME', `heavy-${file}-${index}`));
      draft.files.set(`items/heavy-${file}.json`, Buffer.from(`[${items.join(',')}]`));
    }
    return null;
  },
  '390 files of the largest size': (draft) => {
    draft.deeds.push((folder) => {
      for (let file = 0; file < 390; file++) sparse(`${folder}/items/heavy-${file}.json`, 8 * 1024 * 1024);
    });
    // Where they are refused as a whole, the folder is named.
    return null;
  },
  'a file of 200 MB': (draft) => {
    draft.deeds.push((folder) => sparse(`${folder}/${HEAVY_ITEMS}`, 200 * 1024 * 1024));
    return { file: HEAVY_ITEMS };
  },
  'an item with a million options': (draft) => spoil(draft, 'options', new Raw(`[${'0,'.repeat(1_000_000)}0]`)),
  'an item with 400,000 explanations': (draft) =>
    spoil(draft, 'rationale', new Raw(`{${Array.from({ length: 400_000 }, (_, n) => `"x${n}":"x"`).join(',')}}`)),
  'an item with 400,000 unknown fields': (draft) => {
    draft.files.set(HEAVY_ITEMS, new Raw(`[{${Array.from({ length: 400_000 }, (_, n) => `"x${n}":"x"`).join(',')}}]`));
    return { file: HEAVY_ITEMS, item: 'number 1' };
  },
  'a text of 8 MB': (draft) => spoil(draft, 'stem', 'x'.repeat(FULL)),
  'a text of 8 MB where one word is wanted': (draft) => spoil(draft, 'cognitive', 'x'.repeat(FULL)),
  'a name of 8 MB for a field': (draft) => {
    (draft.files.get('pack.json') as Holder)['x'.repeat(FULL)] = 1;
    return { file: 'pack.json' };
  },
  'an id of 8 MB': (draft) => spoil(draft, 'area', 'a'.repeat(FULL)),
  'a file full of brackets': (draft) => whole(draft, '['.repeat(FULL)),
  'a file full of closing brackets': (draft) => whole(draft, `${']'.repeat(FULL / 2)}${'['.repeat(FULL / 2)}`),
  'a file full of backslashes': (draft) => whole(draft, `["${'\\'.repeat(FULL)}"]`),
  'a file full of blanks': (draft) => whole(draft, ' '.repeat(FULL)),
};

function whole(draft: Draft, text: string): Place {
  draft.files.set(HEAVY_ITEMS, new Raw(text));
  return { file: HEAVY_ITEMS };
}

function repeated(draft: Draft, element: string, count: number): Place {
  return whole(draft, `[${`${element},`.repeat(Math.floor(count) - 1)}${element}]`);
}

function spoil(draft: Draft, field: string, value: unknown): Place {
  const first = (draft.files.get(ITEMS) as Holder[])[0]!;
  first[field] = value;
  return { file: ITEMS, item: 'one', field };
}
