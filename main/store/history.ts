/** Lists of finished sittings; those that are deleted are in none of them. */
import type { FinishCause } from '../exam/events.ts';
import type { Db } from './open.ts';
import { createSeenStore } from './seen.ts';

export interface FinishedRow {
  sittingId: string;
  packId: string;
  formId: string;
  startedAt: number;
  finishedAt: number;
  cause: FinishCause;
  elapsedMs: number;
  points: number | null;
  scored: number;
  timeFactor: number | null;
  examCode: string;
  formTitle: string;
  linePercent: number;
}

/** How the scored sittings of a form have gone. Of several that are equally good, `best` is any. */
export interface FormPast {
  sittings: number;
  last: PointsRow;
  best: PointsRow;
}

interface PointsRow {
  points: number;
  scored: number;
  finishedAt: number;
}

/** What there is of an exam's form. */
export interface FormCount {
  packId: string;
  formId: string;
  examCode: string;
  formTitle: string;
  sittings: number;
}

export type HistorySort = 'newest' | 'oldest' | 'best' | 'worst' | 'longest';

/** `null` for all. */
export interface HistoryFilter {
  examCode: string | null;
  form: { packId: string; formId: string } | null;
}

export type History = ReturnType<typeof createHistory>;

/** Columns of a row but those that come from its form. */
export const ROW = `
  sitting.id AS sittingId, sitting.pack_id AS packId, sitting.form_id AS formId, sitting.started_at AS startedAt,
  result.finished_at AS finishedAt, result.cause, result.elapsed_ms AS elapsedMs, result.points, result.scored,
  sitting.time_factor AS timeFactor, sitting.edition_hash AS hash`;

type BareRow = Omit<FinishedRow, keyof Listing> & { hash: string };

const FINISHED = `
  FROM result JOIN sitting ON sitting.no = result.sitting_no
  WHERE result.sitting_no NOT IN (SELECT sitting_no FROM deleted_sitting)`;

const NEWEST = 'result.finished_at DESC, result.sitting_no DESC';
const PERCENT = '1.0 * result.points / result.scored';
/** Unscored sittings come last where it is about points. */
const ORDERS: Record<HistorySort, string> = {
  newest: NEWEST,
  oldest: 'result.finished_at, result.sitting_no',
  best: `result.points IS NULL, ${PERCENT} DESC, ${NEWEST}`,
  worst: `result.points IS NULL, ${PERCENT}, ${NEWEST}`,
  longest: `result.elapsed_ms DESC, ${NEWEST}`,
};

/** What the lists show of a form. */
interface Listing {
  examCode: string;
  formTitle: string;
  linePercent: number;
}

/** A form that is gone is damage, which the full check tells of; the lists go on without its names. */
const MISSING: Listing = { examCode: '?', formTitle: '?', linePercent: 0 };

/**
 * What the lists show of the forms, by content hash. Read once each and kept: it stands behind the form's whole text in its row,
 * and a join would wade through that text for every sitting (1.5 s for ten thousand).
 */
export function createListings(db: Db) {
  const select = db.prepare<[string], Listing>(
    `SELECT exam_code AS examCode, title AS formTitle, line_percent AS linePercent FROM form_edition WHERE hash = ?`,
  );
  const known = new Map<string, Listing>();
  const of = (hash: string): Listing => {
    const listing = known.get(hash) ?? select.get(hash) ?? MISSING;
    known.set(hash, listing);
    return listing;
  };
  return { of, complete: ({ hash, ...row }: BareRow): FinishedRow => ({ ...row, ...of(hash) }) };
}

export function createHistory(db: Db) {
  const listings = createListings(db);
  // The hashes of an exam's forms as a JSON array; one that is NULL leaves all in.
  const FILTER = `
    AND (@hashes IS NULL OR sitting.edition_hash IN (SELECT value FROM json_each(@hashes)))
    AND (@formId IS NULL OR (sitting.pack_id = @packId AND sitting.form_id = @formId))`;
  const pages = Object.fromEntries(
    Object.entries(ORDERS).map(([sort, order]) => [
      sort,
      db.prepare<[object], BareRow>(`SELECT ${ROW} ${FINISHED} ${FILTER} ORDER BY ${order} LIMIT @count OFFSET @from`),
    ]),
  ) as Record<HistorySort, ReturnType<typeof db.prepare<[object], BareRow>>>;
  const newestScored = db.prepare<[object], BareRow>(
    `SELECT ${ROW} ${FINISHED} ${FILTER} AND points IS NOT NULL ORDER BY ${NEWEST} LIMIT @count`,
  );
  const counts = db.prepare<[], { hash: string; packId: string; formId: string; sittings: number; scored: number }>(
    `SELECT edition_hash AS hash, pack_id AS packId, form_id AS formId, sittings, scored
     FROM form_total WHERE sittings > 0`,
  );
  const one = db.prepare<[string], BareRow>(`SELECT ${ROW} ${FINISHED} AND sitting.id = ?`);
  // SQLite takes the other columns from the row in which it finds the one maximum.
  const past = (greatest: string) =>
    db.prepare<[], PointsRow & { packId: string; formId: string; sittings: number }>(
      `SELECT pack_id AS packId, form_id AS formId, points, scored, finished_at AS finishedAt, count(*) AS sittings,
         max(${greatest}) ${FINISHED} AND points IS NOT NULL GROUP BY pack_id, form_id`,
    );
  const lasts = past('result.finished_at');
  const bests = past(PERCENT);

  const hashesOf = (examCode: string | null): string | null => {
    if (examCode === null) return null;
    const all = counts.all().map(({ hash }) => hash);
    return JSON.stringify(all.filter((hash) => listings.of(hash).examCode === examCode));
  };
  const bind = ({ examCode, form }: HistoryFilter) => ({
    hashes: hashesOf(examCode),
    packId: form?.packId ?? null,
    formId: form?.formId ?? null,
  });

  return {
    ...createSeenStore(db),

    /** Finished sittings, newest first. */
    newest(count: number): FinishedRow[] {
      const all = { hashes: null, packId: null, formId: null };
      return pages.newest.all({ ...all, from: 0, count }).map(listings.complete);
    },

    /** Finished sittings in the order asked for. @param count at most so many, after the first `from`. */
    page(filter: HistoryFilter, sort: HistorySort, from: number, count: number): FinishedRow[] {
      return pages[sort].all({ ...bind(filter), from, count }).map(listings.complete);
    },

    /** Scored sittings, newest first. @param examCode `null` for all. */
    newestScored(examCode: string | null, count: number): FinishedRow[] {
      return newestScored.all({ ...bind({ examCode, form: null }), count }).map(listings.complete);
    },

    /** How many sittings of each form there are, and how many of them scored; an entry for each edition of it. */
    counts(): (FormCount & { scored: number })[] {
      return counts.all().map(({ hash, ...count }) => ({ ...count, ...listings.of(hash) }));
    },

    /** A finished sitting; `undefined` where there is none or it is deleted. */
    finished(sittingId: string): FinishedRow | undefined {
      const row = one.get(sittingId);
      return row && listings.complete(row);
    },

    /** How each form that was sat has gone, by pack and form. */
    pastOfForms(): (packId: string, formId: string) => FormPast | undefined {
      const key = (packId: string, formId: string) => `${packId}/${formId}`;
      const best = new Map(bests.all().map((row) => [key(row.packId, row.formId), row]));
      const pasts = new Map(
        lasts.all().map((last) => {
          const at = key(last.packId, last.formId);
          return [at, { sittings: last.sittings, last, best: best.get(at)! }];
        }),
      );
      return (packId, formId) => pasts.get(key(packId, formId));
    },
  };
}
