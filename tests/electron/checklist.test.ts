/** Electron's own security checklist, where walls.test.ts and preload.test.ts leave a point of it open; docs/security.md. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type * as Electron from 'electron';
import { CALL_CHANNEL } from '../../main/electron/host.ts';
import { windowOptions } from '../../main/electron/window.ts';
import { CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from '../../main/security-headers.ts';
import { Started } from './started.ts';
import { WindowStub } from './stub.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const sources = (...patterns: string[]) =>
  globSync(patterns, { cwd: ROOT }).map((path) => ({ path, code: text(path) }));

/** The lines below a heading of a YAML file, without comments. */
function yamlBlock(path: string, heading: string): string[] {
  const lines = text(path).split('\n');
  const start = lines.indexOf(`${heading}:`);
  expect(start).toBeGreaterThanOrEqual(0);
  const end = lines.findIndex((line, at) => at > start && !/^\s/.test(line));
  return lines
    .slice(start + 1, end)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the window', () => {
  it.each([true, false])(
    'has these preferences and no other, so that none loosens a default (developing: %s)',
    (developing) => {
      const place = { width: 1280, height: 860, minWidth: 800, minHeight: 600 };
      expect(windowOptions('/preload.cjs', developing, place).webPreferences).toEqual({
        preload: '/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        backgroundThrottling: false,
        devTools: developing,
      });
    },
  );

  it('asks for neither kiosk nor content protection, and stays closable', () => {
    const place = { width: 1280, height: 860, minWidth: 800, minHeight: 600 };
    const options = windowOptions('/preload.cjs', false, place);
    expect(Object.keys(options).sort()).toEqual([
      'height',
      'minHeight',
      'minWidth',
      'show',
      'title',
      'webPreferences',
      'width',
    ]);
    for (const { path, code } of sources('main/electron.ts', 'main/electron/*.ts'))
      expect([path, code.match(/kiosk|setContentProtection|setClosable|alwaysOnTop|globalShortcut/i)]).toEqual([
        path,
        null,
      ]);
  });

  it.each([
    'app://codehall/',
    'https://example.org/',
    'about:blank',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
  ])('opens none for %s', async (url) => {
    const { contents } = await Started.host();
    for (const disposition of ['default', 'foreground-tab', 'background-tab', 'new-window', 'other'] as const)
      expect(contents.openWindow({ url, disposition })).toEqual({ action: 'deny' });
  });

  it('is the only one', async () => {
    await Started.host();
    expect(WindowStub.made).toHaveLength(1);
  });
});

describe('the session', () => {
  /** As the installed Electron declares them. */
  const known = () => {
    const [, union] = /setPermissionRequestHandler\(handler:[^\n]*?permission: ((?:'[\w-]+'(?: \| )?)+)/.exec(
      text('node_modules/electron/electron.d.ts'),
    )!;
    return union!.split(' | ').map((quoted) => quoted.slice(1, -1));
  };

  it('denies each permission Electron knows but the full screen', async () => {
    const started = await Started.host();
    const { defaultSession } = started.electron.session;
    const contents = started.contents as unknown as Electron.WebContents;
    const details = { isMainFrame: true, requestingUrl: 'app://codehall/' };
    const granted = new Set<string>();
    expect(known()).toEqual(expect.arrayContaining(['media', 'geolocation', 'openExternal', 'fullscreen']));
    for (const permission of known()) {
      defaultSession.request(
        contents,
        permission as 'media',
        (given) => given && granted.add(permission),
        details as never,
      );
      if (defaultSession.check(contents, permission as 'media', 'app://codehall/', details as never))
        granted.add(permission);
    }
    expect([...granted]).toEqual(['fullscreen']);
  });

  it('denies the full screen to a frame that names no page', async () => {
    const { electron } = await Started.host();
    const details = { isMainFrame: true };
    expect(electron.session.defaultSession.check(null, 'fullscreen', '', details as never)).toBe(false);
  });
});

describe('the protocol', () => {
  it.each([
    ['a file', 'app://codehall/', 'GET', 200],
    ['none', 'app://codehall/none', 'GET', 404],
    ['another method', 'app://codehall/', 'DELETE', 405],
  ])('answers %s under all security headers', async (_what, url, method, status) => {
    const { electron } = await Started.host();
    const answer = electron.served.get('app')!(new Request(url, { method }));
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject(SECURITY_HEADERS);
  });

  it('is the only one served, and no other than its page is loaded', async () => {
    const { electron } = await Started.host();
    expect([...electron.served.keys()]).toEqual(['app']);
    expect(electron.window.loaded).toBe('app://codehall/');
  });
});

describe('messages', () => {
  it('are answered on one channel', async () => {
    const { electron } = await Started.host();
    expect([...electron.handlers.keys()]).toEqual([CALL_CHANNEL]);
  });
});

describe('the content security policy', () => {
  it('starts from nothing and allows these', () => {
    expect(CONTENT_SECURITY_POLICY.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('is kept by the page: no script, style or handler of its own in it, and none from elsewhere', () => {
    const page = text('renderer/index.html');
    expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc="\.\/)|\son\w+=|\sstyle=|https?:|<base|http-equiv/i);
  });
});

describe('the sources', () => {
  it('of the page make no markup or code of texts, and hold no webview', () => {
    for (const { path, code } of sources('renderer/**/*.{svelte,ts,html}', 'preload/*.ts'))
      expect([
        path,
        code.match(
          /\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function|<webview|allowpopups|document\.cookie/,
        ),
      ]).toEqual([path, null]);
  });

  it('of the host open nothing outside: no shell, no other program', () => {
    const host = sources('main/**/*.ts', 'preload/*.ts');
    expect(host.length).toBeGreaterThan(10);
    for (const { path, code } of host)
      expect([
        path,
        code.match(/\bshell\b|openExternal|openPath|child_process|executeJavaScript|@electron\/remote/),
      ]).toEqual([path, null]);
  });
});

describe('the package', () => {
  it('has its fuses set, none left to its default but those named in docs/security.md', () => {
    expect(yamlBlock('electron-builder.yml', 'electronFuses')).toEqual([
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'grantFileProtocolExtraPrivileges: false',
      'enableCookieEncryption: false',
    ]);
  });

  it('is one archive with nothing unpacked but the native library, and is published nowhere', () => {
    const settings = text('electron-builder.yml');
    expect(yamlBlock('electron-builder.yml', 'asar')).toEqual(['smartUnpack: false']);
    expect(settings).toMatch(/^publish: null$/m);
    expect(yamlBlock('electron-builder.yml', 'asarUnpack')).toEqual(['- node_modules/better-sqlite3/prebuilds/*.node']);
  });

  it('takes each newer release of its Electron', () => {
    const { devDependencies } = JSON.parse(text('package.json')) as { devDependencies: Record<string, string> };
    const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, { version: string }> };
    const locked = lock.packages['node_modules/electron']!.version;
    expect(devDependencies['electron']).toMatch(/^\^\d+\.\d+\.\d+$/);
    expect(devDependencies['electron']!.slice(1).split('.')[0]).toBe(locked.split('.')[0]);
  });
});

describe('docs/security.md', () => {
  it('names only tests that there are', () => {
    const [, electron] = /\n## Electron\n([^]*?)\n## /.exec(text('docs/security.md'))!;
    const named = [...electron!.matchAll(/([a-z-]+): ((?:"[^"]+"(?:, )?)+)/g)].flatMap(([, file, titles]) =>
      [...titles!.matchAll(/"([^"]+)"/g)].map(([, title]) => ({ file: file!, title: title! })),
    );
    expect(named.length).toBeGreaterThan(30);
    for (const { file, title } of named) {
      // A title may be broken over lines in the document, and stand in either kind of quotes in the test.
      const wanted = title.replace(/\s+/g, ' ');
      const code = text(`tests/electron/${file}.test.ts`);
      expect([file, wanted, code.includes(wanted) || code.includes(wanted.replaceAll("'", "\\'"))]).toEqual([
        file,
        wanted,
        true,
      ]);
    }
  });
});
