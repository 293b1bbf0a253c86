/**
 * The file a history is taken from one Codehall to another in: JSON, an edition or a sitting a line. Every event is in it
 * as it is stored, payload text and request id included, so that the seals still fit. A file is untrusted input: what is
 * read here has the right shape and sizes; whether it tells a sitting is for `replay`, `resultOf` and the seal.
 */
import * as v from 'valibot';
import { EVENT_TYPES } from './event-schema.ts';
import { MISS_TAGS } from './miss-tags.ts';
import { MAX_DEPTH, nestsDeeperThan } from './parse-pack.ts';
import { PackSchema, FormSchema } from './pack.ts';

export const HISTORY_FORMAT = 'codehall-history';
/** Of the file; this program reads no other one. */
export const HISTORY_VERSION = 1;
/** The name under which results without events are exported; they cannot be imported. */
export const RESULTS_FORMAT = 'codehall-results';

const ABOUT =
  'A history of Codehall, with every event. To be imported under Settings. Not to be changed: the sum at its end says so.';

/** A note of 4000 characters, each written as an escape. */
const MAX_PAYLOAD = 25_000;

const whole = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
/** ms since 1970, as far as a date goes. */
const moment = whole(-8.64e15, 8.64e15);
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256'));
const name = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(new RegExp(`^[A-Za-z0-9_-]{${min},${max}}$`), `must be ${min} to ${max} letters, digits, - or _`),
  );

const EventSchema = v.strictObject({
  seq: whole(1),
  requestId: v.nullable(name(8, 40)),
  elapsedMs: whole(0),
  at: moment,
  type: v.picklist(EVENT_TYPES),
  /** JSON text, as it is stored. */
  payload: v.pipe(v.string(), v.maxLength(MAX_PAYLOAD)),
});

const MissMarkSchema = v.strictObject({
  number: whole(1, 600),
  tags: v.pipe(
    v.array(v.picklist(MISS_TAGS)),
    v.check((tags) => new Set(tags).size === tags.length, 'must name each tag once'),
  ),
  note: v.pipe(v.string(), v.maxLength(4000)),
  at: moment,
});

const SittingSchema = v.strictObject({
  id: name(1, 64),
  packId: PackSchema.entries.id,
  formId: FormSchema.entries.id,
  /** The hash of one of the file's editions. */
  edition: sha256,
  startedAt: moment,
  timeFactor: v.nullable(v.picklist([1, 1.25, 1.5, 2])),
  result: v.strictObject({
    finishedAt: moment,
    cause: v.picklist(['candidate', 'time', 'declined', 'agreement-time']),
    elapsedMs: whole(0),
    points: v.nullable(whole(0)),
    scored: whole(0),
  }),
  seal: sha256,
  events: v.pipe(v.array(EventSchema), v.minLength(2), v.maxLength(200_000)),
  missMarks: v.pipe(v.array(MissMarkSchema), v.maxLength(600)),
});

const EditionLineSchema = v.strictObject({ hash: sha256, content: v.unknown() });

const FileSchema = v.strictObject({
  format: v.literal(HISTORY_FORMAT),
  version: v.literal(HISTORY_VERSION),
  about: v.pipe(v.string(), v.maxLength(500)),
  exportedAt: moment,
  editions: v.pipe(v.array(v.unknown()), v.maxLength(20_000)),
  sittings: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(20_000)),
  /** Over all lines. */
  sum: sha256,
});

export type EventRecord = v.InferOutput<typeof EventSchema>;
export type MissMark = v.InferOutput<typeof MissMarkSchema>;
export type SittingRecord = v.InferOutput<typeof SittingSchema>;
/** `content` is the edition as it was given, not yet held against a pack's schemas. */
export type EditionLine = v.InferOutput<typeof EditionLineSchema>;

export interface HistoryFile {
  editions: EditionLine[];
  sittings: SittingRecord[];
  /** What the sum is taken over, in this order. */
  lines: Iterable<string>;
  sum: string;
}

export type ReadHistory = { ok: true; file: HistoryFile } | { ok: false; message: string };

/** The first of the lines the sum is taken over. @param exportedAt ms since 1970. */
export function headLine(exportedAt: number, about = ABOUT): string {
  return JSON.stringify({ format: HISTORY_FORMAT, version: HISTORY_VERSION, about, exportedAt });
}

/** Puts a file together from its lines: the head, each edition and each sitting as JSON. */
export function historyText(
  head: string,
  editions: readonly string[],
  sittings: readonly string[],
  sum: string,
): string {
  const list = (lines: readonly string[]) => `[\n${lines.join(',\n')}\n]`;
  return `${head.slice(0, -1)},\n"editions":${list(editions)},\n"sittings":${list(sittings)},\n"sum":"${sum}"}\n`;
}

/** What is called a sitting in a message: its place in the file and its id. @param index from 0. */
export function sittingPlace(index: number, { id }: Pick<SittingRecord, 'id'>): string {
  return `Sitting ${index + 1} (${id})`;
}

/** Reads the text of a file as far as its shape goes. */
export function readHistoryFile(text: string): ReadHistory {
  const refuse = (message: string): ReadHistory => ({ ok: false, message });
  if (nestsDeeperThan(text, MAX_DEPTH)) return refuse(`The file nests deeper than ${MAX_DEPTH} levels.`);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refuse('The file is cut off, or it is no JSON.');
  }
  const { format, version } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  if (format === RESULTS_FORMAT)
    return refuse(
      'This file holds results only, which cannot be imported. Export the history again, as JSON with every event.',
    );
  if (format !== HISTORY_FORMAT) return refuse('This is not a history of Codehall.');
  if (typeof version === 'number' && version > HISTORY_VERSION)
    return refuse(
      `This history was written by a newer Codehall (version ${version} of the file, this one reads ${HISTORY_VERSION}). Update Codehall to import it.`,
    );
  const parsed = v.safeParse(FileSchema, raw, { abortEarly: true });
  if (!parsed.success) return refuse(words('The file', parsed.issues[0]));

  const { about, exportedAt, sum } = parsed.output;
  const editions: EditionLine[] = [];
  for (const [index, line] of parsed.output.editions.entries()) {
    const one = v.safeParse(EditionLineSchema, line, { abortEarly: true });
    if (!one.success) return refuse(words(`Form ${index + 1}`, one.issues[0]));
    editions.push(one.output);
  }
  const sittings: SittingRecord[] = [];
  for (const [index, line] of parsed.output.sittings.entries()) {
    const one = readSittingLine(line, `Sitting ${index + 1}`);
    if (!one.ok) return one;
    sittings.push(one.sitting);
  }
  const all = [...parsed.output.editions, ...parsed.output.sittings];
  const lines = {
    *[Symbol.iterator]() {
      yield headLine(exportedAt, about);
      for (const line of all) yield JSON.stringify(line);
    },
  };
  return { ok: true, file: { editions, sittings, lines, sum } };
}

/** Reads one sitting of a file. @param owner what it is called in a message. */
export function readSittingLine(
  line: unknown,
  owner: string,
): { ok: true; sitting: SittingRecord } | { ok: false; message: string } {
  const parsed = v.safeParse(SittingSchema, line, { abortEarly: true });
  return parsed.success ? { ok: true, sitting: parsed.output } : { ok: false, message: words(owner, parsed.issues[0]) };
}

/** `Sitting 3, event 12, elapsedMs: must be …` */
function words(owner: string, issue: v.BaseIssue<unknown>): string {
  const path = (v.getDotPath(issue) ?? '')
    .slice(0, 120)
    .replace(
      /^(events|missMarks)\.(\d+)/,
      (_, list: string, index: string) => `${list === 'events' ? 'event' : 'miss mark'} ${Number(index) + 1}`,
    )
    .replace('.', ', ');
  return `${owner}${path && `, ${path}`}: ${issue.message.slice(0, 240)}.`;
}
