/** Practices, their answers, and the day each practised item is due; and what last came of items in sittings. */
import type { Sureness } from '../study/cards.ts';
import { toStoreError } from './errors.ts';
import type { Db } from './open.ts';
import type { OutcomeStore } from './outcomes.ts';

export interface PracticeRow {
  id: string;
  packId: string;
  examCode: string;
  kind: string;
  area: string | null;
  startedAt: number;
  endedAt: number | null;
  /** Item ids in the order they are asked. */
  items: string[];
}

/** What a candidate did with a question of a practice. */
export interface AnswerRow {
  position: number;
  itemId: string;
  at: number;
  options: string[];
  struck: string[];
  sureness: Sureness;
  correct: boolean;
  timeMs: number;
}

/** What last came of an item in a sitting in which it was on screen. */
export interface SatItem {
  packId: string;
  itemId: string;
  /** When the sitting ended. */
  at: number;
  correct: boolean;
  slow: boolean;
  keyStruck: boolean;
}

export interface StoredPast {
  met: number;
  right: number;
  last: { at: number; correct: boolean } | null;
}

/** So many of the latest sittings are gone through before the items still missing are looked up one by one. */
const LATEST = 200;

export type PracticeStore = ReturnType<typeof createPracticeStore>;

type Flags<T, K extends keyof T> = Omit<T, K> & Record<K, 0 | 1>;
type RawPractice = Omit<PracticeRow, 'items'> & { no: number; items: string };
type RawAnswer = Flags<Omit<AnswerRow, 'options' | 'struck' | 'sureness'>, 'correct'> & { response: string };
type RawSat = Flags<SatItem, 'correct' | 'slow' | 'keyStruck'> & { no: number };
type RawPast = { met: number; right: number; at: number | null; correct: 0 | 1 | null };

export function createPracticeStore(db: Db, { itemNo }: Pick<OutcomeStore, 'itemNo'>) {
  const practice = `SELECT no, id, pack_id AS packId, exam_code AS examCode, kind, area, started_at AS startedAt,
    ended_at AS endedAt, items FROM practice`;
  const selectById = db.prepare<[string], RawPractice>(`${practice} WHERE id = ?`);
  const selectOpen = db.prepare<[], RawPractice>(`${practice} WHERE ended_at IS NULL ORDER BY no DESC LIMIT 1`);
  const selectPast = db.prepare<[number], RawPractice>(
    `${practice} WHERE ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM practice_answer WHERE practice_no = practice.no)
     ORDER BY no DESC LIMIT ?`,
  );
  const insertPractice = db.prepare(
    'INSERT INTO practice (id, pack_id, exam_code, kind, area, started_at, items) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const endAll = db.prepare('UPDATE practice SET ended_at = ? WHERE ended_at IS NULL');
  const endOne = db.prepare('UPDATE practice SET ended_at = ? WHERE id = ? AND ended_at IS NULL');
  const answer = `SELECT position, item.id AS itemId, at, response, correct, time_ms AS timeMs
    FROM practice_answer JOIN item ON item.no = item_no`;
  const selectAnswers = db.prepare<[number], RawAnswer>(`${answer} WHERE practice_no = ? ORDER BY position`);
  const selectItemAnswers = db.prepare<[string, string, number, number], RawAnswer>(
    `${answer} WHERE item.pack_id = ? AND item.id = ? AND (practice_no, position) <= (?, ?)
     ORDER BY practice_no, position`,
  );
  const selectLatest = db.prepare<[string], RawAnswer>(
    `SELECT * FROM (
       SELECT position, item.id AS itemId, at, response, correct, time_ms AS timeMs,
         row_number() OVER (PARTITION BY item_no ORDER BY practice_no DESC, position DESC) AS age
       FROM practice_answer JOIN item ON item.no = item_no WHERE item.pack_id = ?
     ) WHERE age = 1`,
  );
  const insertAnswer = db.prepare(
    `INSERT INTO practice_answer (practice_no, position, item_no, at, response, correct, time_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const upsertCard = db.prepare(
    `INSERT INTO review_card (item_no, due_at, state) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET due_at = excluded.due_at, state = excluded.state`,
  );
  const selectDue = db.prepare<[string], { itemId: string; dueAt: number }>(
    'SELECT id AS itemId, due_at AS dueAt FROM review_card JOIN item ON item.no = item_no WHERE pack_id = ?',
  );
  const selectMet = db
    .prepare<[], number>(
      'SELECT no FROM item WHERE EXISTS (SELECT 1 FROM item_outcome WHERE item_no = item.no AND seen = 1)',
    )
    .pluck();
  const selectLatestSat = db.prepare<[], { sittingNo: number; at: number }>(
    `SELECT sitting_no AS sittingNo, finished_at AS at FROM result WHERE counted = 1
     ORDER BY finished_at DESC, sitting_no DESC LIMIT ${LATEST}`,
  );
  const satItem = 'item.no, item.pack_id AS packId, item.id AS itemId, correct, slow, key_struck AS keyStruck';
  const selectSatIn = db.prepare<[number], Omit<RawSat, 'at'>>(
    `SELECT ${satItem} FROM item_outcome JOIN item ON item.no = item_no WHERE sitting_no = ? AND seen = 1`,
  );
  const selectSatOf = db.prepare<[number], RawSat>(
    `SELECT ${satItem}, finished_at AS at FROM item JOIN item_outcome ON item_no = item.no JOIN result USING (sitting_no)
     WHERE item.no = ? AND seen = 1 ORDER BY finished_at DESC, sitting_no DESC LIMIT 1`,
  );
  const selectSatPast = db.prepare<[string, string, number], RawPast>(
    `SELECT count(*) AS met, coalesce(sum(correct), 0) AS right, max(finished_at) AS at, correct
     FROM item JOIN item_outcome ON item_no = item.no JOIN result USING (sitting_no)
     WHERE pack_id = ? AND item.id = ? AND seen = 1 AND finished_at <= ?`,
  );
  const selectPractisedPast = db.prepare<[string, string, number, number], RawPast>(
    `SELECT count(*) AS met, coalesce(sum(correct), 0) AS right, max(practice_no * 1000 + position) AS latest, at, correct
     FROM item JOIN practice_answer ON item_no = item.no
     WHERE pack_id = ? AND item.id = ? AND (practice_no, position) < (?, ?)`,
  );

  const inOne = db.transaction((work: () => void) => work());
  const guarded = (work: () => void): void => {
    try {
      inOne.immediate(work);
    } catch (error) {
      throw toStoreError(error, 'The history');
    }
  };

  return {
    byId: (id: string): PracticeRow | null => toPractice(selectById.get(id)),

    /** The practice that has not ended. */
    unfinished: (): PracticeRow | null => toPractice(selectOpen.get()),

    /** Ended practices in which something was answered, newest first. */
    past: (limit: number): PracticeRow[] => selectPast.all(limit).map((row) => toPractice(row)!),

    /** Ends every other practice and begins this one. @throws StoreError */
    start: ({ id, packId, examCode, kind, area, startedAt, items }: Omit<PracticeRow, 'endedAt'>): void =>
      guarded(() => {
        endAll.run(startedAt);
        insertPractice.run(id, packId, examCode, kind, area, startedAt, JSON.stringify(items));
      }),

    /** Ends a practice; one that has ended stays as it is. @throws StoreError */
    end: (id: string, at: number): void => guarded(() => endOne.run(at, id)),

    /**
     * Keeps an answer with the card that follows from it; durable when this returns. @throws StoreError
     * @param dueAt as `dayMs` tells it. @param last whether the practice ends with it.
     */
    answer: (id: string, given: AnswerRow, { dueAt, state }: { dueAt: number; state: unknown }, last: boolean): void =>
      guarded(() => {
        const { no, packId } = selectById.get(id)!;
        const { position, itemId, at, options, struck, sureness, correct, timeMs } = given;
        const item = itemNo(packId, itemId);
        const response = JSON.stringify({ options, struck, sureness });
        insertAnswer.run(no, position, item, at, response, Number(correct), timeMs);
        upsertCard.run(item, dueAt, JSON.stringify(state));
        if (last) endOne.run(at, id);
      }),

    /** Of a practice, by position. */
    answers(id: string): AnswerRow[] {
      const row = selectById.get(id);
      return row ? selectAnswers.all(row.no).map(toAnswer) : [];
    },

    /** All practice answers to an item up to a position of a practice, in the order they were given. */
    answersTo(itemId: string, id: string, position: number): AnswerRow[] {
      const { no, packId } = selectById.get(id)!;
      return selectItemAnswers.all(packId, itemId, no, position).map(toAnswer);
    },

    /** The latest practice answer to each item of a pack. */
    latest: (packId: string): AnswerRow[] => selectLatest.all(packId).map(toAnswer),

    /** When each practised item of a pack is due, as `dayMs` tells it. */
    due: (packId: string): { itemId: string; dueAt: number }[] => selectDue.all(packId),

    /**
     * What last came of each item in a sitting in which it was on screen: an item never reached says nothing of what the
     * candidate knows. The latest sittings tell of nearly all; what is still missing then is looked up one by one.
     */
    sat(): SatItem[] {
      const met = selectMet.all();
      const found = new Map<number, SatItem>();
      for (const { sittingNo, at } of selectLatestSat.all()) {
        if (found.size === met.length) break;
        for (const row of selectSatIn.all(sittingNo))
          if (!found.has(row.no)) found.set(row.no, toSatItem({ ...row, at }));
      }
      for (const no of met) if (!found.has(no)) found.set(no, toSatItem(selectSatOf.get(no)!));
      return [...found.values()];
    },

    /** What came of an item before a practice answer to it, in sittings ended by then and in practice. */
    before(id: string, { position, itemId, at }: AnswerRow): { sittings: StoredPast; practice: StoredPast } {
      const { no, packId } = selectById.get(id)!;
      return {
        sittings: toPast(selectSatPast.get(packId, itemId, at)!),
        practice: toPast(selectPractisedPast.get(packId, itemId, no, position)!),
      };
    },
  };
}

function toPractice(row: RawPractice | undefined): PracticeRow | null {
  if (!row) return null;
  const { id, packId, examCode, kind, area, startedAt, endedAt } = row;
  return { id, packId, examCode, kind, area, startedAt, endedAt, items: JSON.parse(row.items) as string[] };
}

function toAnswer({ position, itemId, at, response, correct, timeMs }: RawAnswer): AnswerRow {
  const given = JSON.parse(response) as Pick<AnswerRow, 'options' | 'struck' | 'sureness'>;
  return { position, itemId, at, ...given, correct: correct === 1, timeMs };
}

function toSatItem({ packId, itemId, at, correct, slow, keyStruck }: RawSat): SatItem {
  return { packId, itemId, at, correct: correct === 1, slow: slow === 1, keyStruck: keyStruck === 1 };
}

/** SQLite gives the bare columns of the row that has the maximum. */
function toPast({ met, right, at, correct }: RawPast): StoredPast {
  return { met, right, last: at === null || correct === null ? null : { at, correct: correct === 1 } };
}
