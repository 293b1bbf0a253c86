/** Whether a sitting's record is sound in itself, wherever it comes from, and whether a file of them is whole. */
import { createHash } from 'node:crypto';
import type { FormEdition } from '../exam/edition.ts';
import { parseFact } from '../exam/event-schema.ts';
import type { SittingEvent } from '../exam/events.ts';
import type { SittingRecord } from '../exam/history-file.ts';
import { replay } from '../exam/replay.ts';
import { resultOf, type SittingResult } from '../exam/scoring.ts';
import { sealOfRecord } from '../store/transfer.ts';

/**
 * What is wrong with a sitting's record: it must be what a candidate can have done with this form, and its beginning,
 * result and seal must follow from its events.
 * @returns the place and what is wrong there, `null` where all is right.
 */
export function problemOf(sitting: SittingRecord, edition: FormEdition): string | null {
  if (edition.pack.id !== sitting.packId) return 'packId: is not that of the form';
  if (edition.form.id !== sitting.formId) return 'formId: is not that of the form';
  const events: SittingEvent[] = [];
  for (const [index, { seq, elapsedMs, at, type, payload }] of sitting.events.entries()) {
    const parsed = parseFact(type, payload);
    if (!parsed.ok) return `event ${index + 1}, ${parsed.field}: ${parsed.message}`;
    events.push({ ...parsed.fact, seq, elapsedMs, at });
  }
  const replayed = replay(edition, events);
  if (!replayed.ok) return `event ${replayed.seq}, ${replayed.field}: ${replayed.message}`;
  const { state } = replayed;
  if (state.startedAt !== sitting.startedAt) return 'startedAt: is not the time of its first event';
  if (state.settings.timeFactor !== sitting.timeFactor) return 'timeFactor: is not that of its first event';
  if (!state.finished) return 'events: the sitting does not come to its end';
  const responses = state.items.map(({ response }) => response);
  const right = resultOf(edition, responses, state.finished, state.elapsedMs);
  const wrong = (Object.keys(right) as (keyof SittingResult)[]).find((field) => right[field] !== sitting.result[field]);
  if (wrong) return `result.${wrong}: is ${sitting.result[wrong]}, and its events give ${right[wrong]}`;
  if (sealOfRecord(sitting) !== sitting.seal) return 'seal: does not fit its events; one of them has been changed';
  return wrongMark(sitting, edition);
}

function wrongMark({ missMarks }: SittingRecord, { items }: FormEdition): string | null {
  const numbers = new Set(missMarks.map(({ number }) => number));
  if (numbers.size !== missMarks.length) return 'missMarks: has two for one question';
  const stranger = [...numbers].find((number) => number > items.length);
  return stranger === undefined ? null : `missMarks: the form has no question ${stranger}`;
}

/** The sum at the end of a file: SHA-256 over its lines. */
export function sumOf(lines: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('hex');
}
