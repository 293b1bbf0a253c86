/** Blind sheets: what a solver sees of an item, and how an answer on the sheet maps back to the item's options. */
import type { FormEdition } from '../../main/exam/edition.ts';
import { recordOf } from '../../main/exam/edition.ts';
import type { Item } from '../../main/exam/pack.ts';
import { seeded, shuffled } from '../../main/exam/random.ts';

/** An answer as a solver hands it in: letters of the sheet, not of the item. */
export interface SolverAnswer {
  id: string;
  answer: string[];
  reason: string;
  authority: string;
  /** Empty, or why another option could be defended. */
  ambiguity: string;
}

const LETTERS = 'ABCDEF';

/** The item's option ids in the order of the sheet. */
export function sheetOrder(item: Item, seed: string): string[] {
  return shuffled(
    item.options.map((option) => option.id),
    seeded(`${seed}/${item.id}`),
  );
}

/** A sheet as Markdown: items in an order drawn by seed, stems, records and options only. */
export function blindSheet(edition: FormEdition, items: readonly Item[], seed: string): string {
  const drawn = shuffled(items, seeded(seed));
  const parts = drawn.map((item) => {
    const record = recordOf(edition, item);
    const lines = [`## ${item.id}`, ''];
    if (record) {
      lines.push(`### ${record.title}`, '');
      for (const section of record.sections) lines.push(`**${section.heading}.** ${section.text}`, '');
    }
    lines.push(item.stem, '');
    if (item.select > 1) lines.push(`Select ${item.select}.`, '');
    sheetOrder(item, seed).forEach((id, index) =>
      lines.push(`- ${LETTERS[index]}. ${item.options.find((option) => option.id === id)!.text}`),
    );
    return lines.join('\n');
  });
  return `# Blind sheet, ${edition.pack.exam.code} ${edition.pack.codeYear}, seed ${seed}\n\n${parts.join('\n\n')}\n`;
}

/** Puts a sheet's letters back into the item's option ids; unknown letters are kept as they are, and so are wrong. */
export function fromSheet(item: Item, seed: string, letters: readonly string[]): string[] {
  const order = sheetOrder(item, seed);
  return letters.map((letter) => order[LETTERS.indexOf(letter.trim().toUpperCase())] ?? `?${letter}`);
}
