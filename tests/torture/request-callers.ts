/** Who calls: names, origins, tokens, content types and methods that are not those of Codehall's own page. */
import { request, type Attack, type Change, type Target } from './wire.ts';

/** Kinds of attack by name; each with its variants. */
export type Kinds = Readonly<Record<string, (target: Target) => readonly Attack[]>>;

/** An attack of one request. */
export function once(target: Target, change: Change): Attack {
  return { pieces: [request(target, change)] };
}

const each = <T>(values: readonly T[], change: (value: T) => Change) => {
  return (target: Target) => values.map((value) => once(target, change(value)));
};

const METHODS = [
  'GET',
  'HEAD',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'post',
  'GETT',
  'P OST',
  'CONNECT',
];

/** Who is refused for what its headers say. */
export const CALLERS: Kinds = {
  'a foreign name in Host (rebinding)': (target) =>
    foreignHosts(target).flatMap((Host) => [
      once(target, { headers: { Host } }),
      once(target, { method: 'GET', path: '/', headers: { Host }, body: '' }),
      once(target, { method: 'GET', path: '/watch/x', headers: { Host }, body: '' }),
    ]),
  'no Host': (target) => [
    once(target, { headers: { Host: null } }),
    once(target, { headers: { Host: '' } }),
    once(target, { headers: { Host: null }, version: 'HTTP/1.0' }),
  ],
  'two Hosts': (target) => [
    once(target, { headers: { Host: 'evil.example' }, lines: [`Host: ${target.host}`] }),
    once(target, { lines: ['Host: evil.example'] }),
  ],
  'the right name in another header': (target) =>
    ['X-Forwarded-Host', 'X-Host', 'X-Original-Host', 'Forwarded', ':authority'].map((name) =>
      once(target, { headers: { Host: `evil.example:${target.port}`, [name]: target.host } }),
    ),
  'the origin of another page': (target) =>
    foreignOrigins(target).flatMap((Origin) => [
      once(target, { headers: { Origin } }),
      once(target, { method: 'GET', path: '/', headers: { Origin }, body: '' }),
    ]),
  'two Origins': (target) => [
    once(target, { lines: [`Origin: ${target.origin}`, 'Origin: http://evil.example'] }),
    once(target, { lines: ['Origin: http://evil.example', `Origin: ${target.origin}`] }),
  ],
  'a preflight': (target) =>
    ['http://evil.example', 'null', target.origin].map((Origin) =>
      once(target, {
        method: 'OPTIONS',
        headers: {
          Origin,
          Authorization: null,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization, content-type',
          'Access-Control-Request-Private-Network': 'true',
        },
        body: '',
      }),
    ),
  'a content type a form can send': each(
    [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonx',
      'text/json',
      'application/json+x',
      'APPLICATION/XML',
      'text/plain; application/json',
      'application',
      '',
      null,
    ],
    (type) => ({ headers: { 'Content-Type': type } }),
  ),
  'another method for a call': each(METHODS, (method) => ({ method })),
  'a method named in a header': each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'], (name) => ({
    method: 'GET',
    headers: { [name]: 'POST' },
  })),
  'another method for a file': each(
    METHODS.filter((method) => !['GET', 'HEAD'].includes(method)).concat('POST'),
    (method) => ({
      method,
      path: '/',
    }),
  ),
  'no token': each([null, ''], (Authorization) => ({ headers: { Authorization } })),
  'a wrong token': (target) =>
    wrongTokens(target.token).map((token) => once(target, { headers: { Authorization: `Bearer ${token}` } })),
  'another scheme': (target) =>
    ['Basic', 'bearer', 'BEARER', 'Bearer ', 'Token', 'Digest', 'Negotiate', 'Bearer:', ''].map((scheme) =>
      once(target, { headers: { Authorization: `${scheme} ${target.token}` } }),
    ),
  'the token in another place': (target) => [
    once(target, { headers: { Authorization: null }, path: `/api/sitting.start?token=${target.token}` }),
    once(target, { headers: { Authorization: null }, path: `/api/sitting.start?access_token=${target.token}` }),
    once(target, { headers: { Authorization: null }, path: `/api/sitting.start#token=${target.token}` }),
    once(target, { headers: { Authorization: null, Cookie: `token=${target.token}` } }),
    once(target, { headers: { Authorization: null, 'X-Token': target.token } }),
    once(target, { headers: { Authorization: null, 'Proxy-Authorization': `Bearer ${target.token}` } }),
    once(target, { headers: { Authorization: null }, body: JSON.stringify({ token: target.token }) }),
    once(target, { headers: { Authorization: null, Host: `${target.token}@${target.host}` } }),
  ],
  'a wrong token before the right one': (target) => [
    once(target, { headers: { Authorization: 'Bearer x' }, lines: [`Authorization: Bearer ${target.token}`] }),
    once(target, { headers: { Authorization: `Bearer x, Bearer ${target.token}` } }),
  ],
};

function foreignHosts({ port }: Target): string[] {
  const named = [
    'evil.example',
    'localhost',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '127.0.0.2',
  ];
  return [
    ...named.map((name) => `${name}:${port}`),
    'evil.example',
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `127.0.0.1:0${port}`,
    `127.0.0.1:${port}.`,
    `127.0.0.1.:${port}`,
    `127.0.0.1:${port}@evil.example`,
    `evil.example@127.0.0.1:${port}`,
    `127.0.0.1:${port}/`,
    `127.0.0.1:${port}#`,
    `127.0.0.1:${port}, evil.example`,
    `http://127.0.0.1:${port}`,
  ];
}

function foreignOrigins({ port, origin }: Target): string[] {
  return [
    'null',
    '',
    'http://evil.example',
    `http://evil.example:${port}`,
    `http://localhost:${port}`,
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port + 1}`,
    'http://127.0.0.1',
    `${origin}.evil.example`,
    `${origin}/`,
    `${origin}@evil.example`,
    origin.toUpperCase(),
    'file://',
    'app://codehall',
    'chrome-extension://abcdefghijklmnop',
    `${origin} http://evil.example`,
  ];
}

function wrongTokens(token: string): string[] {
  return [
    'x',
    token.slice(0, -1),
    token.slice(1),
    token.slice(0, 8),
    `${token}x`,
    `${token}${token}`,
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    [...token].reverse().join(''),
    encodeURIComponent(`${token}%`),
    Buffer.from(token).toString('base64'),
    `"${token}"`,
    'undefined',
    'null',
    '__proto__',
    'A'.repeat(token.length),
    '\u00e4'.repeat(token.length),
    'A'.repeat(8_000),
  ];
}
