import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { MAX_HISTORY_CHARACTERS } from '../../main/contract/transfer.ts';
import { CONTENT_SECURITY_POLICY } from '../../main/security-headers.ts';
import { TOKEN, Web } from '../support/web.ts';

const JSON_CALL = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };

describe('a call', () => {
  it('is answered with its reply', async () => {
    const web = await Web.start();
    const answer = await web.call('app.info', {});
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({ ok: true, value: { version: '1', host: 'web' } });
  });

  it('may leave its body empty where there is no input', async () => {
    const web = await Web.start();
    expect((await web.call('hall.show', '')).json().ok).toBe(true);
  });

  it.each([
    ['not-found', 'sitting.open', { sittingId: 'x' }, 404],
    ['unknown-method', 'constructor', {}, 404],
    ['unknown-method', '__proto__', {}, 404],
    ['bad-input', 'sitting.open', { sittingId: 5 }, 400],
  ])('that ends as %s has the fitting status', async (code, method, input, status) => {
    const web = await Web.start();
    const answer = await web.call(method, input);
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({ ok: false, code });
  });

  it('that could not be saved has status 503', async () => {
    const web = await Web.start();
    const { sittingId, seq } = web.hall.start();
    web.hall.failing.add('append');
    const input = { sittingId, requestId: 'request-1', seq, command: { type: 'agree' } };
    const answer = await web.call('sitting.act', input);
    expect([answer.status, answer.json()]).toMatchObject([503, { ok: false, code: 'not-saved' }]);
  });
});

describe('who is refused', () => {
  it.each([
    ['no token', undefined],
    ['a wrong token', 'Bearer token-of-the-tesT'],
    ['a longer token', `Bearer ${TOKEN}x`],
    ['an empty token', 'Bearer '],
    ['another scheme', `Basic ${TOKEN}`],
    ['the token alone', TOKEN],
  ])('a caller with %s', async (_, authorization) => {
    const web = await Web.start();
    const answer = await web.call('app.info', {}, { authorization });
    expect([answer.status, answer.json().ok]).toEqual([401, false]);
    expect((await web.raw('GET', '/watch/x', authorization === undefined ? {} : { authorization })).status).toBe(401);
  });

  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
    'a page under the name "%s", which may be made to resolve here',
    async (host) => {
      const web = await Web.start();
      for (const path of ['/', '/api/app.info', '/watch/x'])
        expect((await web.raw('GET', path, { host, ...JSON_CALL })).status).toBe(421);
    },
  );

  it.each(['http://evil.example', 'null', 'http://localhost:1', 'https://127.0.0.1'])(
    'a page from the origin %s, even with the token',
    async (origin) => {
      const web = await Web.start();
      const answer = await web.call('app.info', {}, { origin });
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).some((name) => name.startsWith('access-control'))).toBe(false);
    },
  );

  it('but its own page is let in', async () => {
    const web = await Web.start();
    expect((await web.call('app.info', {}, { origin: web.origin })).status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonx', undefined])(
    'a body of type %s, which a foreign form could send',
    async (type) => {
      const web = await Web.start();
      expect((await web.call('app.info', {}, { 'content-type': type })).status).toBe(415);
      expect((await web.call('app.info', {}, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
    },
  );

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('a call by %s', async (method) => {
    const web = await Web.start();
    expect((await web.raw(method, '/api/app.info', JSON_CALL)).status).toBe(405);
    expect((await web.raw(method === 'GET' ? 'POST' : method, '/watch/x', JSON_CALL)).status).toBe(405);
  });
});

describe('a bad body', () => {
  it.each(['{', 'undefined', '{"a":1}}', "{'a':1}"])('of text %j is no JSON', async (body) => {
    const web = await Web.start();
    const answer = await web.call('app.info', body);
    expect([answer.status, answer.json()]).toMatchObject([400, { ok: false, code: 'bad-input' }]);
  });

  it('larger than 64 kB is refused in words, said or unsaid its length', async () => {
    const web = await Web.start();
    const large = JSON.stringify({ x: 'x'.repeat(70_000) });
    const told = await web.call('app.info', large, { 'content-length': Buffer.byteLength(large) });
    expect([told.status, told.json()]).toMatchObject([413, { ok: false, code: 'bad-input' }]);
    const pieces = Array.from({ length: 200 }, () => ' '.repeat(16_384));
    const untold = await web.raw('POST', '/api/app.info', { ...JSON_CALL, 'transfer-encoding': 'chunked' }, ...pieces);
    expect([untold.status, untold.json()]).toMatchObject([413, { ok: false, code: 'bad-input' }]);
    expect((await web.call('app.info', {})).status).toBe(200);
  });

  it('of just 64 kB is read', async () => {
    const web = await Web.start();
    expect((await web.call('app.info', `{}${' '.repeat(64 * 1024 - 2)}`)).status).toBe(200);
    expect((await web.call('app.info', `{}${' '.repeat(64 * 1024 - 1)}`)).status).toBe(413);
  });
});

describe('a history to be imported', () => {
  const failed = { ok: false, code: 'bad-input' };

  it('may be larger than any other body', async () => {
    const web = await Web.start();
    const large = { text: JSON.stringify({ format: 'codehall-history', about: 'x'.repeat(1_000_000) }) };
    const answer = await web.call('history.import', large);
    expect([answer.status, answer.json()]).toMatchObject([
      400,
      { ...failed, message: expect.stringMatching(/^The file, version:/) as string },
    ]);
    for (const method of ['history.export', 'history.list', 'history.import.x', 'History.import', 'sitting.act'])
      expect((await web.call(method, large)).status).toBe(413);
    // Whoever has no token is refused before the body is read.
    expect((await web.call('history.import', large, { authorization: undefined })).status).toBe(401);
  });

  it('is refused in words from 64 MB on, and the host goes on', async () => {
    const web = await Web.start();
    const piece = ' '.repeat(1024 * 1024);
    const pieces = [...Array.from({ length: 64 }, () => piece), '{}'];
    const chunked = { ...JSON_CALL, 'transfer-encoding': 'chunked' };
    const answer = await web.raw('POST', '/api/history.import', chunked, ...pieces);
    expect([answer.status, answer.json()]).toMatchObject([
      413,
      { ...failed, message: 'The body is larger than 64 MB.' },
    ]);
    expect((await web.call('app.info', {})).status).toBe(200);
  });

  it('is refused when it is longer than a history may be', async () => {
    const web = await Web.start();
    const answer = await web.call('history.import', { text: 'x'.repeat(MAX_HISTORY_CHARACTERS + 1) });
    expect([answer.status, answer.json()]).toMatchObject([400, failed]);
  });

  it('goes out by one host and in by another', async () => {
    const [from, to] = [await Web.start(), await Web.start()];
    from.hall.act(from.hall.exam(), { type: 'end' });
    const exported = (await from.call('history.export', { format: 'json', events: true })).json();
    const { text } = (exported as { value: { text: string } }).value;
    expect((await to.call('history.import', { text })).json()).toEqual({
      ok: true,
      value: { added: 1, known: 0, deleted: 0 },
    });
  });
});

describe('files', () => {
  it('are the built page and what it loads', async () => {
    const web = await Web.start();
    const page = await web.raw('GET', '/');
    expect([page.status, page.text]).toEqual([200, '<!doctype html><title>Codehall</title>']);
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    const script = await web.raw('GET', '/assets/app.js?v=1');
    expect(script.headers['cache-control']).toContain('immutable');
    const head = await web.raw('HEAD', '/');
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it.each([
    '/nothing',
    '/secret.json',
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%5c..%5csecret.json',
    '/..\\secret.json',
    '//secret.json',
    '/etc/passwd',
    '/__proto__',
    '/constructor',
    '/api/',
    '/api/app.info/more',
    '/%',
    '//',
    '/%00',
    'http://evil.example/',
    '*',
  ])('and nothing else: %s is not there', async (path) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const web = await Web.start();
    const answer = await web.raw('GET', path);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('"secret"');
    expect(error).not.toHaveBeenCalled();
  });

  it('are only read', async () => {
    const web = await Web.start();
    expect((await web.raw('POST', '/', JSON_CALL)).status).toBe(405);
  });
});

describe('a caller who hangs up', () => {
  it('in the middle of a call has nothing done and nothing said of it', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const web = await Web.start();
    const { port } = new URL(web.origin);
    const socket = connect(Number(port), '127.0.0.1');
    const head = [
      ...['POST /api/sitting.start HTTP/1.1', `Host: ${web.host}`, `Authorization: Bearer ${TOKEN}`],
      ...['Content-Type: application/json', 'Content-Length: 1000', 'Expect: 100-continue', '', ''],
    ];
    socket.write(head.join('\r\n'));
    // The host says so once it waits for the body.
    await once(socket, 'data');
    socket.write('{"packId":');
    socket.destroy();
    await once(socket, 'close');
    expect((await web.call('app.info', {})).status).toBe(200);
    await web.close();
    expect(web.hall.sittings.hall().unfinished).toEqual([]);
    expect(said).not.toHaveBeenCalled();
  });
});

describe('headers', () => {
  it('protect every answer, refusals included', async () => {
    const web = await Web.start();
    const answers = [
      await web.raw('GET', '/'),
      await web.raw('GET', '/nothing'),
      await web.call('app.info', {}),
      await web.call('app.info', {}, { authorization: undefined }),
      await web.raw('GET', '/', { host: 'evil.example' }),
    ];
    for (const { headers } of answers)
      expect(headers).toMatchObject({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
  });

  it('allow no inline script, no eval, no frame and nothing from elsewhere', () => {
    const policy = new Map(
      CONTENT_SECURITY_POLICY.split('; ').map((rule) => {
        const [name, ...sources] = rule.split(' ');
        return [name!, sources.join(' ')];
      }),
    );
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'none'");
    expect(policy.get('form-action')).toBe("'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/);
  });
});
