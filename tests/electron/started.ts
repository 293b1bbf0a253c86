/** The Electron host on the stub, with the real application on a real database. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddedPack } from '../../main/services/add-pack.ts';
import type { Input, Method, Outputs, Reply, SittingView } from '../../main/contract.ts';
import { createDispatch } from '../../main/dispatch.ts';
import { fold } from '../../main/exam/sitting.ts';
import { CALL_CHANNEL, runElectronHost, type ElectronHostSettings } from '../../main/electron/host.ts';
import { freshFolder } from '../support/folder.ts';
import { NO_DATA } from '../support/no-data.ts';
import { Hall, SETTINGS } from '../support/hall.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';
import { ElectronStub, WindowStub, type ContentsStub } from './stub.ts';

export class Started {
  readonly electron = new ElectronStub();
  readonly hall = new Hall();
  readonly folder = freshFolder();
  readonly preloadFile = join(this.folder, 'preload.cjs');
  closed = 0;
  #requests = 0;
  /** Packs the program was asked to add, and what comes of the next ones. */
  readonly packs: [path: string, replace: boolean][] = [];
  readonly added: AddedPack[] = [];

  /** @param change what the test sets before the start. */
  static async host(change: (started: Started, settings: ElectronHostSettings) => void = () => {}): Promise<Started> {
    WindowStub.made = [];
    WindowStub.options = undefined;
    const started = new Started();
    const rendererFolder = join(started.folder, 'renderer');
    mkdirSync(join(rendererFolder, 'assets'), { recursive: true });
    writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>Codehall</title>');
    writeFileSync(join(rendererFolder, 'assets', 'index-1.js'), 'export {};');
    writeFileSync(join(started.folder, 'secret.json'), '{}');
    let requests = 0;
    const { sittings } = started.hall;
    const settings: ElectronHostSettings = {
      dataDir: join(started.folder, 'data'),
      rendererFolder,
      preloadFile: started.preloadFile,
      packs: [],
      platform: 'linux',
      newRequestId: () => `host-request-${++requests}`,
      startProgram: () => ({
        sittings,
        dispatch: createDispatch(
          () => started.hall.application,
          () => {
            throw new Error('not asked for here');
          },
          () => {},
          NO_DATA,
        ),
        addPack: (path, replace) => {
          started.packs.push([path, replace]);
          return started.added.shift() ?? { outcome: 'added', title: 'A pack' };
        },
        tick: () => {},
        lookAfterData: () => Promise.resolve(),
        close: () => (started.closed += 1),
      }),
    };
    change(started, settings);
    await runElectronHost(started.electron.parts, settings);
    return started;
  }

  get contents(): ContentsStub {
    return this.electron.window.webContents;
  }

  /** A call from the window's page, or from another sender. */
  call<M extends Method>(method: M, input: Input<M>, event: object = {}): Reply<Outputs[M]> {
    const handler = this.electron.handlers.get(CALL_CHANNEL)!;
    const { contents } = this;
    return handler({ sender: contents, senderFrame: contents.frame, ...event }, method, input) as Reply<Outputs[M]>;
  }

  /** Starts a sitting from the window and accepts its agreement. @returns its id. */
  sit(settings: Partial<typeof SETTINGS> = {}): string {
    const reply = this.call('sitting.start', {
      packId: PACK_ID,
      formId: FORM_ID,
      settings: { ...SETTINGS, timeFactor: 1, ...settings },
    });
    const view: SittingView = valueOf(reply);
    const { sittingId, seq } = view;
    valueOf(
      this.call('sitting.act', {
        sittingId,
        seq,
        requestId: `page-agreement-${++this.#requests}`,
        command: { type: 'agree' },
      }),
    );
    return sittingId;
  }

  /** The charged time of a sitting so far, ms, read without touching it. */
  elapsedMs(sittingId: string): number {
    const { journal } = this.hall;
    const events = journal.events(sittingId).map((event) => event.elapsedMs);
    return Math.max(...events, journal.heartbeat(sittingId)?.elapsedMs ?? 0);
  }

  /** A command from the window's page, with the right `seq`. */
  act(sittingId: string, command: Input<'sitting.act'>['command']): void {
    const seq = fold(
      this.hall.journal.edition(this.hall.journal.sitting(sittingId)!.editionHash),
      this.hall.journal.events(sittingId),
    ).basis;
    valueOf(this.call('sitting.act', { sittingId, seq, requestId: `page-request-${++this.#requests}`, command }));
  }

  /** The interruptions recorded. */
  interruptions(sittingId: string): { cause: string; awayMs: number | null }[] {
    return this.hall.journal
      .events(sittingId)
      .flatMap((event) => (event.type === 'interrupted' ? [event.payload] : []));
  }

  /** The kinds of attention logged. */
  attention(sittingId: string): string[] {
    return this.hall.journal
      .events(sittingId)
      .flatMap((event) => (event.type === 'attention' ? [event.payload.kind] : []));
  }
}

export function valueOf<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
  return reply.value;
}
