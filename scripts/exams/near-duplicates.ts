/** Stems that say nearly the same, wherever they stand. */
import type { Item } from '../../main/exam/pack.ts';

/** Share of word triples two stems may have in common. */
const NEAR_DUPLICATE = 0.5;

export interface NearDuplicate {
  item: Item;
  /** The id of the one that stands before it. */
  of: string;
  /** Of the triples of the shorter one, 0 to 1. */
  share: number;
}

/** Compares all items with each other, those of scenarios left out: they ask alike of different records. */
export function nearDuplicates(items: readonly Item[]): NearDuplicate[] {
  const holders = new Map<string, number[]>();
  const sizes: number[] = [];
  return items
    .filter(({ scenario }) => !scenario)
    .flatMap((item, index, compared) => {
      const own = triples([item.stem, ...(item.record?.sections.map(({ text }) => text) ?? [])].join(' '));
      const shared = new Map<number, number>();
      for (const triple of own) {
        const others = holders.get(triple) ?? [];
        for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
        holders.set(triple, [...others, index]);
      }
      sizes.push(own.size);
      return [...shared].flatMap(([other, count]) => {
        const share = count / Math.max(1, Math.min(own.size, sizes[other]!));
        return share > NEAR_DUPLICATE ? [{ item, of: compared[other]!.id, share }] : [];
      });
    });
}

function triples(text: string): Set<string> {
  const words = text.toLowerCase().match(/[a-z0-9.]+/g) ?? [];
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}
