import { expect, it } from 'vitest';
import { createOutcomeStore } from '../../main/store/outcomes.ts';
import { createPracticeStore, type SatItem } from '../../main/store/practice.ts';
import { pastHall } from '../history/past-hall.ts';
import { addPast, countPast, smallForms } from '../support/past.ts';

type Flag = 'correct' | 'slow' | 'keyStruck';
type Row = Omit<SatItem, Flag> & Record<Flag, 0 | 1> & { no: number };

it('what last came of an item is told however many sittings without it came after', () => {
  const [a, b, other] = smallForms() as [never, never, never];
  // The exam that was sat twice at the beginning, and then never again.
  const { hall } = pastHall(2, { editions: [other], prefix: 'first', from: Date.UTC(2020, 0, 1) });
  const lately = { editions: [a, b], sittings: 230, from: Date.UTC(2026, 0, 1), everyMs: 3_600_000 };
  addPast(hall.db, { ...lately, declined: 0.1 });
  countPast(hall.application, hall.db);
  // One of its items is met in the latest sittings no more.
  hall.db.exec('UPDATE item_outcome SET seen = 0 WHERE number = 3 AND sitting_no > 20');

  const rows = hall.db
    .prepare<[], Row>(
      `SELECT item.no, pack_id AS packId, id AS itemId, finished_at AS at, correct, slow, key_struck AS keyStruck
       FROM item_outcome JOIN item ON item.no = item_no JOIN result USING (sitting_no) WHERE seen = 1 ORDER BY finished_at`,
    )
    .all();
  const latest = new Map(
    rows.map(({ no, correct, slow, keyStruck, ...row }) => [
      no,
      { ...row, correct: Boolean(correct), slow: Boolean(slow), keyStruck: Boolean(keyStruck) },
    ]),
  );
  const told = createPracticeStore(hall.db, createOutcomeStore(hall.db)).sat();
  const inOrder = (all: Iterable<SatItem>) =>
    [...all].sort((x, y) => (x.packId + x.itemId < y.packId + y.itemId ? -1 : 1));
  expect(latest.size).toBe(12);
  expect(inOrder(told)).toEqual(inOrder(latest.values()));
});
