/**
 * The candidate's commands on their way to main: in order, one at a time. What cannot be saved is kept and sent again
 * with the same request id, so that nothing is lost and nothing is recorded twice.
 */
import type { ActReply, ExamApi, SittingView } from '../../main/contract.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { announcer } from './announcer.svelte.ts';

/** `saving` is not shown unless it lasts. */
export type SaveState = 'saved' | 'saving' | 'not-saved';

/** What the sitting on screen does with main's answers. */
export interface QueueOwner {
  /** The `seq` it last saw. */
  readonly seq: number;
  acknowledge(command: SittingCommand, reply: ActReply): void;
  /** Another window has moved the sitting on. A command names its whole outcome, so it still means the same. */
  catchUp(view: SittingView): void;
  /** A command was refused and will not be sent again. */
  refused(): Promise<void>;
  finish(): void;
}

/** Waits between tries to save, ms; the last one repeats. */
const RETRY_MS = [500, 1_000, 2_000, 5_000];

export class CommandQueue {
  #api: Pick<ExamApi, 'call'>;
  #sittingId: string;
  #owner: QueueOwner;
  #save = $state<SaveState>('saved');
  #trouble = $state('');
  #waiting: { requestId: string; command: SittingCommand }[] = [];
  #pumping: Promise<void> | null = null;

  constructor(api: Pick<ExamApi, 'call'>, sittingId: string, owner: QueueOwner) {
    this.#api = api;
    this.#sittingId = sittingId;
    this.#owner = owner;
  }

  get save(): SaveState {
    return this.#save;
  }
  /** Why something could not be saved, or was refused. */
  get trouble(): string {
    return this.#trouble;
  }
  /** What main has not acknowledged yet. */
  get waiting(): readonly SittingCommand[] {
    return this.#waiting.map(({ command }) => command);
  }

  /** @returns when the command, and all before it, are acknowledged. */
  send(command: SittingCommand): Promise<void> {
    this.#waiting.push({ requestId: newRequestId(), command });
    this.#pumping ??= this.#pump().finally(() => (this.#pumping = null));
    return this.#pumping;
  }

  /** Sends all that waits in one call, for a page that goes away and may not hear the replies. */
  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const commands = this.#waiting.slice();
    await this.#api.call('sitting.actAll', { sittingId: this.#sittingId, seq: this.#owner.seq, commands });
  }

  /** Drops what is left: the sitting has ended. */
  clear(): void {
    this.#waiting.length = 0;
  }

  dismissTrouble(): void {
    if (this.#save === 'saved') this.#trouble = '';
  }

  async #pump(): Promise<void> {
    let tries = 0;
    for (let head = this.#waiting[0]; head; head = this.#waiting[0]) {
      if (this.#save === 'saved') this.#save = 'saving';
      const { requestId, command } = head;
      const input = { sittingId: this.#sittingId, requestId, seq: this.#owner.seq, command };
      const reply = await this.#api.call('sitting.act', input);
      if (reply.ok) {
        tries = 0;
        this.#waiting.shift();
        this.#owner.acknowledge(command, reply.value);
      } else if (reply.code === 'stale' && reply.view) {
        this.#owner.catchUp(reply.view);
      } else if (reply.code === 'finished') {
        this.#owner.finish();
        return;
      } else if (reply.code === 'not-saved' || reply.code === 'unreachable') {
        this.#save = 'not-saved';
        this.#trouble = reply.message;
        if (tries === 0) announcer.interrupt('Not saved. Codehall is trying again.');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]));
      } else {
        this.#waiting.shift();
        this.#trouble = reply.message;
        announcer.interrupt(reply.message);
        await this.#owner.refused();
      }
    }
    if (this.#save === 'not-saved') {
      this.#trouble = '';
      announcer.interrupt('');
      announcer.say('Everything is saved.');
    }
    this.#save = 'saved';
  }
}

function newRequestId(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 20);
}
