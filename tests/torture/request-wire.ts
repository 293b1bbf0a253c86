/** What is no proper HTTP, and what comes in crowds, slowly or at the wrong door. */
import { networkInterfaces } from 'node:os';
import { once, type Kinds } from './request-callers.ts';
import { chunked, request, START, type Attack, type Target } from './wire.ts';

const CROWD = 300;
/** Pieces a slow sender keeps ready. */
const SLOW_PIECES = 40;

const bytes = (...texts: (string | Buffer)[]): Attack => ({
  pieces: [Buffer.concat(texts.map((text) => Buffer.from(text)))],
});
const unsigned = { headers: { Authorization: null } };
const hiddenCall = (target: Target) => request(target).toString();
const heads = (target: Target, lines: readonly string[], body = START) =>
  lines.map((line) => once(target, { headers: { 'Content-Length': null }, lines: [line], body }));

/** What is refused for how it comes. */
export const WIRE: Kinds = {
  'HTTP/0.9 and versions to come': (target) => [
    bytes('GET /\r\n\r\n'),
    bytes('GET /api/hall.show\r\n'),
    once(target, { version: '' }),
    once(target, { version: 'HTTP/3.7' }),
    once(target, { version: 'HTTP/1.1x' }),
    once(target, { version: 'http/1.1' }),
    bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  ],
  'two lengths of a body': (target) => [
    once(target, { lines: ['Transfer-Encoding: chunked'], body: `0\r\n\r\n${hiddenCall(target)}` }),
    once(target, {
      headers: { 'Content-Length': '4' },
      lines: ['Transfer-Encoding: chunked'],
      body: `5c\r\n${hiddenCall(target)}`,
    }),
    once(target, { lines: ['Content-Length: 0'], body: hiddenCall(target) }),
    once(target, { headers: { 'Content-Length': '0' }, lines: [`Content-Length: ${START.length}`] }),
  ],
  'a transfer encoding in disguise': (target) =>
    heads(
      target,
      [
        'xchunked',
        'chunked, identity',
        'identity',
        'gzip, chunked, x',
        '"chunked"',
        'chunked\u000b',
        'cow',
        '\u0000chunked',
      ].map((value) => `Transfer-Encoding: ${value}`),
      `0\r\n\r\n${hiddenCall(target)}`,
    ),
  'a length that is none': (target) =>
    heads(
      target,
      ['+2', '-2', '0x10', '1e3', '2, 2', '2 2', '', '99999999999999999999999', 'NaN', '2.0'].map(
        (value) => `Content-Length: ${value}`,
      ),
    ),
  'a call in the body of a refused one': (target) => [
    once(target, { headers: { Authorization: null, Connection: 'keep-alive' }, body: hiddenCall(target) }),
    once(target, { method: 'PUT', headers: { Connection: 'keep-alive' }, body: hiddenCall(target) }),
    once(target, { headers: { 'Content-Type': 'text/plain', Connection: 'keep-alive' }, body: hiddenCall(target) }),
    once(target, { headers: { Connection: 'keep-alive' }, body: ' '.repeat(70_000) + hiddenCall(target).repeat(3) }),
    once(target, { method: 'GET', path: '/nowhere', headers: { Connection: 'keep-alive' }, body: hiddenCall(target) }),
  ],
  'chunks that are none': (target) =>
    [
      'zz\r\n{}\r\n0\r\n\r\n',
      '-2\r\n{}\r\n0\r\n\r\n',
      `2;${'a'.repeat(20_000)}\r\n{}\r\n`,
      '2\n{}\n0\n\n',
      '2\r\n{}{}\r\n0\r\n\r\n',
      'ffffffffffffffffff\r\n{}',
      '0x2\r\n{}\r\n0\r\n\r\n',
      ' 2\r\n{}\r\n0\r\n\r\n',
    ].map((body) => once(target, { headers: { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }, body })),
  'a flood of headers': (target) => [
    once(target, { lines: Array.from({ length: 3_000 }, (_, n) => `X-${n}: a`) }),
    once(target, { lines: [`X: ${'a'.repeat(20_000)}`] }),
    once(target, { lines: [`${'X'.repeat(20_000)}: a`] }),
    once(target, { headers: { Cookie: 'a=b; '.repeat(5_000) } }),
    once(target, { ...unsigned, lines: Array.from({ length: 1_500 }, () => 'a:b') }),
    { pieces: [request(target, { lines: Array.from({ length: 100_000 }, (_, n) => `X-${n}: a`) })] },
  ],
  'headers that are none': (target) =>
    [
      'X : a',
      'X',
      ': a',
      'X: a\r\n b',
      'X: a\u0000b',
      'X\u0000: a',
      'X: a\nY: b',
      'X: a\rY: b',
      'X(): a',
      '\u00e4: a',
      ' X: a',
    ].map((line) => once(target, { ...unsigned, lines: [line] })),
  'line ends that are none': (target) => [
    bytes(hiddenCall(target).replaceAll('\r\n', '\n')),
    bytes(hiddenCall(target).replaceAll('\r\n', '\r')),
    bytes(hiddenCall(target).replaceAll('\r\n', '\n\r')),
  ],
  'an expectation': (target) => [
    once(target, { headers: { Expect: 'coffee' } }),
    once(target, { headers: { Expect: '100-continue', Authorization: null } }),
  ],
  'many requests at once on one line': (target) => [
    bytes(
      ...Array.from({ length: 200 }, () =>
        request(target, { headers: { Authorization: null, Connection: 'keep-alive' } }),
      ),
    ),
    bytes(
      ...Array.from({ length: 200 }, () =>
        request(target, { headers: { Host: 'evil.example', Connection: 'keep-alive' } }),
      ),
    ),
    bytes(...Array.from({ length: 2_000 }, () => 'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n')),
  ],
  'another protocol': () => [
    bytes(Buffer.from('16030100a5010000a10303', 'hex'), Buffer.alloc(160, 7)),
    bytes('SSH-2.0-OpenSSH_9.6\r\n'),
    bytes('EHLO evil.example\r\nMAIL FROM:<a@b>\r\n'),
    bytes('*1\r\n$4\r\nPING\r\n'),
    bytes(Buffer.alloc(100_000, 0)),
    bytes(Buffer.alloc(100_000, 255)),
    bytes('GET '.repeat(50_000)),
    bytes('\r\n'.repeat(100_000)),
  ],
  'an end before the end': (target) => [
    bytes(''),
    bytes('P'),
    bytes(request(target).subarray(0, 60)),
    bytes(request(target).subarray(0, -1)),
    { pieces: [request(target).subarray(0, -1)], reset: true },
    { pieces: [request(target, unsigned)], reset: true },
    { pieces: [chunked(target, [START]).subarray(0, -5)], reset: true },
  ],
  'WebSocket and other upgrades': (target) =>
    ['websocket', 'h2c', 'TLS/1.0', 'WebSocket'].flatMap((Upgrade) =>
      ['/api/hall.show', '/watch/x', '/nowhere'].map((path) =>
        once(target, {
          method: 'GET',
          path,
          headers: {
            Authorization: null,
            Connection: 'Upgrade',
            Upgrade,
            'Sec-WebSocket-Version': '13',
            'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
          },
          body: '',
        }),
      ),
    ),
  'a watch without the token': (target) =>
    [null, 'Bearer x', `Basic ${target.token}`].flatMap((Authorization) =>
      ['/watch/x', `/watch/x?token=${target.token}`, '/watch/__proto__'].map((path) =>
        once(target, { method: 'GET', path, headers: { Authorization }, body: '' }),
      ),
    ),
  'a watch by another method, or of a path': (target) => [
    ...['POST', 'PUT', 'HEAD', 'OPTIONS'].map((method) => once(target, { method, path: '/watch/x' })),
    ...['/watch', '/watch/', '/watch/a/b', '/Watch/x'].map((path) => once(target, { method: 'GET', path, body: '' })),
  ],
  'a crowd of watches without the token': (target) => [
    {
      ...once(target, { method: 'GET', path: '/watch/x', headers: { Authorization: null }, body: '' }),
      connections: CROWD,
    },
  ],
  'a crowd of watches with the token': (target) => [
    {
      ...once(target, { method: 'GET', path: '/watch/nobody', body: '' }),
      connections: CROWD,
      held: true,
      inOrder: true,
    },
  ],
  'a crowd without a word': () => [{ pieces: [], connections: CROWD, held: true }],
  'a crowd of calls without the token': (target) => [{ ...once(target, unsigned), connections: CROWD }],
  'headers that come slowly': (target) => [
    {
      pieces: [
        `POST /api/sitting.start HTTP/1.1\r\nHost: ${target.host}\r\n`,
        ...Array.from({ length: SLOW_PIECES }, () => 'X: a\r\n'),
      ],
      gapMs: 10,
      connections: 50,
      held: true,
    },
  ],
  'a body that comes in trickles, without the token': (target) => [
    {
      pieces: [request(target, { ...unsigned, body: '' }).subarray(0, -2), ...[...START].slice(0, SLOW_PIECES)],
      gapMs: 5,
    },
    { pieces: inPieces(chunked(target, [...START], unsigned)), gapMs: 5 },
  ],
  'a body that comes in trickles and never ends': (target) => [
    { pieces: inPieces(chunked(target, [...START]).subarray(0, -5)), gapMs: 5, connections: 20, held: true },
    { pieces: inPieces(request(target).subarray(0, -1)), gapMs: 5, connections: 20, held: true },
  ],
  'another address of this machine': (target) =>
    [
      '127.0.0.2',
      '::1',
      ...Object.values(networkInterfaces()).flatMap((all) =>
        (all ?? []).filter((one) => !one.internal).map((one) => one.address),
      ),
    ].map((address) => ({ ...once(target, {}), address })),
};

/** A request as a slow sender gives it. */
function inPieces(whole: Buffer): Buffer[] {
  const size = Math.ceil(whole.length / SLOW_PIECES);
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, n) => whole.subarray(n * size, (n + 1) * size));
}
