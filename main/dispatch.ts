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
    'history.list': () => sittings().history(),
    'history.export': (input) => application().transfer.export(input),
    'history.import': (input) => application().transfer.import(input),
    'data.show': () => data.show(),
    'data.restore': (input) => data.restore(input),
    'data.startFresh': () => data.startFresh(),
  };

  return (method, input) => {
    if (!Object.hasOwn(METHODS, method))
      return { ok: false, code: 'unknown-method', message: `There is no method "${method.slice(0, 60)}".` };
    const name = method as Method;
    const parsed = v.safeParse(METHODS[name], input);
    if (!parsed.success) return { ok: false, code: 'bad-input', message: describeIssues(parsed.issues) };
    try {
      return { ok: true, value: handlers[name](parsed.output as never) };
    } catch (thrown) {
      const error = toStoreError(thrown, 'The history');
      if (error instanceof Failure)
        return { ok: false, code: error.code, message: error.message, ...(error.view && { view: error.view }) };
      if (error instanceof StoreError) {
        logFault(error);
        return { ok: false, code: STORE_CODES[error.code], message: error.message };
      }
      logFault(error);
      return {
        ok: false,
        code: 'internal',
        message: 'Codehall made a mistake here. What was shown as saved is saved.',
      };
    }
  };
}

function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .slice(0, 3)
    .map((issue) => `${v.getDotPath(issue) ?? 'input'}: ${issue.message}`)
    .join('; ');
}
