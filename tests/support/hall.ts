/** The application on a real database, with a clock and ids the test owns. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createApplication, type Application } from '../../main/application.ts';
import type { SittingSettings } from '../../main/exam/events.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { Failure } from '../../main/failure.ts';
import type { ActReply, Push, SittingView } from '../../main/contract.ts';
import type { Sittings } from '../../main/services/sittings.ts';
import { createJournal, type Journal } from '../../main/store/journal.ts';
import { openDatabase, type Db } from '../../main/store/open.ts';
import { freshFolder } from './folder.ts';
import { FORM_ID, libraryOf, PACK_ID, soundPack, type PackParts } from './pack.ts';

export const SETTINGS: SittingSettings = { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: 'Ada' };

/** The wall clock of the tests stands here at the start. */
export const NOON = Date.UTC(2026, 10, 22, 12);

type Step = 'start' | 'append' | 'finish' | 'beat';

export class Hall {
  application!: Application;
  sittings!: Sittings;
  journal!: Journal;
  db!: Db;
  readonly file: string;
  readonly pushes: Push[] = [];
  /** Readings of the injected clock, ms; monotonic time is fractional as the real one is. */
  monotonic = 5_000.25;
  wall = NOON;
  /** Journal methods that fail while they stand here, as on a full disk. */
  readonly failing = new Set<Step>();
  #library;
  #ids = 0;
  #seeds = 0;
  #requests = 0;

  constructor(change: (parts: PackParts) => void = () => {}, ...others: ((parts: PackParts) => void)[]) {
    this.file = join(freshFolder(), 'codehall.db');
    this.#library = libraryOf(soundPack(change), ...others.map((other) => soundPack(other)));
    this.boot();
    onTestFinished(() => {
      this.failing.clear();
      this.sittings.shutDown();
      this.db.close();
    });
  }

  /** Starts the program on the file. */
  boot(): void {
    this.db = openDatabase(this.file);
    const journal = createJournal(this.db);
    const { failing, db } = this;
    this.journal = new Proxy(journal, {
      get(target, name: Step) {
        const method = target[name] as unknown as (...given: unknown[]) => unknown;
        // The statement fails inside SQLite, and the journal puts that into its own terms.
        return (...given: unknown[]) =>
          failing.has(name) ? refusingWrites(db, () => method(...given)) : method(...given);
      },
    });
    this.application = createApplication({
      db: this.db,
      library: this.#library,
      journal: this.journal,
      clocks: { monotonicMs: () => this.monotonic, wallMs: () => this.wall },
      newId: () => `sitting-${++this.#ids}`,
      newSeed: () => `seed${++this.#seeds}`,
    });
    this.sittings = this.application.sittings;
    this.sittings.subscribe((push) => this.pushes.push(push));
  }

  /** The process is killed and started again; nothing is told to the application. */
  crash(): void {
    this.db.close();
    // Monotonic time starts anywhere after a restart.
    this.monotonic = 77.5;
    this.boot();
  }

  /** Another version of the pack lies in the folder from the next boot on. */
  changePack(change: (parts: PackParts) => void): void {
    this.#library = libraryOf(soundPack(change));
  }

  /** Lets time pass second by second, as the program's timer does. */
  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      this.monotonic += 1000;
      this.wall += 1000;
      this.sittings.tick();
    }
  }

  /** Lets time pass in which the program does not run. */
  sleep(seconds: number): void {
    this.monotonic += seconds * 1000;
    this.wall += seconds * 1000;
  }

  start(settings: Partial<SittingSettings> = {}, packId = PACK_ID): SittingView {
    return this.sittings.start({ packId, formId: FORM_ID, settings: { ...SETTINGS, ...settings } });
  }

  /** A sitting whose agreement is accepted; its window is held open. @returns its id. */
  exam(settings: Partial<SittingSettings> = {}): string {
    const { sittingId } = this.start(settings);
    this.sittings.hold(sittingId);
    this.act(sittingId, { type: 'agree' });
    return sittingId;
  }

  /** A command with the right `seq` and a new request id. */
  act(sittingId: string, command: SittingCommand): ActReply {
    const { seq } = this.sittings.clock({ sittingId });
    return this.send(sittingId, command, seq, `request-${++this.#requests}-id`);
  }

  send(sittingId: string, command: SittingCommand, seq: number, requestId: string): ActReply {
    return this.sittings.act({ sittingId, requestId, seq, command });
  }

  types(sittingId: string): string[] {
    return this.journal.events(sittingId).map((event) => event.type);
  }

  results(): number {
    return (this.db.prepare('SELECT count(*) AS n FROM result').get() as { n: number }).n;
  }
}

function refusingWrites<T>(db: Db, work: () => T): T {
  db.pragma('query_only = ON');
  try {
    return work();
  } finally {
    db.pragma('query_only = OFF');
  }
}

/** The failure the work ends with. */
export function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
