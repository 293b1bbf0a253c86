/** The program on a small pack with a clock the test owns: the shipped application and web host, in this process. */
import { NO_DATA } from '../../support/no-data.ts';
import { join } from 'node:path';
import { createApplication } from '../../../main/application.ts';
import { createDispatch } from '../../../main/dispatch.ts';
import { loadLibrary } from '../../../main/services/library.ts';
import type { Sittings } from '../../../main/services/sittings.ts';
import { listStaticFiles } from '../../../main/static-files.ts';
import { StoreError } from '../../../main/store/errors.ts';
import { createJournal, type Journal } from '../../../main/store/journal.ts';
import { openDatabase, type Db } from '../../../main/store/open.ts';
import { startWebHost, type WebHost } from '../../../main/web-host.ts';
import { type PackParts, writePack } from '../../support/pack.ts';
import { ROOT } from './shipped-host.ts';

const TOKEN = 'token-of-the-test';

export class Lab {
  readonly #dataDir: string;
  #db!: Db;
  #sittings!: Sittings;
  #web!: WebHost;
  #port = 0;
  #monotonicMs = 1_000;
  #wallMs = Date.UTC(2026, 10, 22, 12);
  #ids = 0;
  /** The process is gone: what it would still do does not happen. */
  #dead = false;
  /** While set, nothing can be written, as on a full disk. */
  diskFull = false;

  private constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Writes the pack into the data folder's packs, changed as the test wants it, and starts. */
  static async start(dataDir: string, change: (parts: PackParts) => void = () => {}): Promise<Lab> {
    writePack(join(dataDir, 'packs', 'small'), change);
    const lab = new Lab(dataDir);
    await lab.#boot();
    return lab;
  }

  get url(): string {
    return `${this.#web.origin}/#token=${TOKEN}`;
  }

  async #boot(): Promise<void> {
    this.#db = openDatabase(join(this.#dataDir, 'codehall.db'));
    const packDirs = [join(this.#dataDir, 'packs')];
    const library = loadLibrary(packDirs);
    const application = createApplication({
      db: this.#db,
      library,
      journal: this.#onDisk(createJournal(this.#db)),
      clocks: { monotonicMs: () => this.#monotonicMs, wallMs: () => this.#wallMs },
      newId: () => `sitting-${++this.#ids}`,
      newSeed: () => 'lab1',
    });
    this.#sittings = application.sittings;
    const info = () => ({
      version: '0.0.0',
      host: 'web' as const,
      dataDir: this.#dataDir,
      packDirs,
      packs: [],
      problems: library.problems,
    });
    const dispatch = createDispatch(
      () => application,
      info,
      () => {},
      NO_DATA,
    );
    const files = listStaticFiles(join(ROOT, 'dist', 'renderer'));
    this.#web = await startWebHost({ dispatch, sittings: this.#sittings, files, token: TOKEN }, this.#port);
    this.#port = Number(new URL(this.#web.origin).port);
  }

  #onDisk(journal: Journal): Journal {
    const write = <A extends unknown[]>(method: (...given: A) => void) => {
      return (...given: A) => {
        if (this.#dead) return;
        if (this.diskFull) throw new StoreError('not-saved', 'The journal could not be written (no space left).');
        method(...given);
      };
    };
    return {
      ...journal,
      start: write(journal.start),
      append: write(journal.append),
      finish: write(journal.finish),
      beat: write(journal.beat),
    };
  }

  /** Lets time pass in main, second by second, as its timer does. */
  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      this.#monotonicMs += 1_000;
      this.#wallMs += 1_000;
      this.#sittings.tick();
    }
  }

  /** The wall clock alone is set, as a user can. */
  setWallClock(bySeconds: number): void {
    this.#wallMs += bySeconds * 1_000;
  }

  /** The process dies without a word. */
  async die(): Promise<void> {
    this.#dead = true;
    await this.#web.close();
    this.#db.close();
  }

  /** Starts again on the same data and address, some time later. */
  async restart(afterSeconds: number): Promise<void> {
    this.#wallMs += afterSeconds * 1_000;
    this.#monotonicMs = 50;
    this.#dead = false;
    await this.#boot();
  }

  async stop(): Promise<void> {
    this.#dead = true;
    await this.#web.close();
    if (this.#db.open) this.#db.close();
  }
}
