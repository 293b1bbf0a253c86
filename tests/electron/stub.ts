/** Electron's parts as far as the host uses them: what it asks of them is kept, and their events are the test's to give. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { ElectronParts } from '../../main/electron/host.ts';

type BeforeRequest = (details: { url: string }, callback: (response: Electron.CallbackResponse) => void) => void;
type Listener = (...given: unknown[]) => unknown;

/** What a stub implements of Electron's own types, so that it cannot drift from them; `on` and the like are EventEmitter's. */
type AppMethods =
  | 'isPackaged'
  | 'setPath'
  | 'getPath'
  | 'getVersion'
  | 'getLocaleCountryCode'
  | 'setAboutPanelOptions'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit';
type ContentsMethods = 'send' | 'reload' | 'getURL' | 'printToPDF' | 'forcefullyCrashRenderer' | 'isDestroyed';
type WindowMethods =
  | 'loadURL'
  | 'setMenuBarVisibility'
  | 'isDestroyed'
  | 'isMinimized'
  | 'isMaximized'
  | 'getNormalBounds'
  | 'restore'
  | 'maximize'
  | 'show'
  | 'focus';

export class ContentsStub extends EventEmitter implements Pick<Electron.WebContents, ContentsMethods> {
  readonly sent: [channel: string, value: unknown][] = [];
  readonly frame = { url: 'app://codehall/', origin: 'app://codehall', parent: null as object | null };
  reloads = 0;
  crashes = 0;
  url = '';
  /** What it was printed with, and what printing gives. */
  readonly printed: Electron.PrintToPDFOptions[] = [];
  pdf: Buffer | Error = Buffer.from('%PDF-1.7');
  openWindow!: (details: Partial<Electron.HandlerDetails>) => Electron.WindowOpenHandlerResponse;

  send(channel: string, value: unknown): void {
    this.sent.push([channel, value]);
  }
  reload(): void {
    this.reloads += 1;
  }
  isDestroyed(): boolean {
    return false;
  }
  getURL(): string {
    return this.url;
  }
  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    this.printed.push(options);
    if (this.pdf instanceof Error) throw this.pdf;
    return this.pdf;
  }
  forcefullyCrashRenderer(): void {
    this.crashes += 1;
    this.emit('render-process-gone', {}, { reason: 'killed' });
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

export class WindowStub extends EventEmitter implements Pick<Electron.BrowserWindow, WindowMethods> {
  static options: Electron.BrowserWindowConstructorOptions | undefined;
  static made: WindowStub[] = [];
  readonly webContents = new ContentsStub();
  readonly calls: string[] = [];
  loaded = '';
  destroyed = false;
  minimized = false;
  maximized = false;
  menuBar = true;
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  /** What loading a page ends with. */
  loading: Promise<void> = Promise.resolve();

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    WindowStub.options = options;
    WindowStub.made.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
    this.webContents.url = url;
    return this.loading;
  }
  setMenuBarVisibility(visible: boolean): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    this.menuBar = visible;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  maximize(): void {
    this.calls.push('maximize');
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
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
    this.emit('close');
    this.destroyed = true;
    this.emit('closed');
  }
}

class AppStub extends EventEmitter implements Pick<Electron.App, AppMethods> {
  isPackaged = true;
  firstInstance = true;
  readonly calls: string[] = [];
  readonly paths: Record<string, string> = {};
  readonly commandLine = { appendSwitch: (name: string, value: string) => this.calls.push(`--${name}=${value}`) };

  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
  getPath(name: string): string {
    return this.paths[name] ?? `/home/ada/${name}`;
  }
  /** What is handed to the first instance. */
  handedOver: unknown;
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    this.handedOver = data;
    return this.firstInstance;
  }
  getVersion(): string {
    return '1.2.3';
  }
  country = 'US';
  getLocaleCountryCode(): string {
    return this.country;
  }
  about: Electron.AboutPanelOptionsOptions = {};
  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    this.about = options;
  }
  enableSandbox(): void {
    this.calls.push('sandbox');
  }
  async whenReady(): Promise<void> {}
  quit(): void {
    this.calls.push('quit');
  }
  exit(code: number): void {
    this.calls.push(`exit ${code}`);
  }
}

export class DownloadStub extends EventEmitter implements Pick<Electron.DownloadItem, 'getURL' | 'getFilename'> {
  dialog: Electron.SaveDialogOptions | undefined;
  #url: string;
  constructor(url: string) {
    super();
    this.#url = url;
  }
  getURL(): string {
    return this.#url;
  }
  getFilename(): string {
    return 'history.csv';
  }
  setSaveDialogOptions(options: Electron.SaveDialogOptions): void {
    this.dialog = options;
  }
}

class ScreenStub extends EventEmitter {
  /** Work areas; the first is the primary display's. */
  areas: Electron.Rectangle[] = [{ x: 0, y: 0, width: 1920, height: 1040 }];
  getAllDisplays(): Pick<Electron.Display, 'workArea'>[] {
    return this.areas.map((workArea) => ({ workArea }));
  }
  getPrimaryDisplay(): Pick<Electron.Display, 'workArea'> {
    return { workArea: this.areas[0]! };
  }
}

/** A box that waits for an answer: the number of a button. */
export interface Question {
  options: Electron.MessageBoxOptions;
  answer(response: number): void;
}

class DialogStub {
  /** Boxes that stop the program until they are closed. */
  readonly boxes: [title: string, text: string][] = [];
  /** All that was asked so far. */
  readonly questions: Question[] = [];
  /** Answers to the next questions; one without an answer here waits for it. */
  readonly answers: number[] = [];
  readonly saves: Electron.SaveDialogOptions[] = [];
  /** What the dialogs for files give; empty is cancelled. */
  savePath = '';
  openPaths: string[] = [];
  readonly opens: Electron.OpenDialogOptions[] = [];

  showErrorBox(title: string, text: string): void {
    this.boxes.push([title, text]);
  }
  showMessageBox(_window: unknown, options: Electron.MessageBoxOptions): Promise<{ response: number }> {
    return new Promise((resolve) => {
      const answer = (response: number) => resolve({ response });
      this.questions.push({ options, answer });
      options.signal?.addEventListener('abort', () => answer(options.cancelId!));
      const ready = this.answers.shift();
      if (ready !== undefined) answer(ready);
    });
  }
  async showSaveDialog(_window: unknown, options: Electron.SaveDialogOptions): Promise<Electron.SaveDialogReturnValue> {
    this.saves.push(options);
    return { canceled: this.savePath === '', filePath: this.savePath };
  }
  async showOpenDialog(_window: unknown, options: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue> {
    this.opens.push(options);
    return { canceled: this.openPaths.length === 0, filePaths: this.openPaths };
  }
}

/** A menu as far as the host asks of it: its items by id. */
class MenuStub {
  readonly items = new Map<string, { enabled: boolean }>();
  constructor(template: readonly Electron.MenuItemConstructorOptions[]) {
    for (const { id, submenu } of template) {
      if (id) this.items.set(id, { enabled: true });
      if (Array.isArray(submenu)) for (const [key, item] of new MenuStub(submenu).items) this.items.set(key, item);
    }
  }
  getMenuItemById(id: string): { enabled: boolean } | null {
    return this.items.get(id) ?? null;
  }
}

class SessionStub extends EventEmitter {
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
  readonly screen = new ScreenStub();
  readonly session = { defaultSession: new SessionStub() };
  readonly dialog = new DialogStub();
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
  menuItems = new MenuStub([]);
  readonly Menu = {
    buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => {
      this.menu = template;
      return new MenuStub(template);
    },
    setApplicationMenu: (menu: MenuStub) => void (this.menuItems = menu),
  };

  /** The same, as the host takes it. */
  get parts(): ElectronParts {
    return this as unknown as ElectronParts;
  }
  get boxes(): [title: string, text: string][] {
    return this.dialog.boxes;
  }
  /** The one window. */
  get window(): WindowStub {
    const window = WindowStub.made.at(-1);
    if (!window) throw new Error('no window was opened');
    return window;
  }
}
