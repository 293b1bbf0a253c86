/** The menu and the about panel. No link leads to the network, and nothing here opens another program. */
import type { App, Menu, MenuItemConstructorOptions } from 'electron';

/** What the items do that are no role of Electron's. */
export interface MenuActions {
  /** Asks for the file of an exam pack and adds it. */
  addPack(): void;
  showSettings(): void;
}

export interface AppMenu {
  /**
   * Fits the menu to the sitting in the window. Over a sitting nothing leads to another screen; over a proctored one the
   * system's own full screen cannot be toggled either: on Windows and Linux it would go without the page, and so the
   * proctor's log, hearing of it. The page's own, by Escape, is always there and is logged.
   */
  fit(sitting: { proctored: boolean } | null): void;
}

const SETTINGS = 'settings';
const FULL_SCREEN = 'full-screen';

/** Sets the menu: File, Edit, View, Window and Help, in the order and with the roles that each platform knows. */
export function setMenu(
  menu: Pick<typeof Menu, 'setApplicationMenu' | 'buildFromTemplate'>,
  actions: MenuActions,
  { developing, platform }: { developing: boolean; platform: NodeJS.Platform },
): AppMenu {
  const onMac = platform === 'darwin';
  const settings: MenuItemConstructorOptions = {
    id: SETTINGS,
    label: onMac ? 'Settings…' : 'Settings',
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.showSettings(),
  };
  const program: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
  const addPack: MenuItemConstructorOptions = { label: 'Add an exam pack…', click: () => actions.addPack() };
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: onMac
      ? [addPack, { type: 'separator' }, { role: 'close' }]
      : [addPack, settings, { type: 'separator' }, { role: 'quit' }],
  };
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { id: FULL_SCREEN, role: 'togglefullscreen' },
  ];
  // Reloading is for development: a sitting would be interrupted by it.
  if (developing) view.push({ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' });
  const built = menu.buildFromTemplate([
    ...(onMac ? [program] : []),
    file,
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    // On macOS the about panel is in the program's own menu, and the system adds a search to this one.
    { role: 'help', label: 'Help', submenu: onMac ? [] : [{ role: 'about' }] },
  ]);
  menu.setApplicationMenu(built);
  return {
    fit(sitting) {
      built.getMenuItemById(SETTINGS)!.enabled = sitting === null;
      built.getMenuItemById(FULL_SCREEN)!.enabled = !sitting?.proctored;
    },
  };
}

/** Says in the about panel what this is. */
export function setAbout(app: Pick<App, 'setAboutPanelOptions' | 'getVersion'>): void {
  const licence = 'The program: MIT licence. The exam items: CC BY-SA 4.0.';
  const independence = 'Independent of the issuers of the exams.';
  app.setAboutPanelOptions({
    applicationName: 'Codehall',
    applicationVersion: app.getVersion(),
    copyright: licence,
    credits: `Offline practice for medical coding exams. ${independence}`,
    authors: ['The Codehall authors'],
  });
}
