/** Hostile requests to the shipped web host: each is refused, changes nothing, tells nothing and holds nothing up. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { DATABASE } from '../../main/program.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { seeded, shuffled } from '../../main/exam/random.ts';
import { startHost, withFolder, writeSmallPack, type Host } from './host.ts';
import { pause } from './lanes.ts';
import { CALLERS, type Kinds } from './request-callers.ts';
import { CONTENTS } from './request-contents.ts';
import { WIRE } from './request-wire.ts';
import { row, type Row, type Trial, type TrialOptions } from './trial.ts';
import { openLine, type Answer, type Attack, type Line, type Target } from './wire.ts';

/** Tries of a kind, at the least. */
const TRIES = 5;
/** The host must answer a good request within this, ms. */
const ANSWER_MS = 1_000;
/** An attack that is neither answered nor cut off for this long is let go, ms. */
const PATIENCE_MS = 3_000;
/** Held connections are looked at after this, ms. */
const HELD_MS = 500;
/** Node cuts off headers after a minute and looks every half; a slow body is not waited for. */
const SLOW_HEADERS_MS = 100_000;
const SLOW_HEADERS = 'headers that come slowly';

const KINDS: Kinds = { ...CALLERS, ...CONTENTS, ...WIRE };

interface Tally {
  kinds: number;
  letIn: number;
  changed: number;
  told: number;
  silent: number;
}

/** More than 50 kinds of hostile requests, most of them with the right token, to the host as it is shipped. */
export const requests: Trial = {
  name: 'requests',
  title: 'sends the web host what a hostile page or program might',
  run: (options) =>
    withFolder(async (folder) => {
      const dataDir = join(folder, 'data');
      const exams = writeSmallPack(folder);
      await leaveSitting(dataDir, exams);
      const before = stored(dataDir);
      const tally: Tally = { kinds: 0, letIn: 0, changed: 0, told: 0, silent: 0 };
      const siege = new Siege(options, tally, dataDir, exams);
      await siege.run();
      const changed = stored(dataDir) === before ? tally.changed : Math.max(1, tally.changed);
      return rows({ ...tally, changed });
    }),
};

function rows({ kinds, letIn, changed, told, silent }: Tally): Row[] {
  return [
    row('requests: let in', kinds, letIn),
    row('requests: changed what is stored or shown', kinds, changed),
    row('requests: answered with a secret, or to another origin', kinds, told),
    row('requests: host no longer answering within 1 s', kinds, silent),
  ];
}

/** A sitting with an answer in it, left for the hall: something to lose. */
async function leaveSitting(dataDir: string, exams: string): Promise<void> {
  const host = await startHost(dataDir, exams);
  const settings = { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: 'Ada' } as const;
  const started = await host.call('sitting.start', { packId: 'small', formId: 'a', settings });
  if (!started.ok) throw new Error(started.message);
  const { sittingId } = started.value;
  let { seq } = started.value;
  const commands: SittingCommand[] = [{ type: 'agree' }, { type: 'respond', number: 1, options: ['a'] }];
  for (const command of commands) {
    const reply = await host.call('sitting.act', { sittingId, seq, requestId: `request-${seq}-of-ada`, command });
    if (!reply.ok) throw new Error(reply.message);
    ({ seq } = reply.value);
  }
  await host.call('sitting.leave', { sittingId });
  await host.stop('SIGTERM');
}

/** Every row of the database but those of its form, as text. */
function stored(dataDir: string): string {
  const db = new Database(join(dataDir, DATABASE), { readonly: true });
  try {
    const tables = db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      .pluck()
      .all();
    return JSON.stringify(tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]));
  } finally {
    db.close();
  }
}

/** The host under attack; it is started again where it has ended. */
class Siege {
  readonly #options: TrialOptions;
  readonly #tally: Tally;
  readonly #dataDir: string;
  readonly #exams: string;
  #host!: Host;
  #shown = '';

  constructor(options: TrialOptions, tally: Tally, dataDir: string, exams: string) {
    this.#options = options;
    this.#tally = tally;
    this.#dataDir = dataDir;
    this.#exams = exams;
  }

  async run(): Promise<void> {
    const { short, seed, say } = this.#options;
    await this.#start();
    const slow = short ? null : this.#slowHeaders();
    try {
      let tries = 0;
      for (const [name, attacksOn] of Object.entries(KINDS)) {
        this.#tally.kinds += 1;
        const count = short ? 1 : Math.max(TRIES, attacksOn(this.#target).length);
        for (let n = 0; n < count; n++, tries++) {
          // The token and the port are others after a new start, the variants are not.
          const order = shuffled([...attacksOn(this.#target).keys()], seeded(`${seed} ${name}`));
          const attack = attacksOn(this.#target)[order[n % order.length]!]!;
          await this.#try(name, attack);
        }
      }
      say(`${this.#tally.kinds} kinds, ${tries} tries`);
      await slow;
    } finally {
      await this.#host.stop('SIGTERM');
    }
  }

  get #target(): Target {
    const { hostname, port, host } = new URL(this.#host.url);
    if (hostname !== '127.0.0.1') throw new Error(`the host listens on ${hostname}`);
    return { port: Number(port), host, origin: this.#host.origin, token: this.#host.token };
  }

  async #start(): Promise<void> {
    this.#host = await startHost(this.#dataDir, this.#exams);
    this.#shown = await this.#look();
  }

  async #try(name: string, attack: Attack): Promise<void> {
    const target = this.#target;
    const lines = Array.from({ length: attack.connections ?? 1 }, () => openLine(target, attack));
    if (attack.held) await pause(HELD_MS);
    else await Promise.race([Promise.all(lines.map(({ ended }) => ended)), pause(PATIENCE_MS)]);
    await this.#judge(name, attack, lines);
    for (const line of lines) line.drop();
  }

  async #judge(name: string, attack: Attack, lines: readonly Line[]): Promise<void> {
    const fault = (what: keyof Tally, words: string) => {
      this.#tally[what] += 1;
      const sent = String(attack.pieces[0] ?? '')
        .replaceAll(this.#host.token, 'TOKEN')
        .slice(0, 300);
      this.#options.say(`${name}: ${words}: ${JSON.stringify(sent)}`);
    };
    const answers = lines.map(({ answer }) => answer);
    const letIn = attack.inOrder ? undefined : answers.find((answer) => !isRefused(answer, attack));
    if (letIn) fault('letIn', `let in (${letIn.statuses.join(' ') || 'neither answered nor cut off'})`);
    const telling = answers.find((answer) => tellsSecret(answer, this.#host.token, this.#dataDir));
    if (telling) fault('told', `told too much (${telling.text.slice(0, 300)})`);
    let shown: string | null = null;
    try {
      shown = await this.#look();
    } catch (error) {
      fault('silent', `no good answer any more (${String(error)})`);
      await this.#host.stop();
      await this.#start();
    }
    if (shown !== null && shown !== this.#shown) {
      fault('changed', 'what the hall shows has changed');
      this.#shown = shown;
    }
  }

  /** Good requests, each with the time it may take. @returns what can be seen from outside. */
  async #look(): Promise<string> {
    const { origin, token } = this.#host;
    const seen: string[] = [];
    for (const method of ['hall.show', 'history.deleted', 'app.info']) {
      const response = await fetch(`${origin}/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
        body: '{}',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      seen.push(`${response.status} ${await response.text()}`);
    }
    return seen.join('\n');
  }

  /** Connections that never come to the end of their headers are cut off by the host itself. */
  async #slowHeaders(): Promise<void> {
    const [attack] = KINDS[SLOW_HEADERS]!(this.#target);
    const lines = Array.from({ length: 10 }, () => openLine(this.#target, { ...attack!, gapMs: 1_000 }));
    await Promise.race([Promise.all(lines.map(({ ended }) => ended)), pause(SLOW_HEADERS_MS)]);
    const left = lines.filter(({ answer }) => !answer.closed).length;
    for (const line of lines) line.drop();
    this.#tally.letIn += left > 0 ? 1 : 0;
    this.#options.say(`${lines.length - left} of ${lines.length} slow connections were cut off by the host`);
  }
}

/** Whether a connection was answered by refusals alone or cut off; one that is held may also stay unanswered. */
function isRefused({ statuses, closed }: Answer, { held }: Attack): boolean {
  const allRefused = statuses.every((status) => status >= 400 && status < 500);
  return allRefused && (closed || held === true);
}

/** Whether an answer holds what only the program may know, or lets another origin read it. */
function tellsSecret({ text }: Answer, token: string, dataDir: string): boolean {
  const secrets = [token, dataDir, DATABASE, 'RATIONALE', 'root:x:0', '"devDependencies"', 'node:internal'];
  return (
    secrets.some((secret) => text.includes(secret)) || /^\s+at .*:\d+|^access-control-|^set-cookie|^x: y/im.test(text)
  );
}
