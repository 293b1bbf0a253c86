/**
 * A candidate who answers at random by a seed, over the API as the renderer does, and knows by the slow model of the
 * tests what must be there afterwards.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ActReply, ClockView, Reply, SittingView } from '../../main/contract.ts';
import type { SittingCommand, SittingState } from '../../main/exam/sitting.ts';
import { asModel, Model } from '../support/model.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';
import type { Host } from './host.ts';
import { randomCommand } from './random-command.ts';

/** A command the host has said yes to, and which changed something: its event must be in the journal for good. */
export interface Acknowledged {
  requestId: string;
  command: SittingCommand;
}

/** A command without a reply yet. */
interface Sent {
  requestId: string;
  command: SittingCommand;
  /** Last seen before it. */
  seq: number;
  /** By the model. */
  allowed: boolean;
  after: Model;
}

/** What a candidate found who came back. */
export interface Reopened {
  /** Length of the call, ms. */
  tookMs: number;
  /** `null` where the sitting could not be opened. */
  clock: ClockView | null;
  /** Whether the command without a reply is there; `null` where there is none, or nothing shows it. */
  lastWord: 'there' | 'not there' | null;
}

export class Candidate {
  readonly sittingId: string;
  readonly acknowledged: Acknowledged[] = [];
  /** What was not as the model says, in words. */
  readonly wrong: string[] = [];
  /** The clock last heard of, and when that was by this process's own clock, ms. */
  clock: ClockView;
  clockAt = performance.now();
  #name: string;
  #random: () => number;
  #model = new Model();
  #seq: number;
  #sent: Sent | null = null;
  #requests = 0;

  private constructor(view: SittingView, name: string, random: () => number) {
    this.sittingId = view.sittingId;
    this.clock = view.clock;
    this.#seq = view.seq;
    this.#name = name;
    this.#random = random;
  }

  /**
   * Starts a sitting and accepts its agreement.
   * @param name begins the request ids; another one for each candidate of a data folder.
   */
  static async start(host: Host, name: string, random: () => number): Promise<Candidate> {
    const settings = { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: name } as const;
    const reply = await host.call('sitting.start', { packId: PACK_ID, formId: FORM_ID, settings });
    if (!reply.ok) throw new Error(`sitting.start: ${reply.message}`);
    const candidate = new Candidate(reply.value, name, random);
    watch(host, candidate.sittingId);
    await candidate.send(host, { type: 'agree' });
    return candidate;
  }

  /** What was chosen, by item. */
  get answers(): string[][] {
    return this.#model.items.map((item) => [...item.response]);
  }

  /** The next random command. @throws when the host is gone. */
  async act(host: Host): Promise<void> {
    await this.send(host, randomCommand(this.#random));
  }

  /** @throws when the host is gone; then {@link reopen} finds out whether it was heard. */
  async send(host: Host, command: SittingCommand): Promise<void> {
    const after = copyOf(this.#model);
    const allowed = after.run(command);
    this.#sent = { requestId: this.newRequestId(), command, seq: this.#seq, allowed, after };
    this.#settle(await this.#post(host));
  }

  /** Goes back to the hall and in again. @throws when the host is gone. */
  async leaveAndReturn(host: Host): Promise<void> {
    await host.call('sitting.leave', { sittingId: this.sittingId });
    await this.#open(host);
  }

  /**
   * Comes back after the host was gone, and sees whether all is there.
   * @param again whether the command without a reply is sent once more, just as it was.
   */
  async reopen(host: Host, again: boolean): Promise<Reopened> {
    const found = await this.#open(host);
    watch(host, this.sittingId);
    if (found.clock === null || this.#sent === null) return found;
    if (again) this.#settle(await this.#post(host));
    else if (found.lastWord === 'there') this.#model = this.#sent.after;
    this.#sent = null;
    return found;
  }

  /** Input of `sitting.act` for the end of the sitting. */
  ending(requestId: string) {
    return { sittingId: this.sittingId, requestId, seq: this.#seq, command: { type: 'end' as const } };
  }

  newRequestId(): string {
    return `${this.#name}-request-${++this.#requests}`;
  }

  #post(host: Host): Promise<Reply<ActReply>> {
    const { requestId, command, seq } = this.#sent!;
    return host.call('sitting.act', { sittingId: this.sittingId, requestId, seq, command });
  }

  #settle(reply: Reply<ActReply>): void {
    const { requestId, command, allowed, after } = this.#sent!;
    this.#sent = null;
    if (reply.ok !== allowed || (!reply.ok && reply.code !== 'refused'))
      this.wrong.push(`${JSON.stringify(command)}: ${reply.ok ? 'taken' : `${reply.code}, ${reply.message}`}`);
    if (!reply.ok) return;
    if (!isDeepStrictEqual(this.#model, after)) this.acknowledged.push({ requestId, command });
    this.#model = after;
    this.#seq = reply.value.seq;
    this.#hear(reply.value.clock);
  }

  async #open(host: Host): Promise<Reopened> {
    const start = performance.now();
    const reply = await host.call('sitting.open', { sittingId: this.sittingId });
    const tookMs = performance.now() - start;
    if (!reply.ok) {
      this.wrong.push(`sitting.open: ${reply.code}, ${reply.message}`);
      return { tookMs, clock: null, lastWord: null };
    }
    const view = reply.value;
    const shown = modelOf(view);
    const without = isDeepStrictEqual(shown, visible(this.#model));
    const within = this.#sent !== null && isDeepStrictEqual(shown, visible(this.#sent.after));
    if (!without && !within) {
      this.wrong.push(`another state at event ${view.seq}; ${this.#seq} was acknowledged`);
      this.#model = Object.assign(new Model(), shown);
    }
    this.#seq = view.seq;
    this.#hear(view.clock);
    return { tookMs, clock: view.clock, lastWord: without === within ? null : within ? 'there' : 'not there' };
  }

  #hear(clock: ClockView): void {
    this.clock = clock;
    this.clockAt = performance.now();
  }
}

/** Holds the sitting's stream open, as its window does, until the host is gone. */
function watch(host: Host, sittingId: string): void {
  fetch(`${host.origin}/watch/${sittingId}`, { headers: { authorization: `Bearer ${host.token}` } })
    .then((response) => response.text())
    .catch(() => undefined);
}

function copyOf(model: Model): Model {
  return Object.assign(new Model(), structuredClone({ ...model }));
}

/** What of the model a view shows too: not the candidate's comings and goings. */
function visible({ phase, current, marked, items }: Model) {
  return { phase, current, marked, items };
}

function modelOf({ phase, current, highlights, states }: SittingView): ReturnType<typeof visible> {
  const items = states.map(({ visited, response, struck, flagged, note, read }) => ({
    visited,
    response,
    struck,
    flagged,
    note,
    read,
  }));
  const state: Partial<SittingState> = { phase, current, highlights, items, attention: [] };
  return visible(asModel(state as SittingState) as Model);
}
