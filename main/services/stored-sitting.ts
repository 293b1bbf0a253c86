/** Sittings as the journal tells them, without opening one. */
import type { ActReply, UnfinishedSitting } from '../contract.ts';
import { remainingMs } from '../exam/clock.ts';
import type { FormEdition } from '../exam/edition.ts';
import type { SittingEvent } from '../exam/events.ts';
import { fold, phaseLimitMs, statusOf, type SittingState } from '../exam/sitting.ts';
import { Failure } from '../failure.ts';
import { unfinishedSitting } from './hall-view.ts';
import { damagedRecord, StoreError } from '../store/errors.ts';
import type { Journal } from '../store/journal.ts';

export interface StoredSitting {
  edition: FormEdition;
  events: SittingEvent[];
  state: SittingState;
  /** Whether the events still match the seal set when it ended. */
  isSealed(): boolean;
}

/** @throws Failure 'not-found'. @throws StoreError when it cannot be read. */
export function readSitting(journal: Journal, sittingId: string): StoredSitting {
  const known = journal.sitting(sittingId);
  if (!known) throw new Failure('not-found', `There is no sitting ${sittingId}.`);
  const edition = journal.edition(known.editionHash);
  const { events, isSealed } = journal.record(sittingId);
  return { edition, events, state: fold(edition, events), isSealed };
}

/**
 * Tells of a finished sitting. What cannot be told because its seal is broken is damage, not a fault of the program.
 * @throws Failure 'not-found' | 'not-finished'. @throws StoreError 'damaged'
 */
export function tellFinished<T>(journal: Journal, sittingId: string, tell: (sitting: StoredSitting) => T): T {
  try {
    const sitting = readSitting(journal, sittingId);
    if (!sitting.state.finished) throw new Failure('not-finished', 'This sitting has not ended yet.');
    return tell(sitting);
  } catch (error) {
    if (error instanceof Failure || error instanceof StoreError) throw error;
    if (journal.isUnbroken(sittingId) && journal.isSealed(sittingId)) throw error;
    throw damagedRecord(error);
  }
}

/** The unfinished sittings for the hall; one that cannot be read is `null` and does not take the others with it. */
export function readUnfinished(journal: Journal): (UnfinishedSitting | null)[] {
  return journal.unfinished().map((sittingId) => tellUnfinished(journal, sittingId));
}

/** An unfinished sitting as the hall shows it, `null` where it cannot be read. */
export function tellUnfinished(journal: Journal, sittingId: string): UnfinishedSitting | null {
  try {
    if (!journal.isUnbroken(sittingId)) return null;
    return unfinishedSitting(sittingId, readSitting(journal, sittingId), journal.heartbeat(sittingId));
  } catch {
    return null;
  }
}

/**
 * The reply to a command as it was right after the event at `seq`.
 * @param number the item it is about, if any. @param clock the running clock, where the sitting is open.
 */
export function replyAt(
  { edition, events }: StoredSitting,
  seq: number,
  number: number | null,
  clock: ActReply['clock'] | null,
): ActReply {
  const then = fold(edition, events.slice(0, seq));
  const held = number === null ? undefined : then.items[number - 1];
  const item = number === null ? undefined : edition.items[number - 1];
  const limitMs = phaseLimitMs(edition, then);
  const { elapsedMs } = then;
  return {
    seq: then.basis,
    phase: then.phase,
    current: then.current,
    clock: clock ?? { elapsedMs, remainingMs: remainingMs(elapsedMs, limitMs), limitMs, budgetLeftMs: null },
    state: held && item ? { ...held, status: statusOf(held, item.select) } : null,
  };
}
