/** What happened in a sitting, as strict schemas: for events that come from a file. */
import * as v from 'valibot';
import { ATTENTION_KINDS, type EventType, type SittingFact } from './events.ts';
import { WORKING_ORDERS } from './working-order.ts';

const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
const option = v.pipe(v.string(), v.maxLength(8));
const offset = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const itemAnd = <E extends v.ObjectEntries>(entries: E) => v.strictObject({ number, ...entries });

const PAYLOADS = {
  started: v.strictObject({
    settings: v.strictObject({
      order: v.picklist(WORKING_ORDERS),
      timeFactor: v.nullable(v.picklist([1, 1.25, 1.5, 2])),
      proctored: v.boolean(),
      candidate: v.pipe(v.string(), v.maxLength(80)),
    }),
  }),
  agreed: v.strictObject({}),
  visited: itemAnd({}),
  responded: itemAnd({ options: v.pipe(v.array(option), v.maxLength(12)) }),
  struck: itemAnd({ option, on: v.boolean() }),
  flagged: itemAnd({ on: v.boolean() }),
  noted: itemAnd({ text: v.pipe(v.string(), v.maxLength(4000)) }),
  highlighted: v.strictObject({
    text: v.pipe(v.string(), v.maxLength(120)),
    ranges: v.pipe(v.array(v.strictObject({ start: offset, end: offset })), v.maxLength(200)),
  }),
  read: itemAnd({}),
  attention: v.strictObject({
    kind: v.picklist(ATTENTION_KINDS),
  }),
  interrupted: v.strictObject({
    cause: v.picklist(['left', 'crashed', 'suspended']),
    awayMs: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))),
  }),
  finished: v.strictObject({ cause: v.picklist(['candidate', 'time', 'declined', 'agreement-time']) }),
} as const satisfies Record<EventType, v.GenericSchema>;

export const EVENT_TYPES = Object.keys(PAYLOADS) as EventType[];

export type ParsedFact = { ok: true; fact: SittingFact } | { ok: false; field: string; message: string };

/**
 * Reads an event's payload from JSON text that this program has written. Text that would not be written so, by its
 * spaces or a field standing twice, is refused: it is stored and sealed as text.
 */
export function parseFact(type: EventType, text: string): ParsedFact {
  const refuse = (message: string, field = 'payload'): ParsedFact => ({ ok: false, field, message });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refuse('is not JSON');
  }
  const parsed = v.safeParse(PAYLOADS[type], raw, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return refuse(issue.message, ['payload', v.getDotPath<v.GenericSchema>(issue)].filter(Boolean).join('.'));
  }
  if (JSON.stringify(raw) !== text) return refuse('is not written as Codehall writes it');
  return { ok: true, fact: { type, payload: parsed.output } as SittingFact };
}
