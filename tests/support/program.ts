/** The whole program on a data folder of its own, with clocks the test owns. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Input, Method, Outputs, Reply } from '../../main/contract.ts';
import { createProgram, DATABASE, type Program } from '../../main/program.ts';
import { EVERYTHING } from './everything.ts';
import { freshFolder } from './folder.ts';
import { NOON, SETTINGS } from './hall.ts';
import { FORM_ID, KEYS, PACK_ID, writePack } from './pack.ts';

export class TestProgram {
  readonly dataDir: string;
  readonly faults: unknown[] = [];
  readonly notes: string[] = [];
  wall = NOON;
  monotonic = 0;
  #exams: string;
  #program: Program | null = null;
  #ids = 0;

  constructor() {
    const folder = freshFolder();
    this.dataDir = join(folder, 'data');
    mkdirSync(this.dataDir);
    this.#exams = join(folder, 'exams');
    writePack(join(this.#exams, PACK_ID));
    onTestFinished(() => this.stop());
  }

  get file(): string {
    return join(this.dataDir, DATABASE);
  }

  get program(): Program {
    return (this.#program ??= createProgram({
      host: 'web',
      version: '1.0.0',
      dataDir: this.dataDir,
      examsFolder: this.#exams,
      clocks: { monotonicMs: () => this.monotonic, wallMs: () => this.wall },
      newId: () => `sitting-${this.wall}-${++this.#ids}`,
      newSeed: () => 'seed',
      pause: () => Promise.resolve(),
      log: {
        note: (text) => this.notes.push(text),
        fault: (error) => this.faults.push(error),
        recent: () => ['a line of the log'],
      },
      environment: () => ['a machine'],
    }));
  }

  /** Ends the program; the next use starts it again. */
  stop(): void {
    this.#program?.close();
    this.#program = null;
  }

  call<M extends Method>(method: M, input: Input<M>): Reply<Outputs[M]> {
    return this.program.dispatch(method, input) as Reply<Outputs[M]>;
  }

  value<M extends Method>(method: M, input: Input<M>): Outputs[M] {
    const reply = this.call(method, input);
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
    return reply.value;
  }

  /** Lets what is done in the background come to its end. */
  async lookAfterData(): Promise<void> {
    await this.program.lookAfterData();
  }

  /** Starts a sitting and answers its first `right` questions by key. @returns its id and how to go on. */
  begin(right: number): { sittingId: string; end(): void } {
    const { sittingId, seq } = this.value('sitting.start', { packId: PACK_ID, formId: FORM_ID, settings: SETTINGS });
    let last = seq;
    const act = (command: Input<'sitting.act'>['command']) => {
      const requestId = `request-${sittingId.slice(-12)}-${last}`;
      last = this.value('sitting.act', { sittingId, requestId, seq: last, command }).seq;
    };
    act({ type: 'agree' });
    for (let number = 1; number <= right; number++) act({ type: 'respond', number, options: [...KEYS[number - 1]!] });
    return { sittingId, end: () => act({ type: 'end' }) };
  }

  /** A whole sitting. @returns its id. */
  sit(right: number): string {
    this.wall += 1000;
    const { sittingId, end } = this.begin(right);
    end();
    return sittingId;
  }

  points(): (number | null)[] {
    return this.value('history.page', EVERYTHING).entries.map(({ points }) => points);
  }
}
