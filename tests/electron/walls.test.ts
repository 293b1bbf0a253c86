/** What a page in Electron may not do, and what it is given. */
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type * as Electron from 'electron';
import { CONTENT_SECURITY_POLICY } from '../../main/security-headers.ts';
import { StoreError } from '../../main/store/errors.ts';
import { Started, valueOf } from './started.ts';
import { DownloadStub, WindowStub } from './stub.ts';

const get = (started: Started, url: string, method = 'GET') =>
  started.electron.served.get('app')!(new Request(url, { method }));

describe('the app:// scheme', () => {
  it('is an origin of its own, declared before Electron is ready', async () => {
    const order: string[] = [];
    const { electron } = await Started.host(({ electron }) => {
      const register = electron.protocol.registerSchemesAsPrivileged;
      electron.protocol.registerSchemesAsPrivileged = (schemes) => {
        order.push('scheme');
        register(schemes);
      };
      electron.app.whenReady = async () => void order.push('ready');
    });
    expect(order).toEqual(['scheme', 'ready']);
    expect(electron.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
    expect(electron.window.loaded).toBe('app://codehall/');
  });

  it('serves the built files under the security headers', async () => {
    const started = await Started.host();
    const page = get(started, 'app://codehall/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(await page.text()).toContain('<title>Codehall</title>');
    const script = get(started, 'app://codehall/assets/index-1.js');
    expect(await script.text()).toBe('export {};');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    'app://codehall/none.html',
    'app://codehall/../secret.json',
    'app://codehall/..%2Fsecret.json',
    'app://codehall/%2e%2e/secret.json',
    'app://codehall//etc/passwd',
    'app://elsewhere/',
    'app://codehall:8080/',
  ])('has nothing at %s, and says so under the same headers', async (url) => {
    const answer = get(await Started.host(), url);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  });

  it('only reads', async () => {
    const answer = get(await Started.host(), 'app://codehall/', 'POST');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  });
});

describe('the session', () => {
  it.each([
    'http://example.org/',
    'https://example.org/',
    'ws://127.0.0.1:1/',
    'wss://example.org/',
    'ftp://a/',
    'file:///etc/passwd',
    'http://127.0.0.1:8080/',
  ])('does not load %s', async (url) => {
    expect((await Started.host()).electron.session.defaultSession.loads(url)).toBe(false);
  });

  it("loads the app's own files, and resolves no name", async () => {
    const { electron } = await Started.host();
    expect(electron.session.defaultSession.loads('app://codehall/assets/index-1.js')).toBe(true);
    expect(electron.app.calls).toContain('--host-resolver-rules=MAP * ~NOTFOUND');
  });

  const own = { isMainFrame: true, requestingUrl: 'app://codehall/' };
  const asks = (started: Started, permission: 'media' | 'notifications' | 'fullscreen', details: object) => {
    const { defaultSession } = started.electron.session;
    let granted: boolean | undefined;
    const contents = started.contents as unknown as Electron.WebContents;
    defaultSession.request(contents, permission, (given) => (granted = given), details as Electron.PermissionRequest);
    const checked = defaultSession.check(contents, permission, 'app://codehall/', details as never);
    expect(checked).toBe(granted);
    return granted;
  };

  it('denies every permission', async () => {
    const started = await Started.host();
    expect(asks(started, 'media', own)).toBe(false);
    expect(asks(started, 'notifications', own)).toBe(false);
    expect(started.electron.session.defaultSession.device({} as never)).toBe(false);
  });

  it('grants the full screen a proctored sitting asks for, to the own page alone', async () => {
    const started = await Started.host();
    expect(asks(started, 'fullscreen', own)).toBe(true);
    expect(asks(started, 'fullscreen', { ...own, isMainFrame: false })).toBe(false);
    expect(asks(started, 'fullscreen', { ...own, requestingUrl: 'https://example.org/' })).toBe(false);
    expect(asks(started, 'fullscreen', { ...own, requestingUrl: 'app://codehall.example/' })).toBe(false);
  });
});

describe('a download', () => {
  const ask = async (url: string, from?: object) => {
    const started = await Started.host();
    const item = new DownloadStub(url);
    let denied = false;
    const event = { preventDefault: () => (denied = true) };
    started.electron.session.defaultSession.emit('will-download', event, item, from ?? started.contents);
    return { started, item, denied };
  };

  it('of what the page has made is saved where the system asks for', async () => {
    const { item, denied, started } = await ask('blob:app://codehall/0b6f-1');
    expect(denied).toBe(false);
    expect(item.dialog).toEqual({ title: 'Save', defaultPath: 'history.csv' });
    expect(started.electron.session.defaultSession.loads('blob:app://codehall/0b6f-1')).toBe(true);
    item.emit('done', {}, 'completed');
    expect(started.electron.boxes).toEqual([]);
  });

  it('that could not be written is told; one that was cancelled is not', async () => {
    const failed = await ask('blob:app://codehall/1');
    failed.item.emit('done', {}, 'interrupted');
    expect(failed.started.electron.boxes).toEqual([['Not saved', expect.stringContaining('history.csv')]]);
    const cancelled = await ask('blob:app://codehall/1');
    cancelled.item.emit('done', {}, 'cancelled');
    expect(cancelled.started.electron.boxes).toEqual([]);
  });

  it.each([
    'https://example.org/a.exe',
    'app://codehall/assets/index-1.js',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:app://codehall.example/1',
    'blob:https://example.org/1',
    'blob:null/1',
  ])('of anything else (%s) is cancelled', async (url) => {
    const { item, denied } = await ask(url);
    expect(denied).toBe(true);
    expect(item.dialog).toBeUndefined();
  });

  it('by anything but the window is cancelled', async () => {
    expect((await ask('blob:app://codehall/1', {})).denied).toBe(true);
  });

  it.each(['blob:https://example.org/1', 'blob:app://codehall.example/1'])('loads no %s', async (url) => {
    expect((await Started.host()).electron.session.defaultSession.loads(url)).toBe(false);
  });
});

describe('the window', () => {
  it('is sandboxed and not throttled', async () => {
    const started = await Started.host();
    expect(WindowStub.options?.webPreferences).toMatchObject({
      preload: started.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: false,
      devTools: false,
    });
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'denies %s',
    async (name) => {
      expect((await Started.host()).contents.denies(name)).toBe(true);
    },
  );

  it('opens no other window', async () => {
    expect((await Started.host()).contents.openWindow({ url: 'app://codehall/' })).toEqual({ action: 'deny' });
  });
});

describe('a call', () => {
  it('is answered to the own page', async () => {
    const started = await Started.host();
    expect(valueOf(started.call('hall.show', {})).forms).toHaveLength(1);
    expect(started.call('hall.show', { more: 1 } as never)).toMatchObject({ ok: false, code: 'bad-input' });
    expect(started.call('hall.close' as never, {} as never)).toMatchObject({ ok: false, code: 'unknown-method' });
  });

  it.each([
    ['another window', { sender: {} }],
    ['a frame inside the page', { senderFrame: { url: 'app://codehall/', origin: 'app://codehall', parent: {} } }],
    ['another origin', { senderFrame: { url: 'https://example.org/', origin: 'https://example.org', parent: null } }],
    [
      'an origin that looks alike',
      { senderFrame: { url: 'app://codehall.a/', origin: 'app://codehall.a', parent: null } },
    ],
    ['a frame that has gone', { senderFrame: null }],
  ])('from %s is refused loudly and does nothing', async (_who, event) => {
    const started = await Started.host();
    const input = { packId: 'pack', formId: 'form', settings: {} } as never;
    expect(() => started.call('sitting.start', input, event)).toThrow('was refused');
    expect(() => started.call('hall.show', {}, event)).toThrow('was refused');
  });

  it('with no method name is refused loudly', async () => {
    const started = await Started.host();
    expect(() => started.call(7 as never, {} as never)).toThrow('was refused');
  });
});

describe('a start', () => {
  it('sandboxes whatever it opens', async () => {
    expect((await Started.host()).electron.app.calls).toContain('sandbox');
  });

  it('that fails by a fault of the program says so, and exits with 1', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { electron } = await Started.host((_started, settings) => {
      settings.startProgram = () => {
        throw new TypeError('a fault');
      };
    });
    expect(electron.boxes[0]![1]).toMatch(/made a mistake here.\n\nTypeError: a fault/);
    expect(electron.app.calls.at(-1)).toBe('exit 1');
  });

  it('keeps all its data in the data folder', async () => {
    const { electron, folder } = await Started.host();
    expect(electron.app.paths).toEqual({
      userData: join(folder, 'data'),
      sessionData: join(folder, 'data', 'browser'),
    });
  });

  it('while another instance runs opens nothing and quits', async () => {
    const started = await Started.host(({ electron }, settings) => {
      electron.app.firstInstance = false;
      settings.startProgram = () => {
        throw new Error('a second instance may not touch the data');
      };
    });
    expect(started.electron.app.calls).toEqual(['quit']);
    expect(WindowStub.made).toEqual([]);
    expect(started.electron.boxes).toEqual([]);
  });

  it('by a second instance brings the first window to the front', async () => {
    const { electron } = await Started.host();
    electron.window.minimized = true;
    electron.app.emit('second-instance', {}, [], '/', {});
    expect(electron.window.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
  });

  it('says plainly why the stored data cannot be used, and exits with 1', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const { electron } = await Started.host((_started, settings) => {
      settings.startProgram = () => {
        throw new StoreError('newer', 'codehall.db was written by a newer Codehall.');
      };
    });
    expect(electron.boxes).toEqual([['Codehall cannot start', 'codehall.db was written by a newer Codehall.']]);
    expect(electron.app.calls.at(-1)).toBe('exit 1');
    expect(WindowStub.made).toEqual([]);
    expect(logged).toHaveBeenCalledOnce();
  });

  it('says which folder may not be written', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { electron } = await Started.host(({ folder }, settings) => {
      settings.dataDir = `${folder}/secret.json/data`;
    });
    expect(electron.boxes[0]?.[1]).toMatch(/secret\.json.data cannot hold Codehall's data/);
    expect(electron.app.calls.at(-1)).toBe('exit 1');
  });
});
