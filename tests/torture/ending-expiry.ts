/** Ends around the moment at which time runs out: the application in this process, with a clock of its own. */
import { join } from 'node:path';
import type { FinishCause } from '../../main/exam/events.ts';
import { seeded } from '../../main/exam/random.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { Failure } from '../../main/failure.ts';
import { createSittings, type Sittings } from '../../main/services/sittings.ts';
import { createHistory } from '../../main/store/history.ts';
import { createJournal } from '../../main/store/journal.ts';
import { openDatabase } from '../../main/store/open.ts';
import { FORM_ID, KEYS, libraryOf, PACK_ID, soundPack } from '../support/pack.ts';
import type { Count } from './ending-hosts.ts';
import { withFolder } from './host.ts';
import { wrongEnds, type Ended } from './stored.ts';

const MINUTES = 1;
const LIMIT_MS = MINUTES * 60_000;
/** Times are whole multiples of this, which a number holds exactly: what is due does not hang on rounding. */
const GRAIN_MS = 0.25;
const NOON = Date.UTC(2026, 10, 22, 12);

/**
 * Some sittings in one database, each ended at about the second of its expiry.
 * @returns for each that did not come to exactly one right result what is wrong, in words.
 */
export function endAtExpiry(endings: number, seed: string, count: Count): Promise<string[]> {
  return withFolder(async (folder) => {
    const file = join(folder, 'codehall.db');
    const db = openDatabase(file);
    const random = seeded(seed);
    const time = { monotonic: 5_000.25 };
    let ids = 0;
    const sittings = createSittings({
      library: libraryOf(soundPack(({ blueprint }) => (blueprint.minutes = MINUTES))),
      journal: createJournal(db),
      history: createHistory(db),
      clocks: { monotonicMs: () => time.monotonic, wallMs: () => NOON + Math.floor(time.monotonic) },
      newId: () => `expiry-${++ids}`,
      newSeed: () => 'seed1',
    });
    const all: Ended[] = [];
    const heard = new Map<string, string[]>();
    try {
      for (let at = 0; at < endings; at++) {
        const sitting = new Expiring(sittings, time, `expiry-${at}`, random);
        const ended = sitting.run();
        all.push(ended);
        count(`expiry: ended by ${ended.expected!.cause}`);
        heard.set(sitting.id, sitting.wrong);
      }
    } finally {
      sittings.shutDown();
      db.close();
    }
    const stored = wrongEnds(file, all);
    return all
      .map(({ sittingId }) => [...heard.get(sittingId)!, ...stored.get(sittingId)!].join('; '))
      .filter((words) => words !== '');
  });
}

/** One such sitting, and what should become of it by the plainest reckoning. */
class Expiring {
  readonly id: string;
  readonly wrong: string[] = [];
  #sittings: Sittings;
  #time: { monotonic: number };
  #name: string;
  #random: () => number;
  #seq: number;
  #requests = 0;
  #elapsedMs = 0;
  #answers: string[][] = KEYS.map(() => []);
  #cause: FinishCause | null = null;
  /** The last end that was sent, and whether it was taken. */
  #end = { requestId: '', taken: false };

  constructor(sittings: Sittings, time: { monotonic: number }, name: string, random: () => number) {
    this.#sittings = sittings;
    this.#time = time;
    this.#name = name;
    this.#random = random;
    const settings = { order: 'front-to-back', timeFactor: 1, proctored: false, candidate: name } as const;
    const { sittingId, seq } = sittings.start({ packId: PACK_ID, formId: FORM_ID, settings });
    this.id = sittingId;
    this.#seq = seq;
  }

  run(): Ended {
    const letGo = this.#sittings.hold(this.id);
    this.#send({ type: 'agree' }, this.#newRequestId());
    this.#sitUntil(LIMIT_MS + this.#aboutExpiry());
    const calls = [this.#tick, this.#endIt, this.#endAgain, this.#answer, this.#second, this.#hall, this.#ask];
    for (let left = Math.floor(this.#random() * 5); left > 0; left--)
      calls[Math.floor(this.#random() * calls.length)]!.call(this);
    this.#endIt();
    if (this.#random() < 0.5) this.#endAgain();
    letGo();
    const { score, sealed } = this.#sittings.result({ sittingId: this.id });
    return {
      sittingId: this.id,
      answers: this.#answers,
      reported: { points: score?.points ?? null, sealed },
      expected: { cause: this.#cause!, elapsedMs: Math.min(LIMIT_MS, Math.floor(this.#elapsedMs)) },
    };
  }

  /** How far from the expiry the end comes: to the grain, to the millisecond or to the second. */
  #aboutExpiry(): number {
    const within = [0, GRAIN_MS, 1, 1_000][Math.floor(this.#random() * 4)]!;
    return Math.round(((this.#random() * 2 - 1) * within) / GRAIN_MS) * GRAIN_MS;
  }

  /** Answers now and then; the last step is not read by a tick. */
  #sitUntil(elapsedMs: number): void {
    while (elapsedMs - this.#elapsedMs > 9_000) {
      this.#pass(1_000 + Math.floor(this.#random() * 30_000) * GRAIN_MS);
      if (this.#random() < 0.6) this.#answer();
      else this.#tick();
    }
    this.#pass(elapsedMs - this.#elapsedMs);
  }

  #pass(ms: number): void {
    this.#time.monotonic += ms;
    if (this.#cause === null) this.#elapsedMs += ms;
  }

  /** Whether the sitting has ended once the clock has been read. */
  #hasEnded(): boolean {
    if (this.#cause === null && this.#elapsedMs >= LIMIT_MS) this.#cause = 'time';
    return this.#cause !== null;
  }

  #tick(): void {
    this.#hasEnded();
    this.#sittings.tick();
  }

  #second(): void {
    this.#pass(1_000);
    this.#tick();
  }

  #hall(): void {
    const ended = this.#hasEnded();
    const listed = this.#sittings.hall().unfinished.some(({ sittingId }) => sittingId === this.id);
    this.#expect('the hall lists it as unfinished', listed, !ended);
  }

  /** Asks for the report, which is there only behind the end. */
  #ask(): void {
    const ended = this.#hasEnded();
    this.#expect(
      'a report',
      this.#isTaken(() => this.#sittings.result({ sittingId: this.id })),
      ended,
    );
  }

  #answer(): void {
    const ended = this.#hasEnded();
    const number = 1 + Math.floor(this.#random() * KEYS.length);
    const options = this.#random() < 0.6 ? [...KEYS[number - 1]!] : ['d'];
    const taken = this.#send({ type: 'respond', number, options }, this.#newRequestId());
    if (taken) this.#answers[number - 1] = options;
    this.#expect('an answer', taken, !ended);
  }

  #endIt(): void {
    const ended = this.#hasEnded();
    const requestId = this.#newRequestId();
    const taken = this.#send({ type: 'end' }, requestId);
    this.#end = { requestId, taken };
    if (!ended) this.#cause = 'candidate';
    this.#expect('an end', taken, !ended);
  }

  #endAgain(): void {
    if (this.#end.requestId === '') return this.#endIt();
    const { requestId, taken } = this.#end;
    this.#expect('the same end again', this.#send({ type: 'end' }, requestId), taken);
  }

  #send(command: SittingCommand, requestId: string): boolean {
    return this.#isTaken(() => {
      ({ seq: this.#seq } = this.#sittings.act({ sittingId: this.id, requestId, seq: this.#seq, command }));
    });
  }

  #isTaken(work: () => unknown): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Failure) || !['finished', 'not-finished'].includes(error.code)) throw error;
      return false;
    }
  }

  #expect(what: string, is: boolean, should: boolean): void {
    if (is !== should) this.wrong.push(`${what}: ${is ? 'yes' : 'no'} at ${this.#elapsedMs} ms`);
  }

  #newRequestId(): string {
    return `${this.#name}-request-${++this.#requests}`;
  }
}
