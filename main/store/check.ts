/**
 * The full check of a database: SQLite's own, and that every sitting tells the same as when it was written. It is a
 * generator, a step for each sitting, so that the program can go on in between.
 */
import { isDeepStrictEqual } from 'node:util';
import { resultOf, type SittingResult } from '../exam/scoring.ts';
import { fold } from '../exam/sitting.ts';
import type { Journal } from './journal.ts';
import type { Db } from './open.ts';

/** What is wrong, in words that name the sitting where it is one. */
export interface Damage {
  /** `null` when it is the file as a whole. */
  sittingId: string | null;
  message: string;
}

/** @returns what was found so far after each step; the last value is all of it. */
export function* checkDatabase(db: Db, journal: Journal): Generator<readonly Damage[], readonly Damage[]> {
  const found: Damage[] = [];
  const guarded = (sittingId: string | null, work: () => string | null) => {
    try {
      const message = work();
      if (message !== null) found.push({ sittingId, message: inOneLine(message) });
    } catch (error) {
      found.push({ sittingId, message: inOneLine((error as Error).message) });
    }
  };
  guarded(null, () => {
    const [first] = db.pragma('integrity_check(1)') as { integrity_check: string }[];
    return first?.integrity_check === 'ok' ? null : `SQLite: ${first?.integrity_check ?? 'no answer'}`;
  });
  yield found;
  guarded(null, () => {
    const orphans = db.pragma('foreign_key_check') as unknown[];
    return orphans.length > 0 ? `${orphans.length} rows belong to nothing` : null;
  });
  let ids: string[] = [];
  guarded(null, () => {
    ids = db.prepare<[], string>('SELECT id FROM sitting ORDER BY no').pluck().all();
    return null;
  });
  const results = db.prepare<[string], SittingResult>(
    `SELECT finished_at AS finishedAt, cause, result.elapsed_ms AS elapsedMs, points, scored
     FROM result JOIN sitting ON sitting.no = sitting_no WHERE sitting.id = ?`,
  );
  const beats = db.prepare('SELECT 1 FROM heartbeat JOIN sitting ON sitting.no = sitting_no WHERE sitting.id = ?');
  for (const id of ids) {
    guarded(id, () => checkSitting(journal, id, results.get(id)));
    guarded(id, () => (beats.get(id) && !journal.heartbeat(id) ? 'its clock has been changed' : null));
    yield found;
  }
  return found;
}

/** SQLite words what it finds over several lines. */
function inOneLine(message: string): string {
  return message.replace(/\s+/g, ' ').trim();
}

function checkSitting(journal: Journal, id: string, result: SittingResult | undefined): string | null {
  const sitting = journal.sitting(id)!;
  if (!journal.isUnbroken(id)) return 'its record has been changed';
  const edition = journal.edition(sitting.editionHash);
  if (edition.pack.id !== sitting.packId || edition.form.id !== sitting.formId) return 'it names another form';
  if (!journal.isListedAs(sitting.editionHash, edition)) return 'its form is listed wrongly';
  const events = journal.events(id);
  const state = fold(edition, events);
  if (state.startedAt !== sitting.startedAt || state.settings.timeFactor !== sitting.timeFactor)
    return 'its beginning has been changed';
  if (!state.finished) return result ? 'it has a result and no end' : null;
  if (!result) return 'its result is missing';
  if (!journal.isSealed(id)) return 'its seal is broken';
  const responses = state.items.map(({ response }) => response);
  const right = resultOf(edition, responses, state.finished, state.elapsedMs);
  return isDeepStrictEqual({ ...result }, right) ? null : 'its result has been changed';
}
