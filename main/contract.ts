/**
 * Every method a screen can call: its name, the schema of its input and the type of its output. Both hosts, the
 * dispatcher, the preload and the renderer read this one list. No runtime imports but the schema library.
 */
import * as v from 'valibot';
import type { CandidateItem } from './exam/candidate-view.ts';
import type { SittingSettings, TextRange } from './exam/events.ts';
import type { PackProblem } from './exam/parse-pack.ts';
import type { ItemState, ItemStatus, SittingPhase } from './exam/sitting.ts';
import type { SittingInsight } from './insight/insight.ts';
import type { ReviewItem, SittingReport } from './insight/report.ts';

const sittingId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
const option = v.pipe(v.string(), v.maxLength(8));
const offset = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));

const CommandSchema = v.variant('type', [
  v.strictObject({ type: v.literal('agree') }),
  v.strictObject({ type: v.literal('decline') }),
  v.strictObject({ type: v.literal('visit'), number }),
  v.strictObject({ type: v.literal('respond'), number, options: v.pipe(v.array(option), v.maxLength(12)) }),
  v.strictObject({ type: v.literal('strike'), number, option, on: v.boolean() }),
  v.strictObject({ type: v.literal('flag'), number, on: v.boolean() }),
  v.strictObject({ type: v.literal('note'), number, text: v.pipe(v.string(), v.maxLength(4000)) }),
  v.strictObject({
    type: v.literal('highlight'),
    text: v.pipe(v.string(), v.maxLength(120)),
    ranges: v.pipe(v.array(v.strictObject({ start: offset, end: offset })), v.maxLength(200)),
  }),
  v.strictObject({ type: v.literal('read'), number }),
  v.strictObject({
    type: v.literal('attend'),
    kind: v.picklist([
      'left-window',
      'returned',
      'left-full-screen',
      'entered-full-screen',
      'display-added',
      'display-removed',
    ]),
  }),
  v.strictObject({ type: v.literal('end') }),
]);

/** Chosen by the caller; a retry with the same id gets the same reply and records nothing new. */
const requestId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,40}$/, 'must be 8 to 40 letters, digits, - or _'));
/** The `seq` of the last view or reply; another one is refused as stale. */
const seq = v.pipe(v.number(), v.integer(), v.minValue(1));

const Nothing = v.strictObject({});
const OneSitting = v.strictObject({ sittingId });

/** Input schemas by method: the allow-list. */
export const METHODS = {
  'app.info': Nothing,
  'app.diagnostics': Nothing,
  'hall.show': Nothing,
  'form.show': v.strictObject({
    packId: v.pipe(v.string(), v.maxLength(64)),
    formId: v.pipe(v.string(), v.maxLength(64)),
  }),
  'sitting.start': v.strictObject({
    /** For a caller that tries again: the second call opens the sitting that the first one began after all. */
    requestId: v.optional(requestId),
    packId: v.pipe(v.string(), v.maxLength(64)),
    formId: v.pipe(v.string(), v.maxLength(64)),
    settings: v.strictObject({
      order: v.picklist(['front-to-back', 'back-to-front', 'cases-first', 'cases-last']),
      timeFactor: v.nullable(v.picklist([1, 1.25, 1.5, 2])),
      proctored: v.boolean(),
      candidate: v.pipe(v.string(), v.trim(), v.maxLength(80)),
    }),
  }),
  'sitting.open': OneSitting,
  'sitting.clock': OneSitting,
  'sitting.act': v.strictObject({ sittingId, requestId, seq, command: CommandSchema }),
  /** Commands in order, each as by `sitting.act`: the last words of a page that will not hear the replies. */
  'sitting.actAll': v.strictObject({
    sittingId,
    /** That of the first command not acknowledged. */
    seq,
    commands: v.pipe(v.array(v.strictObject({ requestId, command: CommandSchema })), v.maxLength(1000)),
  }),
  'sitting.leave': OneSitting,
  'result.show': OneSitting,
  'result.review': OneSitting,
  'insight.show': OneSitting,
  'history.list': Nothing,
  'data.show': Nothing,
  'data.restore': v.strictObject({ name: v.pipe(v.string(), v.maxLength(80)) }),
  'data.startFresh': Nothing,
} as const satisfies Record<string, v.GenericSchema>;

export type Method = keyof typeof METHODS;
export type Input<M extends Method> = v.InferInput<(typeof METHODS)[M]>;
export type Parsed<M extends Method> = v.InferOutput<(typeof METHODS)[M]>;

export interface AppInfo {
  version: string;
  host: 'electron' | 'web';
  dataDir: string;
  packDirs: string[];
  packs: PackSummary[];
  problems: { pack: string; problems: PackProblem[] }[];
}

export interface PackSummary {
  id: string;
  title: string;
  about: string;
  license: string;
  examCode: string;
  codeYear: number;
  items: number;
  /** Where it was loaded from. */
  folder: string;
}

export interface FormSummary {
  packId: string;
  formId: string;
  examCode: string;
  examName: string;
  title: string;
  codeYear: number;
  blueprintVersion: string;
  items: number;
  minutes: number;
  /** Points and percent of the latest and the best scored sitting. */
  last: PastResult | null;
  best: PastResult | null;
  sittings: number;
}

export interface PastResult {
  points: number;
  scored: number;
  percent: number;
  finishedAt: number;
}

export interface UnfinishedSitting {
  sittingId: string;
  examCode: string;
  formTitle: string;
  startedAt: number;
  phase: SittingPhase;
  answered: number;
  items: number;
  remainingMs: number | null;
}

/** A pack a new form can be drawn from. */
export interface PoolSummary {
  packId: string;
  /** Of the form that would be drawn: it carries a seed, another one each time the hall is shown. */
  formId: string;
  examCode: string;
  /** Questions of a form. */
  items: number;
  /** Questions to draw from. */
  pool: number;
}

export interface HallView {
  unfinished: UnfinishedSitting[];
  forms: FormSummary[];
  pools: PoolSummary[];
  /** Sittings whose record cannot be read, and whether the full check has found any damage. */
  damaged: boolean;
  problems: { pack: string; problems: PackProblem[] }[];
  /** Scored sittings, oldest first, for the trend; at most the newest 50. */
  standing: HistoryEntry[];
}

/** What "Before you begin" tells. */
export interface FormView extends FormSummary {
  scored: number;
  pretest: number;
  agreementMinutes: number;
  line: { percent: number; published: boolean };
  noticesAtMinutes: number[];
  /** `repeated`: how many of the area's questions the candidate has seen, counted for a drawn form only. */
  areas: { title: string; items: number; repeated: number }[];
  cases: number;
  multiple: number;
  license: string;
  /** What a drawn form had to repeat; `null` for a printed one. */
  drawn: { pool: number; repeated: number; lastSeenAt: number | null } | null;
}

export interface ClockView {
  elapsedMs: number;
  remainingMs: number | null;
  limitMs: number | null;
  /** Share of the limit the open items would take at an even pace, ms. */
  budgetLeftMs: number | null;
}

/** What changes from answer to answer. */
export interface SittingProgress {
  /** To be named by the next command. */
  seq: number;
  phase: SittingPhase;
  current: number;
  clock: ClockView;
}

export interface SittingView extends SittingProgress {
  sittingId: string;
  exam: { code: string; name: string; codeYear: number };
  form: { id: string; title: string };
  blueprintVersion: string;
  agreementMinutes: number;
  noticesAtMinutes: number[];
  settings: SittingSettings;
  /** Item numbers in working order. */
  sequence: number[];
  items: CandidateItem[];
  states: (ItemState & { status: ItemStatus })[];
  highlights: Record<string, readonly TextRange[]>;
}

export interface ActReply extends SittingProgress {
  /** The state of the item the command named, after it. */
  state: (ItemState & { status: ItemStatus }) | null;
}

export interface ResultView extends SittingReport {
  sittingId: string;
  /** Whether the journal still matches the seal set when the sitting ended. */
  sealed: boolean;
}

export interface InsightView extends SittingInsight {
  sittingId: string;
  exam: { code: string };
  form: { title: string };
  finishedAt: number;
  elapsedMs: number;
}

export interface HistoryEntry {
  sittingId: string;
  packId: string;
  formId: string;
  examCode: string;
  formTitle: string;
  startedAt: number;
  finishedAt: number;
  cause: SittingReport['cause'];
  elapsedMs: number;
  timeFactor: number | null;
  /** `null` for an unscored sitting. */
  points: number | null;
  scored: number;
  linePercent: number;
}

/** The stored data as a whole. */
export interface DataView {
  file: string;
  /** Why the database cannot be read at all; `null` while it is open. */
  unreadable: string | null;
  /** Whether the full check has been through since the start. */
  checked: boolean;
  /** What it has found; `sittingId` is `null` for the file as a whole. */
  damage: { sittingId: string | null; message: string }[];
  /** Newest first. */
  backups: { name: string; at: number; reason: 'migration' | 'sitting' | 'daily'; bytes: number }[];
}

export interface Outputs {
  'app.info': AppInfo;
  /** For a report of a fault: versions, sizes and the log; no question, answer or note. */
  'app.diagnostics': { text: string };
  'hall.show': HallView;
  'form.show': FormView;
  'sitting.start': SittingView;
  'sitting.open': SittingView;
  'sitting.clock': SittingProgress;
  'sitting.act': ActReply;
  /** How many were taken; the others were refused by the rules. */
  'sitting.actAll': { taken: number };
  'sitting.leave': { left: true };
  'result.show': ResultView;
  'result.review': ReviewItem[];
  'insight.show': InsightView;
  'history.list': HistoryEntry[];
  'data.show': DataView;
  /** `kept`: the name of the file in which what was there before lies, `null` where there was none. */
  'data.restore': { kept: string | null };
  'data.startFresh': { kept: string | null };
}

export type ErrorCode =
  /** The call itself is wrong. */
  | 'unknown-method'
  | 'bad-input'
  /** What was asked for is not there. */
  | 'not-found'
  /** Refused by the rules of the sitting. */
  | 'refused'
  | 'stale'
  | 'finished'
  | 'not-finished'
  /** Could not be written; nothing was changed and it may be tried again. */
  | 'not-saved'
  /** The stored data cannot be read. */
  | 'damaged'
  /** A fault of the program. */
  | 'internal'
  /** The renderer could not reach its host. */
  | 'unreachable';

/** Errors cross as values. `view` comes with `stale`: the state the caller should have seen. */
export type Reply<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; message: string; view?: SittingView };

/** What main tells an open screen without being asked. */
export type Push =
  { type: 'progress'; sittingId: string; progress: SittingProgress } | { type: 'finished'; sittingId: string };

/** The one bridge between a screen and its host. */
export interface ExamApi {
  call<M extends Method>(method: M, input: Input<M>): Promise<Reply<Outputs[M]>>;
  /** Tells main that this screen shows the sitting, and hears its pushes until the returned function is called. */
  watch(sittingId: string, hear: (push: Push) => void): () => void;
}
