/** Ways in which a stored database goes bad, each at a random place. */
import Database from 'better-sqlite3';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const SECTOR = 512;
const PAGE = 4096;
/** Of the header of a database file. */
const HEADER = 100;

/** Damages a file in place. @returns what was done, in words. */
type Harm = (file: string, random: () => number) => string;

/** What is done to a database file, by name. */
export const HARMS: Readonly<Record<string, Harm>> = {
  flip: (file, random) => changed(file, (bytes) => flip(bytes, random)),
  'flip in the header': (file, random) => changed(file, (bytes) => flip(bytes.subarray(0, HEADER), random)),
  sector: (file, random) => changed(file, (bytes) => blot(bytes, SECTOR, random)),
  page: (file, random) => changed(file, (bytes) => blot(bytes, PAGE, random)),
  swap: (file, random) => changed(file, (bytes) => swapPages(bytes, random)),
  truncate: (file, random) => truncate(file, random),
  letter: (file, random) => changed(file, (bytes) => otherLetter(bytes, random)),
  value: otherValue,
};

/** What is done to its log. */
export const LOG_HARMS: Readonly<Record<string, Harm>> = {
  'log removed': (file) => {
    rmSync(`${file}-wal`);
    return 'removed';
  },
  'log flip': (file, random) => changed(`${file}-wal`, (bytes) => flip(bytes, random)),
  'log flip in the header': (file, random) => changed(`${file}-wal`, (bytes) => flip(bytes.subarray(0, 32), random)),
  'log sector': (file, random) => changed(`${file}-wal`, (bytes) => blot(bytes, SECTOR, random)),
  'log end': (file, random) => changed(`${file}-wal`, (bytes) => flip(bytes.subarray(-2 * (PAGE + 24)), random)),
  'log truncate': (file, random) => truncate(`${file}-wal`, random),
};

function changed(file: string, work: (bytes: Buffer) => string): string {
  const bytes = readFileSync(file);
  if (bytes.length === 0) return 'nothing, it is empty';
  const told = work(bytes);
  writeFileSync(file, bytes);
  return told;
}

function below(count: number, random: () => number): number {
  return Math.floor(random() * count);
}

/** One to eight bytes become others. */
function flip(bytes: Buffer, random: () => number): string {
  const places = Array.from({ length: 1 + below(8, random) }, () => below(bytes.length, random));
  for (const at of places) bytes[at]! ^= 1 + below(255, random);
  return `bytes ${places.join(', ')}`;
}

/** A block becomes zeros, or noise. */
function blot(bytes: Buffer, size: number, random: () => number): string {
  const start = size * below(Math.ceil(bytes.length / size), random);
  const block = bytes.subarray(start, start + size);
  if (random() < 0.5) {
    block.fill(0);
    return `${size} zeros from ${start}`;
  }
  for (let at = 0; at < block.length; at++) block[at] = below(256, random);
  return `${size} of noise from ${start}`;
}

function swapPages(bytes: Buffer, random: () => number): string {
  const pages = bytes.length / PAGE;
  const one = below(pages, random);
  const other = (one + 1 + below(pages - 1, random)) % pages;
  const kept = Buffer.from(bytes.subarray(one * PAGE, (one + 1) * PAGE));
  bytes.copyWithin(one * PAGE, other * PAGE, (other + 1) * PAGE);
  kept.copy(bytes, other * PAGE);
  return `pages ${one} and ${other}`;
}

/** Cuts a file off: anywhere, at the end of a page, or to nothing. */
function truncate(file: string, random: () => number): string {
  const bytes = readFileSync(file);
  const anywhere = below(bytes.length, random);
  const kind = random();
  const length = kind < 0.1 ? 0 : kind < 0.5 ? anywhere - (anywhere % PAGE) : anywhere;
  writeFileSync(file, bytes.subarray(0, length));
  return `to ${length} of ${bytes.length}`;
}

/** A digit becomes another digit, a letter another letter, at a place that holds one. */
function otherLetter(bytes: Buffer, random: () => number): string {
  const isOne = (byte: number) => /[0-9A-Za-z]/.test(String.fromCharCode(byte));
  let at = below(bytes.length, random);
  while (!isOne(bytes[at]!)) at = (at + 1) % bytes.length;
  const was = String.fromCharCode(bytes[at]!);
  const kin = /\d/.test(was)
    ? '0123456789'
    : /[a-z]/.test(was)
      ? 'abcdefghijklmnopqrstuvwxyz'
      : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const others = kin.replace(was, '');
  bytes[at] = others.charCodeAt(below(others.length, random));
  return `${was} at ${at} is ${String.fromCharCode(bytes[at]!)}`;
}

/**
 * A value of some row becomes another one, through SQLite and with its indexes, so that only the program's own checks can
 * tell. What the log holds goes into the database.
 */
function otherValue(file: string, random: () => number): string {
  const db = new Database(file);
  try {
    db.pragma('foreign_keys = OFF');
    db.pragma('ignore_check_constraints = ON');
    const triggers = db.prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`,
    );
    const away = triggers.all();
    for (const { name } of away) db.exec(`DROP TRIGGER ${name}`);
    const told = changeSomeValue(db, random);
    for (const { sql } of away) db.exec(sql);
    return told;
  } finally {
    db.close();
  }
}

function changeSomeValue(db: Database.Database, random: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[below(from.length, random)]!;
  for (;;) {
    const table = pick(db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all());
    const columns = db.pragma(`table_info(${table})`) as { name: string; pk: number }[];
    const rows = db.prepare<[], Record<string, string | number | null>>(`SELECT * FROM ${table}`).all();
    if (rows.length === 0) continue;
    const row = pick(rows);
    const column = pick(columns).name;
    const value = row[column];
    if (value === null || value === undefined) continue;
    const bytes = Buffer.from(String(value));
    if (!/[0-9A-Za-z]/.test(String(value))) continue;
    otherLetter(bytes, random);
    const other = typeof value === 'number' ? Number(bytes.toString()) : bytes.toString();
    const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
    const where = keys.map((key) => `${key} = ?`).join(' AND ');
    try {
      db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(other, ...keys.map((key) => row[key]));
    } catch (error) {
      // Another row has this value already.
      if (!String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT')) throw error;
      continue;
    }
    return `${table}.${column} ${String(value).slice(0, 40)} is ${String(other).slice(0, 40)}`;
  }
}
