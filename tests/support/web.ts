/** The web host on a port of 127.0.0.1, and raw requests to it: nothing here tidies a path or a header. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AppInfo, Push, Reply } from '../../main/contract.ts';
import { createDispatch } from '../../main/dispatch.ts';
import { listStaticFiles } from '../../main/static-files.ts';
import { startWebHost, type WebHost } from '../../main/web-host.ts';
import { freshFolder } from './folder.ts';
import { Hall } from './hall.ts';
import { NO_DATA } from './no-data.ts';

export const TOKEN = 'token-of-the-test';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json(): Reply<unknown>;
}

export class Web {
  readonly hall: Hall;
  readonly origin: string;
  /** Faults the program logged. */
  readonly faults: unknown[];

  readonly close: () => Promise<void>;

  private constructor(hall: Hall, { origin, close }: WebHost, faults: unknown[]) {
    this.hall = hall;
    this.close = close;
    this.origin = origin;
    this.faults = faults;
  }

  static async start(): Promise<Web> {
    const hall = new Hall();
    const folder = join(freshFolder(), 'renderer');
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Codehall</title>');
    writeFileSync(join(folder, 'assets', 'app.js'), 'export {};');
    writeFileSync(join(folder, '..', 'secret.json'), '"secret"');
    const faults: unknown[] = [];
    const dispatch = createDispatch(
      () => hall.application,
      () => ({ version: '1', host: 'web' }) as AppInfo,
      (error) => faults.push(error),
      NO_DATA,
    );
    const parts = { dispatch, sittings: hall.sittings, files: listStaticFiles(folder), token: TOKEN };
    const host = await startWebHost(parts, 0);
    onTestFinished(() => host.close());
    return new Web(hall, host, faults);
  }

  get host(): string {
    return this.origin.slice('http://'.length);
  }

  /** One request as it is given; `body` is sent in the given pieces. */
  raw(method: string, path: string, headers: OutgoingHttpHeaders = {}, ...body: string[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request(this.origin, { method, path, headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (text += piece));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text,
            json: () => JSON.parse(text) as Reply<unknown>,
          }),
        );
        response.on('error', reject);
      });
      call.on('error', reject);
      for (const piece of body) call.write(piece);
      call.end();
    });
  }

  /** A well-formed call, its headers changed as given; `undefined` takes one away. */
  call(method: string, input: unknown, change: OutgoingHttpHeaders = {}): Promise<Answer> {
    const headers: OutgoingHttpHeaders = {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      ...change,
    };
    for (const name of Object.keys(headers)) if (headers[name] === undefined) delete headers[name];
    return this.raw('POST', `/api/${method}`, headers, typeof input === 'string' ? input : JSON.stringify(input));
  }

  /** Watches a sitting. Resolves when the stream is open. */
  watch(sittingId: string): Promise<Watch> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const call = request(this.origin, { path: `/watch/${sittingId}`, headers, agent: false }, (response) =>
        resolve(new Watch(response)),
      );
      call.on('error', reject);
      call.end();
    });
  }
}

/** An open stream of pushes. */
export class Watch {
  readonly status: number;
  readonly response: IncomingMessage;
  #heard: Push[] = [];
  #waiting: (() => void) | null = null;

  constructor(response: IncomingMessage) {
    this.status = response.statusCode!;
    this.response = response;
    let rest = '';
    response.setEncoding('utf8');
    response.on('error', () => {});
    response.on('data', (piece: string) => {
      const lines = (rest + piece).split('\n');
      rest = lines.pop()!;
      this.#heard.push(...lines.map((line) => JSON.parse(line) as Push));
      this.#waiting?.();
    });
  }

  /** The next push; waits for it. */
  async next(): Promise<Push> {
    while (this.#heard.length === 0) await new Promise<void>((resolve) => (this.#waiting = resolve));
    return this.#heard.shift()!;
  }

  close(): void {
    this.response.destroy();
  }
}
