/** Exam packs given to the program: by a double click, on its command line, or by the menu. */
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { AddedPack } from '../services/add-pack.ts';
import { PACK_FILE_EXTENSION } from '../exam/pack-file.ts';
import type { PackProblem } from '../exam/parse-pack.ts';

/** Of a pack with many problems, these are told; all of them would not fit on the screen. */
const TOLD_PROBLEMS = 12;

export function isPackFile(path: string): boolean {
  return path.toLowerCase().endsWith(PACK_FILE_EXTENSION);
}

/**
 * The pack files among a program's arguments, as absolute paths. All others are Chromium's or the program's own.
 * @param args paths, or `file://` addresses as some Linux desktops give them.
 * @param from the folder that relative ones are meant from.
 */
export function packsAmong(args: readonly string[], from: string): string[] {
  return args.filter(isPackFile).flatMap((argument) => {
    if (!argument.startsWith('file:')) return [resolve(from, argument)];
    try {
      return [fileURLToPath(argument)];
    } catch {
      return [];
    }
  });
}

/** The same from a second instance, which has put them into the data that Electron hands over: anything may stand there. */
export function packsHandedOver(data: unknown): string[] {
  const packs: unknown = (data as { packs?: unknown } | null)?.packs;
  if (!Array.isArray(packs)) return [];
  return packs.filter((path): path is string => typeof path === 'string' && isAbsolute(path) && isPackFile(path));
}

export interface PackDeskParts {
  dialog: Pick<Dialog, 'showMessageBox' | 'showOpenDialog'>;
  window: BrowserWindow;
  /** @throws StoreError */
  addPack(path: string, replace: boolean): AddedPack;
  /** A pack was added: what the window shows of packs is no longer all. */
  added(): void;
  logFault(error: unknown): void;
}

/** Takes packs one after the other and tells what came of each. */
export class PackDesk {
  #parts: PackDeskParts;
  #queue = Promise.resolve();

  constructor(parts: PackDeskParts) {
    this.#parts = parts;
  }

  /** @returns when it has been told what came of them. */
  take(paths: readonly string[]): Promise<void> {
    for (const path of paths)
      this.#queue = this.#queue.then(() => this.#take(path)).catch((error) => this.#parts.logFault(error));
    return this.#queue;
  }

  /** Asks for files with the system's dialog, and takes them. */
  async ask(): Promise<void> {
    const { dialog, window } = this.#parts;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: 'Add an exam pack',
      filters: [{ name: 'Exam packs', extensions: [PACK_FILE_EXTENSION.slice(1)] }],
      properties: ['openFile', 'multiSelections'],
    });
    if (!canceled) await this.take(filePaths);
  }

  async #take(path: string): Promise<void> {
    const { window } = this.#parts;
    if (window.isDestroyed()) return;
    let added = this.#add(path, false);
    if (added.outcome === 'other-there') {
      const replace = await this.#say({
        type: 'question',
        message: `Replace the exam pack "${added.title}"?`,
        detail:
          'A pack of the same id was added before, with other contents. Sittings that are begun or finished keep the questions they were sat with.',
        buttons: ['Replace', 'Keep the one that is there'],
        defaultId: 1,
        cancelId: 1,
      });
      if (replace !== 0) return;
      added = this.#add(path, true);
    }
    // The window can be closed over the question.
    if (window.isDestroyed()) return;
    if (added.outcome === 'added') this.#parts.added();
    await this.#say({ ...outcomeText(path, added), buttons: ['OK'] });
  }

  /** @returns `failed` when it could not be written, with the reason logged. */
  #add(path: string, replace: boolean): AddedPack | { outcome: 'failed'; message: string } {
    try {
      return this.#parts.addPack(path, replace);
    } catch (error) {
      this.#parts.logFault(error);
      return { outcome: 'failed', message: (error as Error).message };
    }
  }

  async #say(box: MessageBoxOptions): Promise<number> {
    const { dialog, window } = this.#parts;
    const { response } = await dialog.showMessageBox(window, { title: 'Codehall', noLink: true, ...box });
    return response;
  }
}

type Told = AddedPack | { outcome: 'failed'; message: string };

function outcomeText(path: string, added: Told): Pick<MessageBoxOptions, 'type' | 'message' | 'detail'> {
  switch (added.outcome) {
    case 'added':
      return {
        type: 'info',
        message: `The exam pack "${added.title}" was added`,
        detail: 'Its forms are in the hall, below those that were there.',
      };
    case 'same':
      return {
        type: 'info',
        message: `The exam pack "${added.title}" is there already`,
        detail: 'Nothing was changed.',
      };
    case 'taken':
      return {
        type: 'warning',
        message: `The exam pack "${added.title}" was not added`,
        detail: `A pack of the same id is loaded already, from\n${added.from}`,
      };
    case 'broken':
      return {
        type: 'warning',
        message: 'This exam pack cannot be used, and was not added',
        detail: [path, '', ...problemLines(added.problems)].join('\n'),
      };
    case 'failed':
      return { type: 'error', message: 'The exam pack could not be added', detail: added.message };
    case 'other-there':
      // Between the question and the answer somebody else has put one there.
      return {
        type: 'warning',
        message: 'The exam pack was not added',
        detail: 'Its place was taken in the meantime.',
      };
  }
}

/** Each with its file, item and field, as Settings names them. */
function problemLines(problems: readonly PackProblem[]): string[] {
  const lines = problems.slice(0, TOLD_PROBLEMS).map(({ file, item, field, message }) => {
    const place = [file === '.' ? 'The file' : file, item && `item ${item}`, field].filter(Boolean).join(', ');
    return `${place}: ${message}`;
  });
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}
