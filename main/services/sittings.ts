/**
 * The application: what every method does. It holds the one open sitting, sees that its clock runs only while a
 * candidate is present, and turns the journal into views.
 */
import type {
  ActReply,
  FormView,
  HallView,
  InsightView,
  Parsed,
  Push,
  ResultView,
  SittingProgress,
  SittingView,
} from '../contract.ts';
import { freeze } from '../exam/edition.ts';
import type { InterruptionCause, SittingEvent } from '../exam/events.ts';
import { decide, type SittingCommand } from '../exam/sitting.ts';
import { Failure } from '../failure.ts';
import { createForms } from './forms.ts';
import { insight } from '../insight/insight.ts';
import { reviewItems, report, type ReviewItem } from '../insight/report.ts';
import type { Library } from './library.ts';
import { OpenSitting, type Clocks } from './open-sitting.ts';
import { readSitting, readUnfinished, replyAt, tellFinished, type StoredSitting } from './stored-sitting.ts';
import { StoreError } from '../store/errors.ts';
import type { History } from '../store/history.ts';
import { hashEdition, type Journal } from '../store/journal.ts';

/** Without a window held open, the clock stops this long after the last call. */
export const PRESENCE_MS = 30_000;
/** The same once a window was held open and has gone: what still arrives are its last words. */
export const LAST_WORDS_MS = 2_000;

/** Sittings that the hall's trend shows. */
const STANDING_LENGTH = 50;

const HAS_ENDED = 'This sitting has ended.';
const IS_DISCARDED =
  'This sitting was discarded. It can be put back under History, Recently deleted, and then goes on.';

export interface SittingsParts {
  library: Library;
  journal: Journal;
  history: Pick<History, 'newestScored' | 'pastOfForms' | 'lastSeen'>;
  clocks: Clocks;
  newId(): string;
  /** A seed for a form to be drawn: 4 to 12 small letters and digits. */
  newSeed(): string;
}

export type Sittings = ReturnType<typeof createSittings>;

export function createSittings({ library, journal, history, clocks, newId, newSeed }: SittingsParts) {
  const forms = createForms(library, history, newSeed);
  let open: OpenSitting | null = null;
  /** How many windows or tabs show a sitting now, whether or not it is the open one; those without any are not in it. */
  const holders = new Map<string, number>();
  /** Whether the open sitting has been shown by one since it was opened. */
  let wasHeld = false;
  let lastCallMs = clocks.monotonicMs();
  /** The sitting the candidate has left for the hall. */
  let left: string | null = null;
  const listeners = new Set<(push: Push) => void>();

  const tell = (push: Push) => {
    for (const listener of listeners) listener(push);
  };

  /** Reads the clock of the open sitting and tells the screens when that ended it. */
  const tick = () => {
    if (!open) return;
    const sitting = open;
    const alone =
      !holders.has(sitting.id) && clocks.monotonicMs() - lastCallMs > (wasHeld ? LAST_WORDS_MS : PRESENCE_MS);
    if (alone) sitting.pause();
    else sitting.tick();
    if (sitting.state.finished) close(sitting);
  };

  /** Lets go of a finished sitting. */
  const close = (sitting: OpenSitting) => {
    if (open === sitting) open = null;
    tell({ type: 'finished', sittingId: sitting.id });
  };

  /** Stops the clock of the open sitting, for another one takes its place; its time may have run up since the last tick. */
  const putAway = () => {
    const sitting = open;
    sitting?.pause();
    if (sitting?.state.finished) close(sitting);
  };

  /**
   * The sitting a call is about, open.
   * @param wake whether the call shows that the candidate is there; a word about the window's focus does not.
   */
  const take = (sittingId: string, wake = true): OpenSitting => {
    if (wake) lastCallMs = clocks.monotonicMs();
    if (open?.id !== sittingId) {
      const sitting = load(sittingId);
      putAway();
      show(sitting);
      return sitting;
    }
    const sitting = open;
    sitting.tick();
    if (wake) sitting.resume();
    if (sitting.state.finished) {
      close(sitting);
      throw new Failure('finished', HAS_ENDED);
    }
    return sitting;
  };

  /** Opens a stored sitting that has not ended; the one that is open stays untouched. */
  const load = (sittingId: string): OpenSitting => {
    if (!journal.sitting(sittingId)) throw new Failure('not-found', `There is no sitting ${sittingId}.`);
    // Opening one writes to its journal; what is discarded stays as it was left.
    if (journal.isDiscarded(sittingId)) throw new Failure('refused', IS_DISCARDED);
    const sitting = new OpenSitting(sittingId, journal, clocks, false);
    if (sitting.state.finished) throw new Failure('finished', HAS_ENDED);
    return sitting;
  };

  const show = (sitting: OpenSitting) => {
    open = sitting;
    left = null;
    wasHeld = holders.has(sitting.id);
  };

  const ofFinished = <T>(sittingId: string, tell: (sitting: StoredSitting) => T): T => {
    if (open?.id === sittingId) tick();
    return tellFinished(journal, sittingId, tell);
  };

  return {
    library,

    /** To be called about once a second. @throws StoreError when the time could not be written down; it is tried again. */
    tick,

    /** Hears what main says by itself. @returns a function that ends it. */
    subscribe(listener: (push: Push) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /**
     * Says that a window shows the sitting; the clock of the open one runs until all who hold it let go.
     * @returns a function that lets go, once, and may be told why. @throws StoreError, as that does; the clock stands still even then.
     */
    hold(sittingId: string): (cause?: InterruptionCause) => void {
      if (open?.id === sittingId) {
        open.resume();
        wasHeld = true;
      }
      holders.set(sittingId, (holders.get(sittingId) ?? 0) + 1);
      let held = true;
      return (cause) => {
        if (!held) return;
        held = false;
        const left = holders.get(sittingId)! - 1;
        if (left > 0) holders.set(sittingId, left);
        else holders.delete(sittingId);
        if (left > 0 || open?.id !== sittingId) return;
        const sitting = open;
        sitting.pause(cause);
        if (sitting.state.finished) close(sitting);
      };
    },

    hall(): HallView {
      try {
        tick();
      } catch (error) {
        // What is there can be read on a full disk; the timer's own tick says that the time could not be written down.
        if (!(error instanceof StoreError)) throw error;
      }
      const unfinished = readUnfinished(journal);
      return {
        unfinished: unfinished.filter((sitting) => sitting !== null),
        damaged: unfinished.includes(null),
        forms: forms.summaries(history.pastOfForms()),
        pools: forms.pools(),
        problems: library.problems,
        standing: history.newestScored(null, STANDING_LENGTH).reverse(),
      };
    },

    form(asked: Parsed<'form.show'>): FormView {
      return forms.view(asked, history.pastOfForms());
    },

    /** Starts a sitting at its agreement. */
    start({ requestId, packId, formId, settings }: Parsed<'sitting.start'>): SittingView {
      // What could not be said to be saved may have been, where the disk failed at the last moment.
      const begun = requestId === undefined ? null : journal.seenRequest(requestId);
      if (begun) return take(begun.sittingId).view();
      const { pack, form } = forms.find(packId, formId);
      const edition = freeze(pack, form);
      const id = newId();
      const at = clocks.wallMs();
      const first: SittingEvent = { type: 'started', payload: { settings }, seq: 1, elapsedMs: 0, at };
      putAway();
      const editionHash = hashEdition(edition);
      const { timeFactor } = settings;
      journal.start({ id, packId, formId, editionHash, startedAt: at, timeFactor }, edition, first, requestId);
      lastCallMs = clocks.monotonicMs();
      const sitting = new OpenSitting(id, journal, clocks, true);
      show(sitting);
      return sitting.view();
    },

    /** Shows a sitting, resuming it where it was interrupted. */
    openSitting({ sittingId }: Parsed<'sitting.open'>): SittingView {
      return take(sittingId).view();
    },

    clock({ sittingId }: Parsed<'sitting.clock'>): SittingProgress {
      return take(sittingId).progress();
    },

    /** One command of the candidate. Returns when it is durable. */
    act({ sittingId, requestId, seq, command }: Parsed<'sitting.act'>): ActReply {
      const number = 'number' in command ? command.number : null;
      const seen = journal.seenRequest(requestId);
      if (seen && seen.sittingId !== sittingId)
        throw new Failure('bad-input', 'This request id was used in another sitting.');
      if (seen) {
        const clock = open?.id === sittingId ? open.progress().clock : null;
        return replyAt(readSitting(journal, sittingId), seen.seq, number, clock);
      }
      if (command.type === 'attend' && left === sittingId) {
        // Full screen ends after the candidate has left for the hall; that must not open the sitting again.
        const sitting = readSitting(journal, sittingId);
        if (sitting.state.finished) throw new Failure('finished', HAS_ENDED);
        return replyAt(sitting, sitting.state.seq, number, null);
      }
      const sitting = take(sittingId, command.type !== 'attend');
      if (command.type !== 'attend' && seq !== sitting.state.basis)
        throw new Failure('stale', 'This sitting has moved on since this screen last saw it.', sitting.view());
      const decision = decide(sitting.edition, sitting.state, command as SittingCommand);
      if (!decision.ok) {
        const { code, message } = decision.refusal;
        throw new Failure(code === 'finished' ? 'finished' : 'refused', message);
      }
      if (decision.fact) sitting.record(decision.fact, requestId);
      const reply = sitting.reply(number);
      if (sitting.state.finished) close(sitting);
      else if (decision.fact && command.type !== 'attend')
        tell({ type: 'progress', sittingId, progress: sitting.progress() });
      return reply;
    },

    /**
     * Commands in order, each as {@link act} takes it; one that was taken before is passed over, one that the rules
     * refuse is left out. Any other failure ends it there, with all before it durable.
     */
    actAll({ sittingId, seq, commands }: Parsed<'sitting.actAll'>): { taken: number } {
      let taken = 0;
      for (const { requestId, command } of commands) {
        try {
          ({ seq } = this.act({ sittingId, requestId, seq, command }));
          taken += 1;
        } catch (error) {
          if (!(error instanceof Failure && error.code === 'refused')) throw error;
        }
      }
      return { taken };
    },

    /** The candidate goes back to the hall; the clock stops. */
    leave({ sittingId }: Parsed<'sitting.leave'>): { left: true } {
      if (open?.id === sittingId) {
        const sitting = open;
        sitting.pause();
        if (sitting.state.finished) close(sitting);
        else {
          open = null;
          left = sittingId;
        }
      }
      return { left: true };
    },

    /**
     * Closes a sitting that no window shows, so that it can be discarded; one that is not open is closed already. Where
     * its time turns out to be up, that ends it.
     * @throws Failure 'refused' while a window shows it. @throws StoreError when the time could not be written down
     */
    closeUnwatched(sittingId: string): void {
      if (holders.has(sittingId))
        throw new Failure('refused', 'This sitting is open in a window. Go back to the hall there, then discard it.');
      this.leave({ sittingId });
    },

    result({ sittingId }: Parsed<'result.show'>): ResultView {
      return ofFinished(sittingId, ({ edition, events, state, isSealed }) => ({
        sittingId,
        sealed: isSealed(),
        ...report(edition, events, state),
      }));
    },

    review({ sittingId }: Parsed<'result.review'>): ReviewItem[] {
      return ofFinished(sittingId, ({ edition, events, state }) => reviewItems(edition, events, state));
    },

    insight({ sittingId }: Parsed<'insight.show'>): InsightView {
      return ofFinished(sittingId, ({ edition, events, state }) => {
        const { form, pack } = edition;
        const finishedAt = state.finished!.at;
        const exam = { code: pack.exam.code };
        return { sittingId, exam, form, finishedAt, elapsedMs: state.elapsedMs, ...insight(edition, events, state) };
      });
    },

    /** Stops the clock before the program ends. */
    shutDown(): void {
      open?.pause();
      open = null;
    },
  };
}
