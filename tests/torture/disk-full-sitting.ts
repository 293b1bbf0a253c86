/** A short sitting from its start to its report, taken by a candidate who tries again what could not be saved. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Input, Method, Outputs, Reply } from '../../main/contract.ts';
import type { SittingFact } from '../../main/exam/events.ts';
import { apply, begin, decide, type SittingCommand } from '../../main/exam/sitting.ts';
import { DATABASE } from '../../main/program.ts';
import { checkDatabase } from '../../main/store/check.ts';
import { createJournal } from '../../main/store/journal.ts';
import { openDatabase } from '../../main/store/open.ts';
import { edition, FORM_ID, PACK_ID } from '../support/pack.ts';
import type { Host } from './host.ts';

const COMMANDS: readonly SittingCommand[] = [
  { type: 'agree' },
  { type: 'visit', number: 1 },
  { type: 'respond', number: 1, options: ['a'] },
  { type: 'strike', number: 1, option: 'd', on: true },
  { type: 'visit', number: 2 },
  { type: 'note', number: 2, text: 'A note that takes pages of its own. '.repeat(100) },
  { type: 'respond', number: 2, options: ['c'] },
  { type: 'respond', number: 2, options: ['b'] },
  { type: 'visit', number: 5 },
  { type: 'read', number: 5 },
  { type: 'respond', number: 5, options: ['a', 'c'] },
  { type: 'flag', number: 5, on: true },
  { type: 'highlight', text: 'stem:5', ranges: [{ start: 0, end: 4 }] },
  { type: 'note', number: 5, text: 'Another one, longer. '.repeat(150) },
  { type: 'attend', kind: 'left-window' },
  { type: 'end' },
];

const SETTINGS: Input<'sitting.start'>['settings'] = {
  order: 'front-to-back',
  timeFactor: 2,
  proctored: true,
  candidate: 'Ada',
};

/** What each command must leave in the journal, by the rules alone. */
const FACTS = factsOf(COMMANDS);

export class Candidate {
  host: Host;
  /** How many failures were told otherwise than as not saved. */
  untold = 0;
  /** Whether anything failed at all. */
  met = false;
  /** Why the sitting did not go on; `null` when it did. */
  stuck: string | null = null;
  #relieve: (host: Host) => Promise<Host>;
  #sittingId = '';
  #acknowledged = new Set<number>();

  /** @param relieve ends the shortage. @returns the host to go on with. */
  constructor(host: Host, relieve: (host: Host) => Promise<Host>) {
    this.host = host;
    this.#relieve = relieve;
  }

  async sit(): Promise<void> {
    const view = await this.#call('sitting.start', {
      requestId: 'disk-full-start',
      packId: PACK_ID,
      formId: FORM_ID,
      settings: SETTINGS,
    });
    if (!view) return;
    const { sittingId } = view;
    let { seq } = view;
    this.#sittingId = sittingId;
    for (const [index, command] of COMMANDS.entries()) {
      const reply = await this.#call('sitting.act', { sittingId, requestId: requestOf(index), seq, command });
      if (!reply) return;
      ({ seq } = reply);
      this.#acknowledged.add(index);
    }
    const report = await this.#call('result.show', { sittingId });
    if (report?.sealed === false) this.stuck = 'the seal of its report is broken';
  }

  /**
   * Looks into the database of a host that has ended.
   * @returns the acknowledged events that are not there, and the sittings that are there beside this one.
   */
  judge(data: string): { lost: number; leftOver: number } {
    const db = openDatabase(join(data, DATABASE));
    try {
      const journal = createJournal(db);
      const events = journal.sitting(this.#sittingId) ? journal.events(this.#sittingId) : [];
      const isThere = (index: number) => {
        const seen = journal.seenRequest(requestOf(index));
        const event = seen?.sittingId === this.#sittingId ? events[seen.seq - 1] : undefined;
        return event !== undefined && isDeepStrictEqual({ type: event.type, payload: event.payload }, FACTS[index]);
      };
      const acted = events.filter(({ type }) => type !== 'interrupted').map(({ type }) => type);
      if (!isDeepStrictEqual(acted, ['started', ...FACTS.map(({ type }) => type)]))
        this.stuck ??= `the journal tells of ${acted.join(', ')}`;
      const [damage] = [...checkDatabase(db, journal)].at(-1) ?? [];
      if (damage) this.stuck ??= damage.message;
      return {
        lost: [...this.#acknowledged].filter((index) => !isThere(index)).length,
        leftOver: journal.unfinished().filter((id) => id !== this.#sittingId).length,
      };
    } finally {
      db.close();
    }
  }

  /** One call as a careful caller makes it: twice while there is no space, and once more when there is. */
  async #call<M extends Method>(method: M, input: Input<M>): Promise<Outputs[M] | null> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const reply = await this.#once(method, input);
      if (reply.ok) return reply.value;
      this.met = true;
      if (reply.code !== 'not-saved') this.untold += 1;
    }
    await this.#getSpace();
    const reply = await this.#once(method, input);
    if (reply.ok) return reply.value;
    this.stuck ??= `${method} with space: ${reply.code}, ${reply.message}`;
    return null;
  }

  /** A page that finds another host shows its sitting anew first. */
  async #getSpace(): Promise<void> {
    const before = this.host;
    this.host = await this.#relieve(before);
    if (this.host === before || this.#sittingId === '') return;
    const shown = await this.#once('sitting.open', { sittingId: this.#sittingId });
    if (!shown.ok && shown.code !== 'finished') this.stuck = `sitting.open with space: ${shown.code}, ${shown.message}`;
  }

  async #once<M extends Method>(method: M, input: Input<M>): Promise<Reply<Outputs[M]>> {
    try {
      return await this.host.call(method, input);
    } catch (error) {
      return { ok: false, code: 'unreachable', message: String(error) };
    }
  }
}

function requestOf(index: number): string {
  return `request-${index}`;
}

function factsOf(commands: readonly SittingCommand[]): SittingFact[] {
  const form = edition();
  let state = begin(form, { type: 'started', payload: { settings: SETTINGS }, seq: 1, elapsedMs: 0, at: 0 });
  return commands.map((command) => {
    const decision = decide(form, state, command);
    if (!decision.ok || !decision.fact) throw new Error(`the script is wrong at ${command.type}`);
    state = apply(state, { ...decision.fact, seq: state.seq + 1, elapsedMs: 0, at: 0 });
    return decision.fact;
  });
}
