/** Electron's parts as far as the host uses them: what it asks of them is kept, and their events are the test's to give. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { ElectronParts } from '../../main/electron-host.ts';

type BeforeRequest = (details: { url: string }, callback: (response: Electron.CallbackResponse) => void) => void;
type Listener = (...given: unknown[]) => unknown;

export class ContentsStub extends EventEmitter {
  readonly sent: [channel: string, value: unknown][] = [];
  readonly frame = { url: 'app://codehall/', origin: 'app://codehall', parent: null as object | null };
  reloads = 0;
  openWindow!: (details: Partial<Electron.HandlerDetails>) => Electron.WindowOpenHandlerResponse;

  send(channel: string, value: unknown): void {
    this.sent.push([channel, value]);
  }
  reload(): void {
    this.reloads += 1;
  }
  setWindowOpenHandler(handler: ContentsStub['openWindow']): void {
    this.openWindow = handler;
  }
  /** Gives an event that may be denied. @returns whether it was. */
  denies(name: string): boolean {
    let denied = false;
    this.emit(name, { preventDefault: () => (denied = true) });
    return denied;
  }
}

export class WindowStub extends EventEmitter {
  static options: Electron.BrowserWindowConstructorOptions | undefined;
  static made: WindowStub[] = [];
  readonly webContents = new ContentsStub();
  readonly calls: string[] = [];
  loaded = '';
  destroyed = false;
  minimized = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    WindowStub.options = options;
    WindowStub.made.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
  }
  setMenuBarVisibility(visible: boolean): void {
    this.calls.push(`menu bar ${visible}`);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.calls.push('restore');
  }
  show(): void {
    this.calls.push('show');
  }
  focus(): void {
    this.calls.push('focus');
  }
  /** As when the candidate closes it. */
  close(): void {
    this.destroyed = true;
    this.emit('closed');
  }
}

class AppStub extends EventEmitter {
  isPackaged = true;
  firstInstance = true;
  readonly calls: string[] = [];
  readonly paths: Record<string, string> = {};
  readonly commandLine = { appendSwitch: (name: string, value: string) => this.calls.push(`--${name}=${value}`) };

  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
  requestSingleInstanceLock(): boolean {
    return this.firstInstance;
  }
  async whenReady(): Promise<void> {}
  quit(): void {
    this.calls.push('quit');
  }
  exit(code: number): void {
    this.calls.push(`exit ${code}`);
  }
}

class SessionStub {
  request!: NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
  check!: NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
  device!: NonNullable<Parameters<Electron.Session['setDevicePermissionHandler']>[0]>;
  #beforeRequest!: BeforeRequest;
  readonly webRequest = { onBeforeRequest: (listener: BeforeRequest) => void (this.#beforeRequest = listener) };

  setPermissionRequestHandler(handler: typeof this.request): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: typeof this.check): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }
  /** Whether the session lets a request go out. */
  loads(url: string): boolean {
    let response: Electron.CallbackResponse = {};
    this.#beforeRequest({ url }, (given) => (response = given));
    return response.cancel === false;
  }
}

export class ElectronStub {
  readonly app = new AppStub();
  readonly BrowserWindow = WindowStub;
  readonly powerMonitor = new EventEmitter();
  readonly screen = new EventEmitter();
  readonly session = { defaultSession: new SessionStub() };
  readonly boxes: [title: string, text: string][] = [];
  readonly dialog = { showErrorBox: (title: string, text: string) => void this.boxes.push([title, text]) };
  /** Blockers that keep the screen awake now. */
  readonly awake = new Set<number>();
  #blockers = 0;
  readonly powerSaveBlocker = {
    start: (type: string): number => {
      if (type !== 'prevent-display-sleep') throw new Error(`unknown blocker ${type}`);
      this.awake.add(++this.#blockers);
      return this.#blockers;
    },
    stop: (id: number): boolean => this.awake.delete(id),
  };
  readonly handlers = new Map<string, Listener>();
  readonly ipcMain = { handle: (channel: string, handler: Listener) => void this.handlers.set(channel, handler) };
  readonly schemes: Electron.CustomScheme[] = [];
  readonly served = new Map<string, (request: Request) => Response>();
  readonly protocol = {
    registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => void this.schemes.push(...schemes),
    handle: (scheme: string, handler: (request: Request) => Response) => void this.served.set(scheme, handler),
  };
  menu: Electron.MenuItemConstructorOptions[] = [];
  readonly Menu = {
    buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => void (this.menu = menu),
  };

  /** The same, as the host takes it. */
  get parts(): ElectronParts {
    return this as unknown as ElectronParts;
  }
  /** The one window. */
  get window(): WindowStub {
    const window = WindowStub.made.at(-1);
    if (!window) throw new Error('no window was opened');
    return window;
  }
}
