/** From a method's name and raw input to a reply: allow-list, parse, call. Hosts know nothing else of the application. */
import * as v from 'valibot';
import type { Application } from './application.ts';
import {
  METHODS,
  type AppInfo,
  type DataView,
  type ErrorCode,
  type Method,
  type Outputs,
  type Parsed,
  type Reply,
} from './contract.ts';
import { Failure } from './failure.ts';
import { StoreError, toStoreError, type StoreErrorCode } from './store/errors.ts';

type Handlers = { [M in Method]: (input: Parsed<M>) => Outputs[M] };

/** What can be done with the stored data as a whole. */
export interface DataMethods {
  show(): DataView;
  /** What a report of a fault needs, as text. */
  diagnostics(): string;
  /** Whether the full check has found damage. */
  isDamaged(): boolean;
  restore(input: Parsed<'data.restore'>): { kept: string | null };
  startFresh(): { kept: string | null };
}

export type Dispatch = (method: string, input: unknown) => Reply<unknown>;

/** How an error of the store looks from outside. */
const STORE_CODES: Record<StoreErrorCode, ErrorCode> = {
  'not-saved': 'not-saved',
  'in-use': 'not-saved',
  'read-only': 'not-saved',
  newer: 'damaged',
  damaged: 'damaged',
};

/**
 * @param application gives it, anew for each call: the database under it may have been replaced.
 * @param logFault hears of errors that are faults of the program; the caller gets `internal` without their text.
 */
export function createDispatch(
  application: () => Application,
  info: () => AppInfo,
  logFault: (error: unknown) => void,
  data: DataMethods,
): Dispatch {
  const sittings = () => application().sittings;
  const history = () => application().history;
  const marks = () => application().marks;
  const plans = () => application().plans;
  const practices = () => application().practices;
  const handlers: Handlers = {
    'app.info': info,
    'app.diagnostics': () => ({ text: data.diagnostics() }),
    'hall.show': () => {
      const hall = sittings().hall();
      return { ...hall, damaged: hall.damaged || data.isDamaged() };
    },
    'form.show': (input) => sittings().form(input),
    'sitting.start': (input) => sittings().start(input),
    'sitting.open': (input) => sittings().openSitting(input),
    'sitting.clock': (input) => sittings().clock(input),
    'sitting.act': (input) => sittings().act(input),
    'sitting.actAll': (input) => sittings().actAll(input),
    'sitting.leave': (input) => sittings().leave(input),
    'result.show': (input) => sittings().result(input),
    'result.review': (input) => sittings().review(input),
    'insight.show': (input) => sittings().insight(input),
    'result.pdf': () => {
      throw new Failure('refused', "Here a report is saved as a PDF by the browser's own printing.");
    },
    'insight.replay': (input) => application().replays.show(input),
    'insight.at': (input) => application().replays.at(input),
    'history.page': (input) => history().page(input),
    'history.trend': (input) => history().trend(input),
    'history.areas': (input) => history().areas(input),
    'history.compare': (input) => history().compare(input),
    'history.delete': (input) => history().delete(input),
    'history.discard': (input) => history().discard(input),
    'history.restore': (input) => history().restore(input),
    'history.deleted': () => history().deleted(),
    'marks.show': (input) => marks().show(input),
    'marks.set': (input) => marks().set(input),
    'marks.totals': (input) => marks().totals(input),
    'plan.show': (input) => plans().show(input),
    'plan.set': (input) => plans().set(input),
    'plan.clear': (input) => plans().clear(input),
    'readiness.show': () => application().readiness.show(),
    'history.export': (input) => application().transfer.export(input),
    'history.import': (input) => application().transfer.import(input),
    'practice.offer': () => practices().offer(),
    'practice.start': (input) => practices().start(input),
    'practice.show': (input) => practices().show(input),
    'practice.answer': (input) => practices().answer(input),
    'practice.end': (input) => practices().end(input),
    'data.show': () => data.show(),
    'data.restore': (input) => data.restore(input),
    'data.startFresh': () => data.startFresh(),
  };

  return (method, input) => {
    const call = parseCall(method, input);
    if (!call.ok) return call;
    try {
      return { ok: true, value: handlers[call.value.name](call.value.input as never) };
    } catch (error) {
      return failureReply(error, logFault);
    }
  };
}

/** A call that is on the list, its input as its schema gives it; else the reply to it. */
export function parseCall(method: string, input: unknown): Reply<{ name: Method; input: unknown }> {
  if (!Object.hasOwn(METHODS, method))
    return { ok: false, code: 'unknown-method', message: `There is no method "${method.slice(0, 60)}".` };
  const name = method as Method;
  const parsed = v.safeParse(METHODS[name], input);
  if (!parsed.success) return { ok: false, code: 'bad-input', message: describeIssues(parsed.issues) };
  return { ok: true, value: { name, input: parsed.output } };
}

/** What the caller is told of an error. */
export function failureReply(thrown: unknown, logFault: (error: unknown) => void): Reply<never> {
  const error = toStoreError(thrown, 'The history');
  if (error instanceof Failure)
    return { ok: false, code: error.code, message: error.message, ...(error.view && { view: error.view }) };
  logFault(error);
  if (error instanceof StoreError) return { ok: false, code: STORE_CODES[error.code], message: error.message };
  return { ok: false, code: 'internal', message: 'Codehall made a mistake here. What was shown as saved is saved.' };
}

function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .slice(0, 3)
    .map((issue) => `${v.getDotPath(issue) ?? 'input'}: ${issue.message}`)
    .join('; ');
}
