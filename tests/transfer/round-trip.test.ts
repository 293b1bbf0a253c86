import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ATTENTION_KINDS } from '../../main/exam/events.ts';
import type { ResultRow } from '../../main/insight/results-file.ts';
import { checkDatabase } from '../../main/store/check.ts';
import { EVERYTHING } from '../support/everything.ts';
import { forged, rowCounts, sitAtRandom, type OpenFile } from '../support/histories.ts';
import { failureOf, Hall } from '../support/hall.ts';
import { createHistory } from '../../main/store/history.ts';
import { createTransferStore } from '../../main/store/transfer.ts';
import { createTransfer } from '../../main/services/transfer.ts';
import { TestProgram } from '../support/program.ts';
import { Dice } from '../torture/dice.ts';

/** All that is shown of a history, and how it is sealed. */
function told(hall: Hall) {
  const list = hall.application.history.page(EVERYTHING).entries;
  return {
    list,
    each: list.map(({ sittingId }) => [
      hall.sittings.result({ sittingId }),
      hall.sittings.review({ sittingId }),
      hall.sittings.insight({ sittingId }),
      hall.journal.events(sittingId),
    ]),
    seals: hall.db.prepare('SELECT id, seal FROM result JOIN sitting ON no = sitting_no ORDER BY id').all(),
    hall: { ...hall.sittings.hall(), pools: [] },
  };
}

function history(seed: string, sittings: number): { hall: Hall; text: string } {
  const hall = new Hall();
  const dice = new Dice(seed);
  for (let n = 0; n < sittings; n++) sitAtRandom(hall, dice);
  return { hall, text: exported(hall) };
}

const exported = (hall: Hall) => hall.application.transfer.export({ format: 'json', events: true }).text;

function allSteps(hall: Hall) {
  const steps = checkDatabase(hall.db, hall.journal);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

describe('a history that is exported and imported', () => {
  it('tells the same in every list and report, with the same seals, and is sound', () => {
    const { hall, text } = history('round trip', 30);
    const causes = new Set(hall.application.history.page(EVERYTHING).entries.map(({ cause }) => cause));
    expect(causes).toEqual(new Set(['candidate', 'time', 'declined', 'agreement-time']));
    expect(text).toContain('interrupted');

    const other = new Hall();
    other.wall = hall.wall;
    expect(other.application.transfer.import({ text })).toEqual({ added: 30, known: 0, deleted: 0 });
    expect(told(other)).toEqual(told(hall));
    expect(allSteps(other)).toEqual([]);
    expect(exported(other)).toBe(text);
    expect(other.db.prepare('SELECT DISTINCT imported_at FROM sitting').pluck().all()).toEqual([hall.wall]);

    expect(other.application.outcomes.catchUp(100)).toBe(true);
    hall.application.outcomes.catchUp(100);
    const totals = 'SELECT * FROM area_total WHERE sittings > 0 ORDER BY exam_code, outline, area';
    expect(other.db.prepare(totals).all()).toEqual(hall.db.prepare(totals).all());
  });

  it('keeps a sitting with everything that can draw the attention in it', () => {
    const hall = new Hall();
    const id = hall.exam();
    for (const kind of ATTENTION_KINDS) hall.act(id, { type: 'attend', kind });
    hall.act(id, { type: 'end' });
    const file = hall.application.transfer.export({ format: 'json', events: true });
    expect(file).toMatchObject({ sittings: 1, damaged: 0 });
    const other = new Hall();
    expect(other.application.transfer.import({ text: file.text })).toMatchObject({ added: 1 });
    expect(other.sittings.result({ sittingId: id }).proctorLog).toHaveLength(6);
  });

  it('holds each form once, and every event as it is stored', () => {
    const { hall, text } = history('as stored', 4);
    const { editions, sittings } = JSON.parse(text) as OpenFile;
    expect(editions).toHaveLength(1);
    const rows = hall.db
      .prepare(
        `SELECT seq, request_id AS requestId, elapsed_ms AS elapsedMs, at, type, payload FROM sitting_event
         ORDER BY sitting_no, seq`,
      )
      .all();
    expect(sittings.flatMap(({ events }) => events)).toEqual(rows);
  });

  it('is known when it comes again, here or there, and adds what is new', () => {
    const { hall, text } = history('again', 3);
    const before = rowCounts(hall.db);
    expect(hall.application.transfer.import({ text })).toEqual({ added: 0, known: 3, deleted: 0 });
    expect(rowCounts(hall.db)).toEqual(before);

    const other = new Hall();
    const [first] = hall.application.history.page(EVERYTHING).entries;
    const part = hall.application.transfer.export({ format: 'json', events: true, sittingIds: [first!.sittingId] });
    expect(part.sittings).toBe(1);
    expect(other.application.transfer.import({ text: part.text })).toEqual({ added: 1, known: 0, deleted: 0 });
    expect(other.application.transfer.import({ text })).toEqual({ added: 2, known: 1, deleted: 0 });
    expect(told(other).each).toEqual(told(hall).each);
  });

  it('takes the miss marks with it', () => {
    const { hall } = history('marks', 1);
    hall.db
      .prepare('INSERT INTO miss_mark (sitting_no, number, tags, note, at) VALUES (1, 2, ?, ?, ?)')
      .run('["misread","look-up"]', 'Note „with“ =everything', 5);
    const other = new Hall();
    other.application.transfer.import({ text: exported(hall) });
    expect(other.db.prepare('SELECT * FROM miss_mark').all()).toEqual(hall.db.prepare('SELECT * FROM miss_mark').all());
  });

  it('leaves a tag behind that no screen knows, and can still be imported', () => {
    const { hall } = history('old tag', 1);
    hall.db.exec(`INSERT INTO miss_mark VALUES (1, 2, '["code-book","misread"]', 'mine', 5)`);
    const other = new Hall();
    expect(other.application.transfer.import({ text: exported(hall) }).added).toBe(1);
    expect(other.db.prepare('SELECT tags, note FROM miss_mark').all()).toEqual([{ tags: '["misread"]', note: 'mine' }]);
  });

  it('comes beside sittings that go on meanwhile', () => {
    const { text } = history('others', 2);
    const other = new Hall();
    // The ids of the tests count from one in every hall; those of the program never meet.
    const strangers = text.replaceAll('"sitting-', '"other-').replaceAll('"request-', '"other-');
    const open = other.exam();
    expect(other.application.transfer.import({ text: forged(strangers, () => {}) }).added).toBe(2);
    other.act(open, { type: 'visit', number: 2 });
    expect(other.types(open).at(-1)).toBe('visited');
    expect(other.sittings.hall().unfinished).toHaveLength(1);
    expect(allSteps(other)).toEqual([]);
  });

  it('leaves out what is unfinished or deleted, and of a deleted one says that it is known', () => {
    const { hall, text } = history('deleted', 2);
    hall.start();
    hall.db.prepare('INSERT INTO deleted_sitting (sitting_no, at) VALUES (1, 1)').run();
    expect(JSON.parse(exported(hall))).toMatchObject({ sittings: [{ id: 'sitting-2' }] });
    expect(hall.application.transfer.import({ text })).toEqual({ added: 0, known: 2, deleted: 1 });
    expect(
      failureOf(() => hall.application.transfer.export({ format: 'json', events: true, sittingIds: ['sitting-1'] }))
        .message,
    ).toBe('There is no finished sitting sitting-1.');
  });

  it('leaves out a sitting whose record is damaged, and says so', () => {
    const { hall } = history('damaged', 3);
    hall.db.exec('DROP TRIGGER sitting_event_no_update');
    hall.db.prepare('UPDATE sitting_event SET at = at + 1 WHERE sitting_no = 2 AND seq = 2').run();
    const file = hall.application.transfer.export({ format: 'json', events: true });
    expect([file.sittings, file.damaged]).toEqual([2, 1]);
    expect(new Hall().application.transfer.import({ text: file.text }).added).toBe(2);
  });

  it('comes in parts where one file would be too long, and is put together from them', () => {
    const { hall } = history('parts', 9);
    const { journal, db, application } = hall;
    const transfer = createTransfer({
      journal,
      history: createHistory(db),
      outcomes: application.outcomes,
      store: createTransferStore(db),
      wallMs: () => hall.wall,
      localDay: () => '2026-11-22',
      maxCharacters: 18_000,
    });
    const other = new Hall();
    let names: string[] = [];
    for (let from: number | null = 0; from !== null;) {
      const part = transfer.export({ format: 'json', events: true, from });
      expect(part.text.length).toBeLessThan(18_000);
      expect(other.application.transfer.import({ text: part.text })).toMatchObject({ added: part.sittings, known: 0 });
      names = [...names, part.name];
      from = part.next;
    }
    expect(names.length).toBeGreaterThan(2);
    expect(names[0]).toMatch(/^codehall-history-2026-11-22-1-to-\d\.json$/);
    expect(names.at(-1)).toMatch(/-to-9\.json$/);
    expect(told(other).each).toEqual(told(hall).each);
    expect(failureOf(() => transfer.export({ format: 'json', events: true, from: 9 })).code).toBe('not-found');
  });

  it("is named after the candidate's own day, not that of UTC", () => {
    vi.stubEnv('TZ', 'America/New_York');
    const { hall } = history('evening', 1);
    hall.wall = Date.parse('2026-11-23T01:30:00Z');
    const name = (events: boolean) => hall.application.transfer.export({ format: 'csv', events }).name;
    expect([name(false), name(true)]).toEqual(['codehall-results-2026-11-22.csv', 'codehall-history-2026-11-22.json']);
  });

  it('is named after the day of the wall clock; without a sitting there is none', () => {
    vi.stubEnv('TZ', 'UTC');
    const { hall } = history('named', 1);
    hall.wall = Date.UTC(2027, 0, 5, 23, 59);
    const name = (format: 'csv' | 'json', events: boolean) => hall.application.transfer.export({ format, events }).name;
    expect([name('csv', false), name('json', false), name('json', true)]).toEqual([
      'codehall-results-2027-01-05.csv',
      'codehall-results-2027-01-05.json',
      'codehall-history-2027-01-05.json',
    ]);
    expect(failureOf(() => new Hall().application.transfer.export({ format: 'csv', events: false })).code).toBe(
      'refused',
    );
  });
});

it('results tell what the history shows, with the points of each area', () => {
  const { hall } = history('results', 12);
  const { text, name } = hall.application.transfer.export({ format: 'json', events: false });
  const { sittings } = JSON.parse(text) as { sittings: ResultRow[] };
  const list = hall.application.history.page(EVERYTHING).entries;
  expect(sittings.map(({ sittingId }) => sittingId)).toEqual(list.map(({ sittingId }) => sittingId));
  for (const [index, { areas, ...row }] of sittings.entries()) {
    expect(row).toMatchObject(list[index]!);
    const { score } = hall.sittings.result({ sittingId: row.sittingId });
    const inReport = (['current', 'classic'] as const).flatMap((outline) =>
      (score?.areas[outline] ?? []).map(({ id, title, points, items: scored }) => ({
        outline,
        id,
        title,
        points,
        scored,
      })),
    );
    expect(areas).toEqual(inReport);
  }
  const csv = hall.application.transfer.export({ format: 'csv', events: false });
  expect(csv.text.trimEnd().split('\r\n')).toHaveLength(1 + list.length);
  expect([csv.sittings, name.endsWith('.json')]).toEqual([list.length, true]);
});

it('an imported sitting is counted behind the import, without being asked', async () => {
  const from = new TestProgram();
  from.sit(3);
  const { text } = from.value('history.export', { format: 'json', events: true });
  const to = new TestProgram();
  expect(to.value('history.import', { text })).toEqual({ added: 1, known: 0, deleted: 0 });
  await to.lookAfterData();
  expect(to.points()).toEqual([3]);
  expect(to.value('data.show', {})).toMatchObject({ checked: true, damage: [] });
  expect(to.faults).toEqual([]);
});

it('of any commands comes through', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { hall, text } = history(String(seed), 1);
      const other = new Hall();
      other.application.transfer.import({ text });
      expect(told(other).each).toEqual(told(hall).each);
    }),
    { numRuns: 15 },
  );
});
