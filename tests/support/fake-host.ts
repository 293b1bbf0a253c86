/** A host for the renderer's sitting: the real application behind the real dispatch, and a line that can be troubled. */
import type { ErrorCode, ExamApi, Input, Method, Outputs, Reply, SittingView } from '../../main/contract.ts';
import { createDispatch, type Dispatch } from '../../main/dispatch.ts';
import type { SittingSettings } from '../../main/exam/events.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { Hall } from './hall.ts';
import { NO_DATA } from './no-data.ts';

export class FakeHost implements Pick<ExamApi, 'call'> {
  readonly hall = new Hall();
  readonly sittingId: string;
  /** Commands as they arrived, those of the test itself left out. */
  readonly sent: SittingCommand[] = [];
  readonly requestIds: string[] = [];
  readonly refused: ErrorCode[] = [];
  #dispatch: Dispatch;
  #answers: (() => Reply<unknown> | null)[] = [];
  #gate: Promise<void> = Promise.resolve();
  #open: () => void = () => {};

  /** With a sitting at its questions, or still at its agreement. */
  constructor(settings: Partial<SittingSettings> = {}, phase: 'agreement' | 'exam' = 'exam') {
    this.#dispatch = createDispatch(
      () => this.hall.application,
      () => {
        throw new Error('not asked for here');
      },
      (error) => {
        throw error;
      },
      NO_DATA,
    );
    this.sittingId = phase === 'exam' ? this.hall.exam(settings) : this.hall.start(settings).sittingId;
  }

  call = async <M extends Method>(method: M, input: Input<M>): Promise<Reply<Outputs[M]>> => {
    if (method === 'sitting.act') {
      const { command, requestId } = input as Input<'sitting.act'>;
      this.sent.push(command as SittingCommand);
      this.requestIds.push(requestId);
      await this.#gate;
      const troubled = this.#answers.shift()?.();
      if (troubled) return troubled as Reply<Outputs[M]>;
    }
    if (method === 'sitting.open' && this.cutOff-- > 0)
      return { ok: false, code: 'unreachable', message: 'The line is cut.' };
    const reply = this.#dispatch(method, structuredClone(input)) as Reply<Outputs[M]>;
    if (!reply.ok) this.refused.push(reply.code);
    if (method === 'sitting.act' && this.#losing-- > 0)
      return { ok: false, code: 'unreachable', message: 'The reply was lost.' };
    return structuredClone(reply);
  };

  #losing = 0;
  /** How many of the next questions for the whole view do not arrive. */
  cutOff = 0;

  open(): SittingView {
    return structuredClone(this.hall.sittings.openSitting({ sittingId: this.sittingId }));
  }

  /** What main holds. */
  stored(): SittingView {
    return this.open();
  }

  events(): string[] {
    return this.hall.types(this.sittingId);
  }

  /** Keeps commands on their way until {@link letGo}. */
  hold(): void {
    this.#gate = new Promise((resolve) => (this.#open = resolve));
  }

  letGo(): void {
    this.#open();
  }

  /** The next commands do not arrive. */
  failNext(times: number, code: ErrorCode): void {
    for (let time = 0; time < times; time++)
      this.#answers.push(() => ({ ok: false, code, message: 'The disk is full.' }));
  }

  /** The next command is refused by the rules. */
  refuseNext(): void {
    this.#answers.push(() => ({ ok: false, code: 'refused', message: 'Refused for the test.' }));
  }

  /** The next commands arrive and are carried out; their replies are lost. */
  loseReplies(times: number): void {
    this.#losing = times;
  }

  /** A command from another window. */
  elsewhere(command: SittingCommand): void {
    this.hall.act(this.sittingId, command);
  }

  timeOut(): void {
    this.hall.pass(600);
  }

  /** Lets everything that is on its way arrive. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  }
}
