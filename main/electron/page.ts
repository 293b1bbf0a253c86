/** What the page gets from Electron: its own files under `app://codehall` and nothing else, no network, no permissions. */
import type { Protocol, Session, WebContents, WebFrameMain } from 'electron';
import { SECURITY_HEADERS } from '../security-headers.ts';
import type { StaticFile } from '../static-files.ts';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://codehall`;
export const APP_PAGE = `${APP_ORIGIN}/`;

/** Something that the page has made itself: an export on its way to a file. */
const OWN_BLOB = `blob:${APP_PAGE}`;

/** What a page may load: its own files, pictures inside its styles, and Chromium's own developer tools. */
const LOADED_SCHEMES = new Set([`${APP_SCHEME}:`, 'data:', 'devtools:']);

/** Makes `app://` an origin of its own, as strict as https. To be called before Electron is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves the renderer's files under `app://codehall`; what is not in the map does not exist. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, files: ReadonlyMap<string, StaticFile>): void {
  protocol.handle(APP_SCHEME, (request) => {
    const url = new URL(request.url);
    const file = `${url.protocol}//${url.host}` === APP_ORIGIN ? files.get(url.pathname) : undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'text/plain', 'Files are only read.');
    if (!file) return answer(404, 'text/plain', 'There is no such page.');
    return answer(200, file.type, new Uint8Array(file.read()));
  });
}

function answer(status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { status, headers: { ...SECURITY_HEADERS, 'content-type': type } });
}

/** Keeps a session away from the network and from every permission but the full screen of the exam. */
export function guardSession(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'webRequest'
  >,
): void {
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !LOADED_SCHEMES.has(new URL(details.url).protocol) && !details.url.startsWith(OWN_BLOB) }),
  );
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(mayHave(permission, details)),
  );
  session.setPermissionCheckHandler((_contents, permission, _origin, details) => mayHave(permission, details));
  session.setDevicePermissionHandler(() => false);
}

/**
 * A proctored sitting asks for full screen. Denied, Chromium would leave `requestFullscreen()` unanswered for ever
 * (electron#37719) and with it the agreement, so this one is the page's own, and only its main frame's.
 */
function mayHave(permission: string, details: { isMainFrame: boolean; requestingUrl?: string }): boolean {
  return permission === 'fullscreen' && details.isMainFrame && (details.requestingUrl ?? '').startsWith(APP_PAGE);
}

/**
 * Lets the page save what it has made itself, an export, where the system's dialog is told to; nothing else is downloaded.
 * @param failed hears the name of a file that could not be written.
 */
export function guardDownloads(
  session: Pick<Session, 'on'>,
  contents: WebContents,
  failed: (fileName: string) => void,
): void {
  session.on('will-download', (event, item, from) => {
    if (from !== contents || !item.getURL().startsWith(OWN_BLOB)) return event.preventDefault();
    const name = item.getFilename();
    // Without a path set, Electron asks for one with this dialog.
    item.setSaveDialogOptions({ title: 'Save', defaultPath: name });
    item.once('done', (_event, state) => {
      if (state === 'interrupted') failed(name);
    });
  });
}

/** Whether a message comes from the app's own page and not from a frame in it or from a page that took its place. */
export function isOwnPage(frame: Pick<WebFrameMain, 'origin' | 'parent'> | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}
