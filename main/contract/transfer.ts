/** Taking the history out of Codehall and into another one. */
import * as v from 'valibot';
import { sittingId } from './common.ts';

/** The longest file a history can be imported from, in characters; an export with events that is longer comes in parts. */
export const MAX_HISTORY_CHARACTERS = 40_000_000;

/**
 * The largest body of `history.import` over HTTP. There the file is a string of JSON, whose escapes make it about a
 * quarter longer.
 */
export const MAX_IMPORT_BYTES = 64 * 1024 * 1024;

export const TRANSFER_METHODS = {
  'history.export': v.pipe(
    v.strictObject({
      format: v.picklist(['csv', 'json']),
      /** With every event, so that the file can be imported; of JSON only. */
      events: v.boolean(),
      /** These sittings alone; without it, all that the lists show. */
      sittingIds: v.optional(v.pipe(v.array(sittingId), v.minLength(1), v.maxLength(100_000))),
      /** With events: how many of them, the oldest first, came in the parts before. */
      from: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
    v.forward(
      v.check(({ format, events }) => format === 'json' || !events, 'must be false: a CSV file holds results only'),
      ['events'],
    ),
  ),
  'history.import': v.strictObject({
    text: v.pipe(
      v.string(),
      v.maxLength(
        MAX_HISTORY_CHARACTERS,
        `must not be longer than ${MAX_HISTORY_CHARACTERS / 1_000_000} million characters`,
      ),
    ),
  }),
} as const;

export interface TransferOutputs {
  'history.export': HistoryExport;
  'history.import': HistoryImport;
}

export interface HistoryExport {
  /** A name for the file, with the date. */
  name: string;
  text: string;
  sittings: number;
  /** Sittings left out because their record is damaged; of an export with events only. */
  damaged: number;
  /** What the next part is to be asked `from`; `null` with the last one. */
  next: number | null;
}

/** How many of the file's sittings were new here, and how many were not. */
export interface HistoryImport {
  added: number;
  known: number;
  /** Of those known, how many are deleted here; they stay so. */
  deleted: number;
}
