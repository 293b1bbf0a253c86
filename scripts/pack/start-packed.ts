/**
 * Starts a packed program's main under Node with the tests' stub for electron, and begins a sitting of the packed exams
 * as the window would: `node start-packed.ts APP RESOURCES DATA`. Its last line is what came of it, as JSON. A program of
 * its own, because main starts when it is loaded and reads the arguments.
 * APP is the archive taken out, with a package "electron" from `giveElectronStub` beside the others.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Input, Method, Outputs, Reply } from '../../main/contract.ts';
import { CALL_CHANNEL } from '../../main/electron/host.ts';
import { ElectronStub } from '../../tests/electron/stub.ts';

const GIVE_UP_AFTER_MS = 20_000;

export interface CameOfStart {
  /** The host it takes itself for. */
  host: string;
  /** Forms of the packed exams, as the hall lists them. */
  forms: number;
  /** Answers that earlier starts with the same data left behind. */
  answeredBefore: number;
  /** Native libraries in the process, where the system tells. */
  libraries: string[] | null;
  /** What the app:// scheme answers for the page and each file it names. */
  page: Record<string, number>;
  /** Boxes that were shown: none, when all is well. */
  boxes: unknown[];
}

/** Puts a package "electron" into a folder of packages: the stub's parts under the names that are imported. */
export function giveElectronStub(packages: string, names: readonly string[]): void {
  const folder = join(packages, 'electron');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "name": "electron", "type": "module", "exports": "./index.js" }\n');
  const parts = names.map((name) => `export const ${name} = globalThis.electronStub.${name};\n`);
  writeFileSync(join(folder, 'index.js'), parts.join(''));
}

async function start(app: string, resources: string, dataDir: string): Promise<CameOfStart> {
  const electron = new ElectronStub();
  Object.assign(globalThis, { electronStub: electron });
  Object.assign(process, { resourcesPath: resources });
  process.argv = [process.execPath, '--data-dir', dataDir];
  await import(pathToFileURL(join(app, 'dist', 'main', 'electron.js')).href);
  const until = performance.now() + GIVE_UP_AFTER_MS;
  while (!electron.handlers.has(CALL_CHANNEL) || electron.window.loaded === '') {
    if (performance.now() > until || electron.boxes.length > 0)
      throw new Error(`main does not open its window; boxes: ${JSON.stringify(electron.boxes)}`);
    await nextTurn();
  }

  const contents = electron.window.webContents;
  const call = async <M extends Method>(method: M, input: Input<M>): Promise<Outputs[M]> => {
    const event = { sender: contents, senderFrame: contents.frame };
    const reply = (await electron.handlers.get(CALL_CHANNEL)!(event, method, input)) as Reply<Outputs[M]>;
    if (!reply.ok) throw new Error(`${method}: ${reply.code}, ${reply.message}`);
    return reply.value;
  };

  const { host } = await call('app.info', {});
  const { forms, unfinished } = await call('hall.show', {});
  const { packId, formId } = forms[0]!;
  const settings = { order: 'front-to-back', timeFactor: 1, proctored: false, candidate: '' } as const;
  const { sittingId, seq } = await call('sitting.start', { packId, formId, settings });
  await call('sitting.actAll', {
    sittingId,
    seq,
    commands: [
      { requestId: `agree-${sittingId}`.slice(0, 40), command: { type: 'agree' } },
      { requestId: `respond-${sittingId}`.slice(0, 40), command: { type: 'respond', number: 1, options: ['a'] } },
    ],
  });

  const page: Record<string, number> = {};
  const get = (url: string) => electron.served.get('app')!(new Request(url));
  const html = await get(electron.window.loaded).text();
  for (const path of ['', ...[...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, named]) => named!)])
    page[`/${path}`] = get(new URL(path, electron.window.loaded).href).status;

  electron.app.emit('will-quit');
  return {
    host,
    forms: forms.length,
    answeredBefore: unfinished.reduce((sum, sitting) => sum + sitting.answered, 0),
    libraries: loadedLibraries(),
    page,
    boxes: electron.boxes,
  };
}

function loadedLibraries(): string[] | null {
  if (process.platform !== 'linux') return null;
  const maps = readFileSync('/proc/self/maps', 'utf8');
  return [...new Set(maps.match(/\/\S+\.node$/gm))];
}

if (process.argv[1] === import.meta.filename) {
  const [app, resources, dataDir] = process.argv.slice(2);
  console.log(JSON.stringify(await start(app!, resources!, dataDir!)));
  // The program's own timers would keep it.
  process.exit(0);
}
