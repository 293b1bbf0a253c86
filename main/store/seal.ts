/** What shows that stored events are as they were written: a running CRC while a sitting goes on, a seal when it has ended. */
import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface EventRow {
  seq: number;
  request_id: string | null;
  elapsed_ms: number;
  at: number;
  type: string;
  payload: string;
  /** `null` in events of older programs. */
  crc: number | null;
}

/** The part of a sitting's own row that must not change. */
export interface SittingRow {
  id: string;
  pack_id: string;
  form_id: string;
  edition_hash: string;
  started_at: number;
  time_factor: number | null;
}

/** The CRC a sitting's first event goes on from. */
export function crcOfSitting({ id, pack_id, form_id, edition_hash, started_at, time_factor }: SittingRow): number {
  return crc32(JSON.stringify([id, pack_id, form_id, edition_hash, started_at, time_factor]));
}

/** @param before the CRC up to the event before. */
export function crcOfEvent(row: Omit<EventRow, 'crc'>, before: number): number {
  return crc32(fields(row), before);
}

/** As SQLite stores it in four bytes. */
export function signed(crc: number): number {
  return crc | 0;
}

/** Whether there are events, every one that has a CRC fits all before it, and the positions have no gap. */
export function isUnbroken(sitting: SittingRow, rows: readonly EventRow[]): boolean {
  let crc = crcOfSitting(sitting);
  const fits = rows.every((row, index) => {
    crc = crcOfEvent(row, crc);
    return row.seq === index + 1 && (row.crc === null || row.crc === signed(crc));
  });
  return fits && rows.length > 0;
}

/** The CRC of a row that stands by itself, as it is stored. */
export function crcOfRow(fields: readonly number[]): number {
  return signed(crc32(JSON.stringify(fields)));
}

/** SHA-256 over every field of every event: SQLite's `integrity_check` alone misses changed values. */
export function sealOf(rows: readonly EventRow[]): string {
  return hash('sha256', rows.map((row) => `${fields(row)}\n`).join(''));
}

function fields(row: Omit<EventRow, 'crc'>): string {
  return JSON.stringify([row.seq, row.request_id, row.elapsed_ms, row.at, row.type, row.payload]);
}
