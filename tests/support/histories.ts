/** Exported histories for tests: sittings by chance, and files changed by someone who can compute every sum anew. */
import type { FormEdition } from '../../main/exam/edition.ts';
import type { SittingRecord } from '../../main/exam/history-file.ts';
import { headLine, historyText } from '../../main/exam/history-file.ts';
import { sumOf } from '../../main/services/sitting-record.ts';
import { hashEdition } from '../../main/store/journal.ts';
import type { Db } from '../../main/store/open.ts';
import { sealOfRecord } from '../../main/store/transfer.ts';
import { Failure } from '../../main/failure.ts';
import type { Dice } from '../torture/dice.ts';
import { randomCommand } from '../torture/random-command.ts';
import type { Hall } from './hall.ts';

export interface OpenFile {
  version: number;
  exportedAt: number;
  editions: { hash: string; content: FormEdition }[];
  sittings: SittingRecord[];
}

/** A sitting with commands by chance, interruptions, and each of the ways to end. @returns its id. */
export function sitAtRandom(hall: Hall, dice: Dice): string {
  const timeFactor = dice.pick([1, 1.25, 2, null] as const);
  const { sittingId } = hall.start({
    timeFactor,
    order: dice.pick(['front-to-back', 'cases-first']),
    candidate: 'Zoë',
  });
  const release = hall.sittings.hold(sittingId);
  hall.pass(dice.whole(0, 20));
  const before = dice.real(0, 1);
  if (before < 0.1) hall.act(sittingId, { type: 'decline' });
  if (before > 0.9 && timeFactor !== null) hall.pass(300);
  if (hall.types(sittingId).at(-1) === 'finished') {
    release();
    return sittingId;
  }
  hall.act(sittingId, { type: 'agree' });
  for (let step = dice.whole(0, 30); step > 0; step--) {
    hall.pass(dice.whole(0, 9));
    if (dice.chance(0.05)) {
      hall.sleep(dice.whole(11, 4000));
      hall.pass(1);
    }
    try {
      hall.act(
        sittingId,
        randomCommand(() => dice.real(0, 1)),
      );
    } catch (error) {
      // Some commands are such as the rules refuse.
      if (!(error instanceof Failure && error.code === 'refused')) throw error;
    }
  }
  if (timeFactor !== null && dice.chance(0.3)) hall.pass(2000);
  else hall.act(sittingId, { type: 'end' });
  release();
  return sittingId;
}

/** How many rows each table has. */
export function rowCounts(db: Db): Record<string, number> {
  const tables = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  return Object.fromEntries(
    tables.map((table) => [table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number]),
  );
}

/** The file after a change of its content, and nothing else set right. */
export function changed(text: string, change: (file: OpenFile) => void): string {
  const file = JSON.parse(text) as OpenFile;
  change(file);
  return JSON.stringify(file);
}

/** The same by someone who sets the hashes, the seals and the sum right afterwards. */
export function forged(text: string, change: (file: OpenFile) => void): string {
  const file = JSON.parse(text) as OpenFile;
  change(file);
  const addresses = new Map<string, string>();
  for (const edition of file.editions) {
    const hash = hashEdition(edition.content);
    addresses.set(edition.hash, hash);
    edition.hash = hash;
  }
  for (const sitting of file.sittings) {
    sitting.edition = addresses.get(sitting.edition) ?? sitting.edition;
    sitting.seal = sealOfRecord(sitting);
  }
  const head = headLine(file.exportedAt);
  const editions = file.editions.map((line) => JSON.stringify(line));
  const sittings = file.sittings.map((line) => JSON.stringify(line));
  return historyText(head, editions, sittings, sumOf([head, ...editions, ...sittings]));
}
