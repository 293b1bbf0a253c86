/**
 * The web host: the renderer's files and the API on 127.0.0.1. A page elsewhere cannot reach in: Host, Origin,
 * content type and token are checked, there is no CORS, and only the contract's methods exist.
 */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_IMPORT_BYTES } from './contract/transfer.ts';
import type { ErrorCode, Push, Reply } from './contract.ts';
import type { Dispatch } from './dispatch.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { Sittings } from './services/sittings.ts';
import type { StaticFile } from './static-files.ts';

/** The largest call but one, a note with its command, is far smaller. */
const MAX_BODY_BYTES = 64 * 1024;

export interface WebHostParts {
  dispatch: Dispatch;
  sittings: Pick<Sittings, 'hold' | 'subscribe'>;
  files: ReadonlyMap<string, StaticFile>;
  token: string;
}

export interface WebHost {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  close(): Promise<void>;
}

/** Starts listening on 127.0.0.1. @param port 0 for any free one. */
export async function startWebHost(parts: WebHostParts, port: number): Promise<WebHost> {
  const server = createServer((request, response) => {
    handle(parts, server, request, response).catch((error: unknown) => {
      // Whoever hung up before the call was whole hears no answer, and made no mistake of the program's.
      if (request.errored && !request.complete) return;
      console.error(error);
      if (!response.headersSent) refuse(response, 500, 'internal', 'Codehall made a mistake here.');
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: originOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function handle(
  parts: WebHostParts,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [header, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(header, value);
  const origin = originOf(server);
  // One Host and a version, as RFC 9112 asks of every request; no browser sends anything else.
  if (request.httpVersionMajor !== 1 || request.headersDistinct['host']?.length !== 1)
    return refuse(response, 400, 'bad-input', 'This is no request that Codehall answers.');
  // A foreign name that resolves to this machine (DNS rebinding) shows in the Host header.
  if (`http://${request.headers.host}` !== origin)
    return refuse(response, 421, 'refused', 'Codehall answers only under its own address.');
  if (request.headers.origin !== undefined && request.headers.origin !== origin)
    return refuse(response, 403, 'refused', 'Another page may not call Codehall.');

  // As it was sent: what is not exactly a known path is not there.
  const path = request.url!.split('?', 1)[0]!;
  const [, area, name, ...rest] = path.split('/');
  if (area === 'api' && name && rest.length === 0) return api(parts, name, request, response);
  if (area === 'watch' && name && rest.length === 0) return watch(parts, name, request, response);
  return file(parts, path, request, response);
}

async function api(
  parts: WebHostParts,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') return refuse(response, 405, 'refused', 'Methods are called by POST.');
  if (!holdsToken(request, parts.token)) return refuse(response, 401, 'refused', 'The token is missing or wrong.');
  if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/json')
    return refuse(response, 415, 'bad-input', 'The body must be application/json.');
  const most = maxBodyBytes(method);
  const body = await readBody(request, most);
  if (body === null) {
    response.setHeader('connection', 'close');
    return refuse(response, 413, 'bad-input', `The body is larger than ${sizeOf(most)}.`);
  }
  let input: unknown;
  try {
    input = body === '' ? {} : JSON.parse(body);
  } catch {
    return refuse(response, 400, 'bad-input', 'The body is not JSON.');
  }
  const reply = parts.dispatch(method, input);
  send(response, reply.ok ? 200 : statusOf(reply.code), reply);
}

/** A stream of pushes, one JSON object a line. While it is open, the candidate's window is there. */
async function watch(
  parts: WebHostParts,
  sittingId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET') return refuse(response, 405, 'refused', 'A sitting is watched by GET.');
  if (!holdsToken(request, parts.token)) return refuse(response, 401, 'refused', 'The token is missing or wrong.');
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  response.flushHeaders();
  const release = parts.sittings.hold(sittingId);
  const end = parts.sittings.subscribe((push: Push) => {
    if (push.sittingId === sittingId) response.write(`${JSON.stringify(push)}\n`);
  });
  response.on('close', () => {
    end();
    try {
      release();
    } catch (error) {
      // Its last moments could not be written down; the clock stands still all the same.
      console.error(error);
    }
  });
}

function file(parts: WebHostParts, path: string, request: IncomingMessage, response: ServerResponse): void {
  const found = parts.files.get(path);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'refused', 'Files are only read.');
  if (!found) return refuse(response, 404, 'not-found', 'There is no such page.');
  response.writeHead(200, {
    'content-type': found.type,
    'cache-control': found.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : found.read());
}

function holdsToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${bytes / 1024} kB` : `${bytes / 1024 / 1024} MB`;
}

/** Only a history to be imported may be large. */
function maxBodyBytes(method: string): number {
  return method === 'history.import' ? MAX_IMPORT_BYTES : MAX_BODY_BYTES;
}

/** The body as text, or `null` when it is larger than `most` bytes; nothing past the cap is kept. */
async function readBody(request: IncomingMessage, most: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'unknown-method':
    case 'not-found':
      return 404;
    case 'bad-input':
      return 400;
    case 'refused':
    case 'stale':
    case 'finished':
    case 'not-finished':
      return 409;
    case 'not-saved':
    case 'damaged':
      return 503;
    default:
      return 500;
  }
}

function refuse(response: ServerResponse, status: number, code: ErrorCode, message: string): void {
  send(response, status, { ok: false, code, message });
}

function send(response: ServerResponse, status: number, reply: Reply<unknown>): void {
  const body = JSON.stringify(reply);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
