/** A journal that keeps everything in memory, as strict about what it takes as the tables of the real one. */
import type { FormEdition } from '../../main/exam/edition.ts';
import type { SittingEvent } from '../../main/exam/events.ts';
import { fold } from '../../main/exam/sitting.ts';
import type { Heartbeat, Journal, StoredSitting } from '../../main/store/journal.ts';

interface Kept {
  sitting: StoredSitting;
  events: SittingEvent[];
  heartbeat: Heartbeat | null;
  finished: boolean;
}

/** What was written stays when the application on it is thrown away, as on a disk. */
export function memoryJournal(): Journal {
  const editions = new Map<string, FormEdition>();
  const sittings = new Map<string, Kept>();
  const requests = new Map<string, { sittingId: string; seq: number }>();

  const kept = (sittingId: string): Kept => {
    const found = sittings.get(sittingId);
    if (!found) throw new RangeError(`no sitting ${sittingId}`);
    return found;
  };
  const put = (sittingId: string, event: SittingEvent, requestId: string | null) => {
    const { events, finished } = kept(sittingId);
    if (finished || event.seq !== events.length + 1) throw new Error(`event ${event.seq} does not belong here`);
    wholeNumbers(event.elapsedMs, event.at);
    if (requestId !== null) {
      if (requests.has(requestId)) throw new Error(`the request ${requestId} was recorded before`);
      requests.set(requestId, { sittingId, seq: event.seq });
    }
    events.push(event);
  };

  const isSealed = (sittingId: string): boolean => {
    const { sitting, events } = kept(sittingId);
    return fold(editions.get(sitting.editionHash)!, events).finished !== null;
  };

  return {
    start(sitting, edition, first) {
      if (sittings.has(sitting.id)) throw new Error(`the sitting ${sitting.id} is there already`);
      editions.set(sitting.editionHash, edition);
      sittings.set(sitting.id, { sitting, events: [], heartbeat: null, finished: false });
      put(sitting.id, first, null);
    },
    append: put,
    finish(sittingId, last, requestId) {
      put(sittingId, last, requestId);
      Object.assign(kept(sittingId), { finished: true, heartbeat: null });
    },
    beat(sittingId, heartbeat) {
      wholeNumbers(heartbeat.elapsedMs, heartbeat.at);
      kept(sittingId).heartbeat = heartbeat;
    },
    heartbeat: (sittingId) => kept(sittingId).heartbeat,
    sitting: (sittingId) => sittings.get(sittingId)?.sitting ?? null,
    edition(hash) {
      const edition = editions.get(hash);
      if (!edition) throw new RangeError(`no form edition ${hash}`);
      return edition;
    },
    isListedAs: () => true,
    events: (sittingId) => [...kept(sittingId).events],
    record: (sittingId) => ({ events: [...kept(sittingId).events], isSealed: () => isSealed(sittingId) }),
    seenRequest: (requestId) => requests.get(requestId) ?? null,
    unfinished: () => [...sittings.values()].filter(({ finished }) => !finished).map(({ sitting }) => sitting.id),
    // The torture runs discard nothing.
    isDiscarded: () => false,
    forget: (sittingId) => void sittings.delete(sittingId),
    isUnbroken: (sittingId) => sittings.has(sittingId),
    isSealed,
  };
}

function wholeNumbers(elapsedMs: number, at: number): void {
  if (!Number.isInteger(elapsedMs) || elapsedMs < 0 || !Number.isInteger(at))
    throw new Error(`elapsed ${elapsedMs} ms at ${at}: the tables take whole numbers only`);
}
