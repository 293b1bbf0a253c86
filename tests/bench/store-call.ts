/**
 * What the database costs on top of the disk: one answer through the journal against a raw append and fsync of as
 * many bytes as the write-ahead log grew by, on the same file system, one after the other in turn.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { freezeForm } from '../../main/exam/edition.ts';
import type { SittingEvent } from '../../main/exam/events.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { createJournal, hashEdition } from '../../main/store/journal.ts';
import { openDatabase } from '../../main/store/open.ts';
import { alternate, median, ratioRow, ROUNDS, type Figure, type Round } from './figure.ts';
import { FORM_ID, PACK_ID, writeBenchPack } from './pack.ts';
import { withTemporaryFolder } from './temporary.ts';

/** Answers of a round: twice what a long sitting records, so that checkpoints are among them. */
const ANSWERS = 1_000;
/** Not counted: the first calls warm the code and the file. */
const WARM_UP = 50;

export const storeCall: Figure = {
  name: 'store-call',
  title: 'store call for one answer / raw append + fsync of the same bytes',
  measure(say) {
    return withTemporaryFolder(async (folder) => {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const measured = await oneRound(folder, round);
        rounds.push(measured);
        say(`${measured.bytes} bytes of log per answer`);
      }
      return [
        ratioRow('store call / raw append, p50', 1.4, 0.5, rounds, 'ms'),
        ratioRow('store call / raw append, p95', 1.6, 0.95, rounds, 'ms'),
      ];
    });
  },
};

async function oneRound(folder: string, round: number): Promise<Round & { bytes: number }> {
  const file = join(folder, `round-${round}.db`);
  const pack = loadLibrary([writeBenchPack(join(folder, 'packs'))]).packs.get(PACK_ID)!.pack;
  const edition = freezeForm(pack, FORM_ID);
  const db = openDatabase(file);
  const raw = openSync(join(folder, `round-${round}.raw`), 'w');
  try {
    const journal = createJournal(db);
    const sittingId = randomUUID();
    const at = Date.now();
    journal.start(
      {
        id: sittingId,
        packId: PACK_ID,
        formId: FORM_ID,
        editionHash: hashEdition(edition),
        startedAt: at,
        timeFactor: 1,
      },
      edition,
      {
        type: 'started',
        payload: { settings: { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: '' } },
        seq: 1,
        elapsedMs: 0,
        at,
      },
    );
    const ours: number[] = [];
    const other: number[] = [];
    const grown: number[] = [];
    let logSize = statSync(`${file}-wal`).size;
    let bytes = Buffer.alloc(8_240, 1);
    for (let answer = 0; answer < WARM_UP + ANSWERS; answer++) {
      const event: SittingEvent = {
        type: 'responded',
        payload: { number: 1 + (answer % 100), options: ['abcd'[answer % 4]!] },
        seq: answer + 2,
        elapsedMs: answer * 7_000,
        at: at + answer * 7_000,
      };
      const requestId = randomUUID();
      await alternate(
        answer,
        () => {
          const start = performance.now();
          journal.append(sittingId, event, requestId);
          const took = performance.now() - start;
          if (answer >= WARM_UP) ours.push(took);
        },
        () => {
          const start = performance.now();
          writeSync(raw, bytes);
          fsyncSync(raw);
          const took = performance.now() - start;
          if (answer >= WARM_UP) other.push(took);
        },
      );
      // After a checkpoint the log is written over from its start and does not grow; what it grew by before holds.
      const size = statSync(`${file}-wal`).size;
      if (size > logSize) grown.push(size - logSize);
      logSize = Math.max(size, logSize);
      const typical = median(grown);
      if (typical !== bytes.length) bytes = Buffer.alloc(typical, 1);
    }
    return { ours, other, bytes: median(grown) };
  } finally {
    closeSync(raw);
    db.close();
  }
}
