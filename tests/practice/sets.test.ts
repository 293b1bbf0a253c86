/** What the sets hold, against a slow recomputation from the raw journals and from what the test itself answered. */
import { describe, expect, it } from 'vitest';
import { machineDay } from '../../main/local-day.ts';
import { cardAfter, type CardAnswer } from '../../main/study/cards.ts';
import type { PracticeSet } from '../../main/study/sets.ts';
import { failureOf, Hall } from '../support/hall.ts';
import { Dice } from '../torture/dice.ts';
import { answer, itemOf, ITEMS, itemsOf, keyOf, newPractice, next, sit, sitByChance, start } from './support.ts';

const SECONDS = [60, 60, 60, 60, 120, 60];
const AREAS = ['surgery', 'cases', 'cases', 'cases', 'surgery', 'surgery'];
const KINDS = ['wrong', 'slow', 'struck', 'due'] as const;

interface Met {
  at: number;
  wrong: boolean;
  slow: boolean;
  struck: boolean;
}

/** What came of each item of a sitting that was on screen, read off its events one after the other. */
function metIn(hall: Hall, id: string): Map<string, Met> {
  const state = ITEMS.map(() => ({ seen: false, response: [] as string[], struck: new Set<string>(), ms: 0 }));
  let shown = 0;
  let since = 0;
  let agreed = false;
  const events = hall.journal.events(id);
  for (const event of events) {
    if (event.type === 'agreed') {
      agreed = true;
      since = 0;
      shown = 0;
    }
    if (!agreed) continue;
    if (event.type === 'visited' || event.type === 'finished') {
      if (shown > 0) state[shown - 1]!.ms += event.elapsedMs - since;
      since = event.elapsedMs;
    }
    if (event.type === 'visited') {
      shown = event.payload.number;
      state[shown - 1]!.seen = true;
    }
    if (event.type === 'responded') {
      const item = state[event.payload.number - 1]!;
      item.seen = true;
      item.response = [...event.payload.options];
      for (const option of item.response) item.struck.delete(option);
    }
    if (event.type === 'struck') {
      const { number, option, on } = event.payload;
      if (on) state[number - 1]!.struck.add(option);
      else state[number - 1]!.struck.delete(option);
    }
  }
  const { at, elapsedMs } = events.at(-1)!;
  const met = new Map<string, Met>();
  state.forEach(({ seen, response, struck, ms }, index) => {
    const key = keyOf(ITEMS[index]!);
    const fair = (elapsedMs * SECONDS[index]!) / 420;
    if (seen)
      met.set(ITEMS[index]!, {
        at,
        wrong: [...response].sort().join() !== [...key].sort().join(),
        slow: ms > 1.5 * fair,
        struck: key.some((option) => struck.has(option)),
      });
  });
  return met;
}

/** The application beside a plain list of all that ever came of each item. */
class Known {
  readonly hall = new Hall();
  readonly met = new Map<string, Met[]>(ITEMS.map((id) => [id, []]));
  readonly answers = new Map<string, CardAnswer[]>(ITEMS.map((id) => [id, []]));

  sitByChance(dice: Dice): void {
    for (const [id, met] of metIn(this.hall, sitByChance(this.hall, dice))) this.met.get(id)!.push(met);
  }

  practiseByChance(dice: Dice, set: PracticeSet): void {
    if (this.holds(set).length === 0) return;
    let view = start(this.hall, set, dice.pick([5, 10, 20]));
    while (view.state === 'question' && dice.chance(0.85)) {
      const id = itemOf(view);
      const right = dice.chance(0.5);
      const timeMs = dice.whole(0, 250_000);
      const free = ['a', 'b', 'c', 'd'].filter((option) => !(right ? keyOf(id) : ['a', 'b', 'd']).includes(option));
      const struck = dice.chance(0.4) ? [dice.pick(free)] : [];
      const sureness = dice.pick(['guessed', 'fair', 'sure'] as const);
      this.hall.sleep(dice.whole(1, 40_000));
      answer(this.hall, view, right, { timeMs, struck, sureness });
      const { wall } = this.hall;
      this.met.get(id)!.push({
        at: wall,
        wrong: !right,
        slow: timeMs > 1.5 * SECONDS[ITEMS.indexOf(id)]! * 1000,
        struck: keyOf(id).some((option) => struck.includes(option)),
      });
      this.answers.get(id)!.push({ correct: right, sureness, on: machineDay(wall) });
      view = next(this.hall, view);
    }
    this.hall.application.practices.end({ practiceId: view.practiceId });
  }

  due(id: string): string | null {
    return cardAfter(this.answers.get(id)!)?.due ?? null;
  }

  holds(set: PracticeSet): string[] {
    return ITEMS.filter((id, index) => {
      const last = this.met.get(id)!.at(-1);
      if (set.kind === 'due') return this.due(id) !== null && this.due(id)! <= machineDay(this.hall.wall);
      if (!last) return false;
      return set.kind === 'area' ? AREAS[index] === set.area : last[set.kind];
    });
  }
}

const EVERY_SET: PracticeSet[] = [
  ...KINDS.map((kind) => ({ kind })),
  { kind: 'area', area: 'surgery' },
  { kind: 'area', area: 'cases' },
];

describe('the sets', () => {
  it.each(Array.from({ length: 12 }, (_, index) => `sets-${index}`))(
    'hold what a walk through everything that ever happened gives (%s)',
    (seed) => {
      const dice = new Dice(seed);
      const known = new Known();
      for (let step = 0; step < 6; step++) {
        known.hall.sleep(dice.whole(60, 400_000));
        if (step === 0 || dice.chance(0.5)) known.sitByChance(dice);
        else known.practiseByChance(dice, dice.pick(EVERY_SET));
        const [exam] = known.hall.application.practices.offer().exams;
        for (const kind of KINDS) expect([kind, exam!.counts[kind]]).toEqual([kind, known.holds({ kind }).length]);
        for (const area of ['surgery', 'cases']) {
          const held = known.holds({ kind: 'area', area });
          const wrong = held.filter((id) => known.holds({ kind: 'wrong' }).includes(id)).length;
          const told = exam!.areas.find(({ id }) => id === area);
          expect(told ?? { met: 0, wrong: 0 }).toMatchObject({ met: held.length, wrong });
        }
        const dues = ITEMS.map((id) => known.due(id));
        for (const { on, count } of exam!.ahead) expect(count).toBe(dues.filter((due) => due === on).length);
      }
      for (const set of EVERY_SET) {
        const held = known.holds(set);
        if (held.length === 0) {
          expect(failureOf(() => start(known.hall, set))).toMatchObject({ code: 'refused' });
          continue;
        }
        const few = start(known.hall, set, 5).practiceId;
        expect(itemsOf(known.hall, few)).toHaveLength(Math.min(5, held.length));
        const all = itemsOf(known.hall, start(known.hall, set, 20).practiceId);
        expect([...all].sort()).toEqual([...held].sort());
        // Items of the one scenario stand together.
        const places = ['three', 'four'].map((id) => all.indexOf(id));
        if (!places.includes(-1)) expect(Math.abs(places[0]! - places[1]!)).toBe(1);
      }
    },
  );

  it('begin with what was missed last, shuffled within a day by the practice itself', () => {
    const hall = new Hall();
    sit(hall, 1, 5, 6);
    hall.sleep(3 * 86_400);
    sit(hall, 2, 3, 4);
    const order = (requestId: string) => itemsOf(hall, start(hall, { kind: 'wrong' }, 20, requestId).practiceId);
    const orders = Array.from({ length: 12 }, (_, index) => order(`shuffle-${index}`));
    for (const items of orders) expect([...items].sort()).toEqual(['five', 'one', 'six']);
    expect(new Set(orders.map(String)).size).toBeGreaterThan(2);
    expect(order('shuffle-3')).toEqual(orders[3]);
    // Now the first day's misses are missed no more, and wrong again three days later.
    hall.sleep(3 * 86_400);
    sit(hall, 1, 2, 5, 6);
    hall.sleep(86_400);
    let view = start(hall, { kind: 'area', area: 'surgery' });
    while (view.state === 'question') {
      answer(hall, view, itemOf(view) !== 'six');
      view = next(hall, view);
    }
    expect(itemsOf(hall, start(hall, { kind: 'wrong' }).practiceId)[0]).toBe('six');
    expect(itemsOf(hall, start(hall, { kind: 'area', area: 'surgery' }).practiceId)[0]).toBe('six');
  });

  it('go by the sitting that ended last, though another began after it', () => {
    const hall = new Hall();
    const first = hall.exam();
    hall.act(first, { type: 'visit', number: 1 });
    hall.pass(5);
    sit(hall, 1, 2, 3, 4, 5, 6);
    hall.sittings.openSitting({ sittingId: first });
    hall.pass(5);
    hall.act(first, { type: 'respond', number: 1, options: ['b'] });
    hall.act(first, { type: 'end' });
    expect(itemsOf(hall, start(hall, { kind: 'wrong' }).practiceId)).toEqual(['one']);
  });

  it('call a practised question slow beyond one and a half times its expected time', () => {
    const hall = new Hall();
    sit(hall, 2, 3, 4, 5, 6);
    const slow = () => hall.application.practices.offer().exams[0]!.counts.slow;
    const before = slow();
    answer(hall, start(hall, { kind: 'wrong' }), false, { timeMs: 90_001 });
    expect(slow()).toBe(before + 1);
    answer(hall, start(hall, { kind: 'wrong' }), false, { timeMs: 90_000 });
    expect(slow()).toBe(before);
  });

  it('leave out what never came on screen: it says nothing of what the candidate knows', () => {
    const hall = new Hall();
    sit(hall, 1, 2, 3, 4, 5, 6);
    const id = hall.exam();
    hall.act(id, { type: 'visit', number: 1 });
    hall.act(id, { type: 'end' });
    expect(hall.application.practices.offer().exams[0]!.counts.wrong).toBe(1);
    expect(itemsOf(hall, start(hall, { kind: 'wrong' }).practiceId)).toEqual(['one']);
  });

  it('leave out what has left its pack, and show the packs apart', () => {
    const hall = new Hall();
    sit(hall);
    hall.changePack((parts) => {
      parts.forms[0]!.items = parts.forms[0]!.items.filter((id) => id !== 'two');
      parts.items = parts.items.filter(({ id }) => id !== 'two');
    });
    hall.crash();
    expect(hall.application.practices.offer().exams[0]).toMatchObject({ met: 5, counts: { wrong: 5 } });
    expect(itemsOf(hall, start(hall, { kind: 'wrong' }).practiceId)).not.toContain('two');
  });

  it('count nothing of a deleted sitting', () => {
    const hall = new Hall();
    const id = sit(hall);
    hall.application.history.delete({ sittingId: id });
    expect(hall.application.practices.offer().exams[0]).toMatchObject({ met: 0, areas: [] });
    hall.application.history.restore({ sittingId: id });
    expect(hall.application.practices.offer().exams[0]).toMatchObject({ met: 6 });
  });
});

it('a practice of an unknown pack or area, or of an empty set, is refused and says so', () => {
  const hall = new Hall();
  const { practices } = hall.application;
  const ask = (packId: string, set: PracticeSet) =>
    failureOf(() => practices.start({ requestId: newPractice(), packId, set, size: 5 }));
  expect(ask('nothing', { kind: 'wrong' })).toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('packId') as never,
  });
  expect(ask('small', { kind: 'area', area: 'x' })).toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('set.area') as never,
  });
  expect(ask('small', { kind: 'wrong' })).toMatchObject({ code: 'refused' });
  expect(practices.offer()).toMatchObject({ unfinished: null, past: [] });
});
