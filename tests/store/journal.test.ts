import { describe, expect, it } from 'vitest';
import type { SittingFact } from '../../main/exam/events.ts';
import { createHistory } from '../../main/store/history.ts';
import { createJournal, hashEdition } from '../../main/store/journal.ts';
import {
  eventAt,
  FINISHED,
  journalWithSitting,
  openForTest,
  RESULT,
  STARTED,
  startIn,
  storeErrorOf,
} from '../support/database.ts';
import { edition } from '../support/pack.ts';

const AGREED: SittingFact = { type: 'agreed', payload: {} };
const VISITED: SittingFact = { type: 'visited', payload: { number: 1 } };
const count = (db: ReturnType<typeof openForTest>, table: string) =>
  (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

describe('the journal', () => {
  it('gives back what was appended, after the file was closed too', () => {
    const { file, db, journal } = journalWithSitting();
    const noted: SittingFact = { type: 'noted', payload: { number: 2, text: 'ünï "quoted" 🙂 \n' } };
    journal.append('s1', eventAt(2, AGREED), 'request-1');
    journal.append('s1', eventAt(3, noted), null);
    const written = [eventAt(1, STARTED), eventAt(2, AGREED), eventAt(3, noted)];
    expect(journal.events('s1')).toEqual(written);
    db.close();
    expect(createJournal(openForTest(file)).events('s1')).toEqual(written);
  });

  it('is append-only: no event can be changed or deleted', () => {
    const { db, journal } = journalWithSitting();
    const before = journal.events('s1');
    expect(() => db.exec(`UPDATE sitting_event SET payload = '{}'`)).toThrow('append-only');
    expect(() => db.exec(`UPDATE sitting_event SET elapsed_ms = 0 WHERE seq = 1`)).toThrow('append-only');
    expect(() => db.exec('DELETE FROM sitting_event')).toThrow('append-only');
    expect(() => db.exec(`INSERT OR REPLACE INTO sitting_event VALUES (1, 1, NULL, 0, 0, 'started', '{}')`)).toThrow();
    expect(journal.events('s1')).toEqual(before);
  });

  it.each([0, 1, 3, 7])('takes only the next place: after 1 not %d, which a sound record never asks for', (seq) => {
    const { journal } = journalWithSitting();
    expect(storeErrorOf(() => journal.append('s1', eventAt(seq, AGREED), null))).toBe('damaged');
    expect(journal.events('s1')).toHaveLength(1);
    journal.append('s1', eventAt(2, AGREED), null);
    expect(journal.events('s1').map((event) => event.seq)).toEqual([1, 2]);
  });

  it('takes a request id once, in whatever sitting, and tells where it was', () => {
    const { journal } = journalWithSitting();
    startIn(journal, 's2');
    journal.append('s1', eventAt(2, AGREED), 'request-1');
    expect(storeErrorOf(() => journal.append('s1', eventAt(3, VISITED), 'request-1'))).toBe('damaged');
    expect(storeErrorOf(() => journal.append('s2', eventAt(2, AGREED), 'request-1'))).toBe('damaged');
    expect(journal.seenRequest('request-1')).toEqual({ sittingId: 's1', seq: 2 });
    expect(journal.seenRequest('request-2')).toBeNull();
    expect([journal.events('s1').length, journal.events('s2').length]).toEqual([2, 1]);
  });

  it('takes any number of events without a request id', () => {
    const { journal } = journalWithSitting();
    journal.append('s1', eventAt(2, AGREED), null);
    journal.append('s1', eventAt(3, VISITED), null);
    expect(journal.events('s1')).toHaveLength(3);
  });

  it('refuses a sitting it has not, and one twice', () => {
    const { journal } = journalWithSitting();
    expect(() => journal.append('nobody', eventAt(1, STARTED), null)).toThrow(RangeError);
    expect(() => startIn(journal, 's1')).toThrow();
    expect(journal.events('s1')).toHaveLength(1);
    expect(journal.sitting('nobody')).toBeNull();
  });
});

describe('a full disk', () => {
  it('is an error that says so; what was acknowledged stays, what was not is not there', () => {
    const { db, journal } = journalWithSitting();
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true }) as number}`);
    const big: SittingFact = { type: 'noted', payload: { number: 1, text: 'x'.repeat(4000) } };
    let acknowledged = 1;
    const fill = () => {
      for (let seq = 2; seq < 100; seq++) {
        journal.append('s1', eventAt(seq, big), `request-${seq}`);
        acknowledged = seq;
      }
    };
    expect(storeErrorOf(fill)).toBe('not-saved');
    expect(journal.events('s1')).toHaveLength(acknowledged);
    expect(journal.seenRequest(`request-${acknowledged + 1}`)).toBeNull();
    db.pragma('max_page_count = 1000000');
    journal.append('s1', eventAt(acknowledged + 1, big), `request-${acknowledged + 1}`);
    expect(journal.events('s1')).toHaveLength(acknowledged + 1);
  });
});

describe('the start', () => {
  it('is one transaction: a failure in the middle leaves no sitting and no edition', () => {
    const { db, journal } = journalWithSitting();
    const other = edition((parts) => (parts.info.exam.name = 'Another'));
    db.exec(`CREATE TEMP TRIGGER fail BEFORE INSERT ON sitting_event BEGIN SELECT RAISE (ABORT, 'no'); END`);
    expect(storeErrorOf(() => startIn(journal, 's2', other))).toBe('damaged');
    expect([count(db, 'sitting'), count(db, 'form_edition')]).toEqual([1, 1]);
    db.exec('DROP TRIGGER fail');
    startIn(journal, 's2', other);
    expect(journal.events('s2')).toHaveLength(1);
  });

  it('stores an edition once, however often it is sat', () => {
    const { db, journal } = journalWithSitting();
    startIn(journal, 's2');
    startIn(
      journal,
      's3',
      edition((parts) => (parts.items[0]!.stem = 'Another stem?')),
    );
    expect(count(db, 'form_edition')).toBe(2);
    expect(journal.edition(journal.sitting('s2')!.editionHash)).toEqual(edition());
    expect(hashEdition(edition())).toBe(journal.sitting('s1')!.editionHash);
  });
});

describe('the end', () => {
  const finish = (journal: ReturnType<typeof createJournal>) =>
    journal.finish('s1', eventAt(2, FINISHED), 'request-1', RESULT);

  it('is one transaction: a failure in the middle leaves neither event nor result, and it can be tried again', () => {
    const { db, journal } = journalWithSitting();
    journal.beat('s1', { seq: 1, elapsedMs: 5, at: 6, leftHall: false });
    for (const step of ['INSERT ON result', 'DELETE ON heartbeat']) {
      db.exec(`CREATE TEMP TRIGGER fail BEFORE ${step} BEGIN SELECT RAISE (ABORT, 'no'); END`);
      expect(() => finish(journal)).toThrow('no');
      expect([count(db, 'sitting_event'), count(db, 'result'), count(db, 'heartbeat')]).toEqual([1, 0, 1]);
      db.exec('DROP TRIGGER fail');
    }
    finish(journal);
    expect([count(db, 'sitting_event'), count(db, 'result'), count(db, 'heartbeat')]).toEqual([2, 1, 0]);
    expect(journal.isSealed('s1')).toBe(true);
  });

  it('comes once', () => {
    const { db, journal } = journalWithSitting();
    finish(journal);
    expect(() => journal.finish('s1', eventAt(3, FINISHED), null, RESULT)).toThrow();
    expect([count(db, 'sitting_event'), count(db, 'result')]).toEqual([2, 1]);
  });

  it('takes the sitting off the unfinished ones and onto the history', () => {
    const { db, journal } = journalWithSitting();
    startIn(journal, 's2');
    finish(journal);
    expect(journal.unfinished()).toEqual(['s2']);
    expect(createHistory(db).newest(10)).toEqual([
      {
        sittingId: 's1',
        packId: 'small',
        formId: 'a',
        startedAt: 1_001_000,
        timeFactor: 1,
        finishedAt: 1_009_000,
        cause: 'candidate',
        elapsedMs: 9000,
        points: 3,
        scored: 5,
        examCode: 'SML',
        formTitle: 'Form A',
        linePercent: 70,
      },
    ]);
  });
});

describe('the heartbeat', () => {
  it('is one row that holds the latest', () => {
    const { db, journal } = journalWithSitting();
    expect(journal.heartbeat('s1')).toBeNull();
    journal.beat('s1', { seq: 1, elapsedMs: 5000, at: 10, leftHall: false });
    journal.beat('s1', { seq: 2, elapsedMs: 9000, at: 20, leftHall: true });
    expect(journal.heartbeat('s1')).toEqual({ seq: 2, elapsedMs: 9000, at: 20, leftHall: true });
    expect(count(db, 'heartbeat')).toBe(1);
  });
});

it('lists the newest finished sittings first, no more than asked for', () => {
  const { db, journal } = journalWithSitting();
  for (let n = 2; n <= 4; n++) startIn(journal, `s${n}`);
  for (const [index, id] of ['s3', 's1', 's4', 's2'].entries())
    journal.finish(id, eventAt(2, FINISHED), null, { ...RESULT, finishedAt: 2_000_000 + index });
  expect(
    createHistory(db)
      .newest(3)
      .map((row) => row.sittingId),
  ).toEqual(['s2', 's4', 's1']);
});
