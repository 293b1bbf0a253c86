/** What is asked for and sent along: paths, names of methods and bodies that are none of the contract's. */
import { deflateSync, gzipSync } from 'node:zlib';
import { once, type Kinds } from './request-callers.ts';
import { chunked, START, type Target } from './wire.ts';

const LARGE = 70_000;

const UP = [
  '..',
  '%2e%2e',
  '.%2e',
  '..%00',
  '%252e%252e',
  '..;',
  '....',
  '%c0%ae%c0%ae',
  '%u002e%u002e',
  '\uff0e\uff0e',
  '..\\',
  '..%5c',
  '..%c0%af',
];
const SECRETS = ['package.json', 'etc/passwd', 'main/web.js', 'proc/self/environ'];

const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

const read = (target: Target, paths: readonly string[]) =>
  paths.map((path) => once(target, { method: 'GET', path, body: '' }));
const send = (target: Target, bodies: readonly (string | Buffer)[]) => bodies.map((body) => once(target, { body }));

/** What is refused for its path or its body, with everything else as it should be. */
export const CONTENTS: Kinds = {
  'a path upwards': (target) =>
    read(
      target,
      UP.flatMap((up) =>
        SECRETS.flatMap((secret) => [`/${`${up}/`.repeat(2)}${secret}`, `/assets/${`${up}/`.repeat(8)}${secret}`]),
      ),
    ),
  'a path upwards with its slashes encoded': (target) =>
    read(
      target,
      ['%2f', '%5c', '\\', '%252f', '%c0%af'].flatMap((slash) =>
        SECRETS.map((secret) => `/assets${slash}..${slash}..${slash}..${slash}${secret.replaceAll('/', slash)}`),
      ),
    ),
  'a NUL in the path': (target) =>
    read(target, [
      '/%00',
      '/index.html%00.png',
      '/%00index.html',
      '/index.html\u0000',
      '/assets/%00/../../package.json',
    ]),
  'another server in the path': (target) => [
    ...read(target, [
      'http://evil.example/',
      `http://${target.host}/api/hall.show`,
      '//evil.example/',
      'file:///etc/passwd',
      'evil.example:80',
    ]),
    once(target, { path: `http://${target.host}/api/sitting.start` }),
    once(target, { path: `//${target.host}/api/sitting.start` }),
  ],
  'a folder, or a file of the system': (target) =>
    read(target, [
      '/assets',
      '/assets/',
      '/.',
      '//',
      '/etc/passwd',
      '/.git/config',
      '/.env',
      '/package.json',
      '/codehall.db',
      '/C:/Windows/win.ini',
    ]),
  'a path that is none': (target) =>
    read(target, [
      '*',
      '?',
      '%',
      '/%',
      '/%zz',
      '/ /',
      '',
      'index.html',
      '/index.html/',
      '/INDEX.HTML',
      '/index.html%20',
      '/\u00e4',
      '/index.html;x',
    ]),
  'a header in the path': (target) =>
    read(target, ['/%0d%0aSet-Cookie:%20x=1', '/x%0aX: y', '/x\rX: y', '/\nX: y', '/x HTTP/1.1\r\nX: y']),
  'a very long path': (target) =>
    read(
      target,
      [15_000, 16_500, 100_000, 2_000_000].map((length) => `/${'a/'.repeat(length / 2)}`),
    ),
  "a prototype's name as a file": (target) =>
    read(
      target,
      PROTOTYPE_NAMES.map((name) => `/${name}`),
    ),
  'a method that is none of the contract': (target) =>
    [
      ...PROTOTYPE_NAMES,
      'sitting.start%00',
      'sitting.start%20',
      'Sitting.Start',
      'sitting%2Estart',
      'sitting.start.call',
      'sitting/start',
      'data.delete',
      'eval',
      'x'.repeat(10_000),
      '*',
      '',
    ].map((name) => once(target, { path: `/api/${name}` })),
  'a path beside that of the calls': (target) =>
    [
      '/api',
      '/API/sitting.start',
      '//api/sitting.start',
      '/api//sitting.start',
      '/api/sitting.start/',
      '/api/./sitting.start',
      '/x/../api/sitting.start',
      '/%61pi/sitting.start',
      '\\api\\sitting.start',
    ].map((path) => once(target, { path })),
  'a body over 64 kB': (target) =>
    send(
      target,
      [LARGE, 1_000_000, 5_000_000].map((size) => START + ' '.repeat(size)),
    ),
  'a body over 64 kB that does not say so': (target) => [
    { pieces: [chunked(target, [START, ' '.repeat(LARGE)])] },
    {
      pieces: [
        chunked(
          target,
          Array.from({ length: LARGE / 10 }, () => '          '),
        ),
      ],
    },
    { pieces: [chunked(target, [START, ...Array.from({ length: 300 }, () => ' '.repeat(16_384))])] },
  ],
  'a history to be imported that is none': (target) =>
    [
      '',
      'x',
      '{}',
      '['.repeat(1_000_000),
      '{"format":"codehall-history","version":2}',
      '{"format":"codehall-history","version":1,"about":"","exportedAt":0,"editions":[],"sittings":[{}],"sum":""}',
      `{"format":"codehall-history","version":1,"sittings":[${'{},'.repeat(300_000)}{}]}`,
    ].map((text) => once(target, { path: '/api/history.import', body: JSON.stringify({ text }) })),
  'broken JSON': (target) =>
    send(target, [
      '{',
      START.slice(0, -1),
      `${START}}`,
      `${START},`,
      `//\n${START}`,
      START.replaceAll('"', "'"),
      START.replace('1', 'NaN'),
      START.replace('1', '01'),
      `\ufeff${START}`,
      `)]}'${START}`,
      'undefined',
      '\u0000',
      Buffer.from(START, 'utf16le'),
      gzipSync(START),
    ]),
  'a packed body': (target) => [
    once(target, { body: gzipSync(START), headers: { 'Content-Encoding': 'gzip' } }),
    once(target, { body: deflateSync(START), headers: { 'Content-Encoding': 'deflate' } }),
    once(target, { body: gzipSync(' '.repeat(10_000_000)), headers: { 'Content-Encoding': 'gzip' } }),
  ],
  'deep nesting': (target) =>
    send(target, [
      '['.repeat(60_000),
      `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      `${'{"a":'.repeat(10_000)}0${'}'.repeat(10_000)}`,
      START.replace('"small"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    ]),
  'values of other types': (target) =>
    send(target, [
      'null',
      '5',
      '"x"',
      '[]',
      'true',
      '{}',
      `[${START}]`,
      START.replace('"small"', '5'),
      START.replace('"small"', '["small"]'),
      START.replace('"small"', '{"toString":"small"}'),
      START.replace('"timeFactor":1', '"timeFactor":3'),
      START.replace('"timeFactor":1', '"timeFactor":"1"'),
      START.replace('"timeFactor":1', '"timeFactor":1e999'),
      START.replace('"proctored":true', '"proctored":1'),
      START.replace('Mallory', 'M'.repeat(81)),
      START.replace('front-to-back', 'toString'),
    ]),
  'fields of no schema': (target) =>
    send(target, [
      START.replace('{', '{"admin":true,'),
      START.replace('{', '{"":1,'),
      START.replace('"order"', '"seed":"x","order"'),
      START.replace('{', '{"packid":"small",'),
    ]),
  "prototypes' names in the body": (target) =>
    send(
      target,
      PROTOTYPE_NAMES.flatMap((name) => [
        START.replace('{', `{"${name}":{"polluted":true},`),
        START.replace('"order"', `"${name}":{"timeFactor":2},"order"`),
      ]),
    ),
  'a pack or form that is not there': (target) =>
    send(
      target,
      ['__proto__', 'constructor', '../small', 'small\u0000', 'SMALL', '', 'x'.repeat(64)].map((id) =>
        START.replace('"small"', JSON.stringify(id)),
      ),
    ),
  'a backup that is not there': (target) =>
    ['../codehall.db', '/etc/passwd', '..', '', 'codehall.db', 'constructor', 'x'.repeat(80)].map((name) =>
      once(target, { path: '/api/data.restore', body: JSON.stringify({ name }) }),
    ),
};
