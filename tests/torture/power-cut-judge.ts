/** Opens what a power cut has left, as the next start of the program would, and says what of it is gone. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SittingEvent } from '../../main/exam/events.ts';
import { DATABASE } from '../../main/program.ts';
import { checkDatabase } from '../../main/store/check.ts';
import { createJournal, type Journal } from '../../main/store/journal.ts';
import { openDatabase, type Db } from '../../main/store/open.ts';
import type { Step } from './power-cut-steps.ts';

export interface Verdict {
  /** Acknowledged events and clock readings that are not there as they were written. */
  lost: number;
  /** Why the database cannot be opened; `null` when it can. */
  unreadable: string | null;
  /** What is wrong with the record that is there; `null` when nothing. */
  damage: string | null;
}

/**
 * @param steps all that were planned. @param acknowledged how many of them were done at the cut; the one after them may
 * be there too.
 */
export function judge(folder: string, steps: readonly Step[], acknowledged: number): Verdict {
  const due = steps.slice(0, acknowledged);
  let db: Db | undefined;
  try {
    db = openDatabase(join(folder, DATABASE));
    const journal = createJournal(db);
    const lost = countLost(journal, due, steps[acknowledged]);
    return {
      lost,
      unreadable: null,
      damage: tooMuch(journal, steps.slice(0, acknowledged + 1)) ?? damage(db, journal),
    };
  } catch (error) {
    return { lost: due.filter(({ kind }) => kind === 'event').length, unreadable: String(error), damage: null };
  } finally {
    db?.close();
  }
}

function countLost(journal: Journal, due: readonly Step[], inFlight: Step | undefined): number {
  const stored = new Map<string, SittingEvent[]>();
  const lastBeats = new Map<string, Step & { kind: 'beat' }>();
  let lost = 0;
  for (const step of due) {
    if (step.kind === 'beat') lastBeats.set(step.sittingId, step);
    if (step.kind !== 'event') continue;
    const { sittingId, event, requestId } = step;
    if (event.type === 'finished') lastBeats.delete(sittingId);
    const events = stored.get(sittingId) ?? eventsOf(journal, sittingId);
    stored.set(sittingId, events);
    const known = requestId === null || journal.seenRequest(requestId)?.seq === event.seq;
    if (!known || !isDeepStrictEqual(events[event.seq - 1], event)) lost += 1;
  }
  for (const { sittingId, beat } of lastBeats.values()) {
    const mayBeReplaced = inFlight && 'sittingId' in inFlight && inFlight.sittingId === sittingId;
    if (!mayBeReplaced && !isDeepStrictEqual(journal.heartbeat(sittingId), beat)) lost += 1;
  }
  return lost;
}

/** Whether anything is there that was not written. */
function tooMuch(journal: Journal, written: readonly Step[]): string | null {
  const counts = new Map<string, number>();
  for (const step of written)
    if (step.kind === 'event') counts.set(step.sittingId, (counts.get(step.sittingId) ?? 0) + 1);
  for (const sittingId of journal.unfinished())
    if (eventsOf(journal, sittingId).length > (counts.get(sittingId) ?? 0))
      return `${sittingId}: more than was written`;
  return null;
}

/** The record is unbroken, the results right, the file sound. */
function damage(db: Db, journal: Journal): string | null {
  const check = checkDatabase(db, journal);
  for (let step = check.next(); ; step = check.next())
    if (step.done) return step.value[0] ? `${step.value[0].sittingId}: ${step.value[0].message}` : null;
}

function eventsOf(journal: Journal, sittingId: string): SittingEvent[] {
  return journal.sitting(sittingId) ? journal.events(sittingId) : [];
}
