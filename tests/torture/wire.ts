/** Requests as bytes on a socket: nothing tidies a path, a header or a length. */
import { connect, type Socket } from 'node:net';

/** The host under attack, as the one who knows its token sees it. */
export interface Target {
  port: number;
  /** `127.0.0.1:PORT` */
  host: string;
  origin: string;
  token: string;
}

/** What is sent over one or more connections. */
export interface Attack {
  /** Written one after the other; then the sender ends its side, unless the connection is to be held. */
  pieces: readonly (string | Buffer)[];
  /** Between two pieces, ms. */
  gapMs?: number;
  /** At once; 1 unless given. */
  connections?: number;
  /** The connections stay open while the host is asked for something good, and are dropped after it. */
  held?: boolean;
  /** Another address of this machine. */
  address?: string;
  /** Dropped hard as soon as all has been sent. */
  reset?: boolean;
  /** It comes with the token and is in order: only the host's answering afterwards counts. */
  inOrder?: boolean;
}

/** What came back over one connection. */
export interface Answer {
  /** Without the passing ones, such as 100. */
  statuses: number[];
  text: string;
  /** By the host, within the time there was. */
  closed: boolean;
}

/** A connection under way. */
export interface Line {
  answer: Answer;
  /** Resolves when the host has closed it. */
  ended: Promise<void>;
  drop(): void;
}

/** Opens one connection and sends an attack over it. */
export function openLine({ port }: Target, { pieces, gapMs = 0, held, address, reset }: Attack): Line {
  const socket = connect(port, address ?? '127.0.0.1');
  const answer: Answer = { statuses: [], text: '', closed: false };
  const ended = new Promise<void>((resolve) => {
    socket.on('data', (piece: Buffer) => {
      answer.text += piece.toString('latin1');
      answer.statuses = statusesOf(answer.text);
    });
    // A reset is a refusal as well.
    socket.on('error', () => {});
    socket.on('close', () => {
      answer.closed = true;
      resolve();
    });
  });
  void send(socket, pieces, gapMs).then(() => {
    if (reset) socket.resetAndDestroy();
    else if (!held) socket.end();
  });
  return { answer, ended, drop: () => socket.destroy() };
}

async function send(socket: Socket, pieces: readonly (string | Buffer)[], gapMs: number): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    socket.write(piece);
    if (gapMs > 0) await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
}

function statusesOf(text: string): number[] {
  return [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)]
    .map(([, status]) => Number(status))
    .filter((status) => status !== 100);
}

/** How a request differs from a good one. */
export interface Change {
  method?: string;
  path?: string;
  version?: string;
  /** In place of the good ones, by the same name; `null` takes one away. */
  headers?: Readonly<Record<string, string | null>>;
  /** Header lines besides. */
  lines?: readonly string[];
  body?: string | Buffer;
}

/** A call that starts a sitting: let in, it shows in the hall. */
export const START = JSON.stringify({
  packId: 'small',
  formId: 'a',
  settings: { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: 'Mallory' },
});

/** A good call that starts a sitting, but for what is changed. */
export function request(target: Target, change: Change = {}): Buffer {
  const { method = 'POST', path = '/api/sitting.start', version = 'HTTP/1.1', body = START } = change;
  const headers: Record<string, string | null> = {
    Host: target.host,
    Authorization: `Bearer ${target.token}`,
    'Content-Type': 'application/json',
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
    ...change.headers,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const head = [`${method} ${path}${version && ` ${version}`}`, ...lines, ...(change.lines ?? [])].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}

/** The same in chunks, which tells no length. */
export function chunked(target: Target, chunks: readonly string[], change: Change = {}): Buffer {
  const headers = { ...change.headers, 'Content-Length': null, 'Transfer-Encoding': 'chunked' };
  const head = request(target, { ...change, headers, body: '' });
  const size = (chunk: string) => Buffer.byteLength(chunk).toString(16);
  return Buffer.concat([
    head,
    ...chunks.map((chunk) => Buffer.from(`${size(chunk)}\r\n${chunk}\r\n`)),
    Buffer.from('0\r\n\r\n'),
  ]);
}
