import { expect, it } from 'vitest';
import { checkDatabase } from '../../main/store/check.ts';
import { Hall } from '../support/hall.ts';
import { addPast, countPast, smallForms } from '../support/past.ts';

it('a past made for tests passes the full check, and is the same each time', () => {
  const pasts = [1, 2].map(() => {
    const hall = new Hall();
    const ids = addPast(hall.db, { editions: smallForms(), sittings: 40, declined: 0.2 });
    countPast(hall.application, hall.db);
    const steps = checkDatabase(hall.db, hall.journal);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value).toEqual([]);
    expect(new Set(hall.db.prepare('SELECT counted FROM result').pluck().all())).toEqual(new Set([1]));
    return { ids, seals: hall.db.prepare('SELECT seal, points FROM result ORDER BY sitting_no').all() };
  });
  expect(pasts[0]).toEqual(pasts[1]);
  const points = (pasts[0]!.seals as { points: number | null }[]).map((row) => row.points);
  expect(points).toContain(null);
  expect(new Set(points).size).toBeGreaterThan(3);
});
