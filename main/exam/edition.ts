/**
 * A form edition: the form exactly as it is sat, frozen at the start of the sitting. A later change of the
 * pack changes neither a running sitting nor an old report.
 */
import {
  PACK_FORMAT,
  type Blueprint,
  type FormSpec,
  type Item,
  type PackInfo,
  type RecordText,
  type Scenario,
} from './pack.ts';
import type { Pack } from './parse-pack.ts';

export interface FormEdition {
  format: typeof PACK_FORMAT;
  pack: Pick<PackInfo, 'id' | 'exam' | 'codeYear'>;
  form: { id: string; title: string };
  blueprint: Blueprint;
  /** In the order of their numbers: item number `n` is `items[n - 1]`. */
  items: Item[];
  scenarios: Scenario[];
}

/**
 * Freezes one form of a pack.
 * @throws RangeError when the pack has no such form: callers look it up first.
 */
export function freezeForm(pack: Pack, formId: string): FormEdition {
  const form = pack.forms.find((candidate) => candidate.id === formId);
  if (!form) throw new RangeError(`pack ${pack.info.id} has no form ${formId}`);
  return freeze(pack, form);
}

/** Freezes a form of the pack's items, printed in it or drawn. */
export function freeze(pack: Pack, form: FormSpec): FormEdition {
  const items = form.items.map((id) => pack.items.get(id)!);
  const used = new Set(items.map((item) => item.scenario));
  const { id, exam, codeYear } = pack.info;
  return {
    format: PACK_FORMAT,
    pack: { id, exam, codeYear },
    form: { id: form.id, title: form.title },
    blueprint: pack.blueprint,
    items,
    scenarios: [...pack.scenarios.values()].filter((scenario) => used.has(scenario.id)),
  };
}

/** The record shown beside an item: its own, or its scenario's. */
export function recordOf(edition: FormEdition, item: Item): RecordText | undefined {
  return item.record ?? edition.scenarios.find((scenario) => scenario.id === item.scenario)?.record;
}

/** Whether an item is a case: one that is answered from a record. */
export function isCase(item: Pick<Item, 'record' | 'scenario'>): boolean {
  return item.record !== undefined || item.scenario !== undefined;
}

/**
 * The texts of a form a candidate can highlight in, by id, with their lengths in UTF-16 units.
 * A scenario's record is one text for all of its items.
 */
export function highlightableTexts(edition: FormEdition): Map<string, number> {
  const texts = new Map<string, number>();
  edition.items.forEach((item, index) => {
    texts.set(stemTextId(index + 1), item.stem.length);
    if (item.record) addSections(texts, recordTextId(index + 1, item), item.record);
  });
  for (const scenario of edition.scenarios) addSections(texts, `scenario:${scenario.id}`, scenario.record);
  return texts;
}

function addSections(texts: Map<string, number>, id: string, record: RecordText): void {
  record.sections.forEach((section, index) => texts.set(`${id}:${index}`, section.text.length));
}

/** Id of a stem's text for highlights. */
export function stemTextId(number: number): string {
  return `stem:${number}`;
}

/** Id of a record's texts for highlights; a section's own id adds `:index`. */
export function recordTextId(number: number, item: Pick<Item, 'scenario'>): string {
  return item.scenario ? `scenario:${item.scenario}` : `record:${number}`;
}
