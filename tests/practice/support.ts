/** Sittings and practices of the small pack, by chance or by hand. */
import type { PracticeView } from '../../main/contract.ts';
import type { PracticeSet } from '../../main/study/sets.ts';
import type { Hall } from '../support/hall.ts';
import { KEYS, PACK_ID } from '../support/pack.ts';
import type { Dice } from '../torture/dice.ts';

export const ITEMS = ['one', 'two', 'three', 'four', 'five', 'six'];

/** The key of an item, by its id. */
export const keyOf = (id: string): string[] => [...KEYS[ITEMS.indexOf(id)]!];
/** A complete and wrong answer to an item. */
export const wrongTo = (id: string): string[] => (id === 'five' ? ['b', 'd'] : [id === 'one' ? 'b' : 'a']);

/** A finished sitting with each item on screen, the given numbers answered right and the others wrong. @returns its id. */
export function sit(hall: Hall, ...right: number[]): string {
  const id = hall.exam();
  ITEMS.forEach((item, index) => {
    const number = index + 1;
    hall.act(id, { type: 'visit', number });
    hall.pass(1);
    hall.act(id, { type: 'respond', number, options: right.includes(number) ? keyOf(item) : wrongTo(item) });
  });
  hall.act(id, { type: 'end' });
  return id;
}

/** A finished sitting with choices, strikes and times by chance; not every item comes on screen. @returns its id. */
export function sitByChance(hall: Hall, dice: Dice): string {
  const id = hall.exam();
  const steps = dice.whole(1, 14);
  for (let step = 0; step < steps; step++) {
    const number = dice.whole(1, 6);
    hall.act(id, { type: 'visit', number });
    hall.pass(dice.whole(1, 12));
    const option = dice.pick(['a', 'b', 'c', 'd']);
    if (dice.chance(0.6)) {
      const options = dice.chance(0.5) ? keyOf(ITEMS[number - 1]!) : [option];
      hall.act(id, { type: 'respond', number, options });
    } else if (!hall.sittings.openSitting({ sittingId: id }).states[number - 1]!.response.includes(option))
      hall.act(id, { type: 'strike', number, option, on: dice.chance(0.8) });
  }
  hall.act(id, { type: 'end' });
  return id;
}

let practices = 0;
export const newPractice = () => `practice-${String(++practices).padStart(4, '0')}`;

export function start(hall: Hall, set: PracticeSet, size: 5 | 10 | 20 = 20, requestId = newPractice()): PracticeView {
  return hall.application.practices.start({ requestId, packId: PACK_ID, set, size });
}

type Change = { options?: string[]; struck?: string[]; sureness?: 'guessed' | 'fair' | 'sure'; timeMs?: number };

/** Answers the question a view shows. */
export function answer(hall: Hall, view: PracticeView, right: boolean, change: Change = {}): PracticeView {
  if (view.state !== 'question') throw new Error(`no question is shown but ${view.state}`);
  const id = itemOf(view);
  const options = right ? keyOf(id) : wrongTo(id);
  const { practiceId, position } = view;
  const given = { options, struck: [], sureness: 'fair' as const, timeMs: 20_000, ...change };
  return hall.application.practices.answer({ practiceId, position, ...given });
}

/** The id of the item a view shows, which the view itself does not tell. */
export function itemOf(view: PracticeView): string {
  if (view.state === 'over') throw new Error('no item is shown');
  const stem = view.item.stem;
  const id = ITEMS.find((one) => stem.includes(`Stem of ${one}:`));
  if (!id) throw new Error(`unknown item: ${stem}`);
  return id;
}

/** The next question or the summary. */
export const next = (hall: Hall, { practiceId }: PracticeView): PracticeView =>
  hall.application.practices.show({ practiceId });

/** Ids of the items of a practice, in order. */
export function itemsOf(hall: Hall, practiceId: string): string[] {
  const items = hall.db.prepare<[string], string>('SELECT items FROM practice WHERE id = ?').pluck().get(practiceId)!;
  return JSON.parse(items) as string[];
}
