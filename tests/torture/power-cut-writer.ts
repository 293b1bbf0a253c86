/**
 * The steps of power-cut-steps.ts on the shipped store, each told on standard output once the store has it:
 * `node power-cut-writer.ts FOLDER NOTES [SYNCHRONOUS]`. The last word is for the negative control: the setting that is
 * put in the place of the store's own once it has opened the database.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE } from '../../main/program.ts';
import { createJournal, type Journal } from '../../main/store/journal.ts';
import { openDatabase, type Db } from '../../main/store/open.ts';
import { edition } from '../support/pack.ts';
import { FILLS_THE_LOG, perform, plannedSteps } from './power-cut-steps.ts';

const [folder, notes, synchronous] = process.argv.slice(2);
const form = edition();
let opened: { db: Db; journal: Journal } | null = null;
for (const step of plannedSteps(Number(notes))) {
  switch (step.kind) {
    case 'open': {
      const db = openDatabase(join(folder!, DATABASE));
      if (synchronous) db.pragma(`synchronous = ${synchronous}`);
      opened = { db, journal: createJournal(db) };
      break;
    }
    case 'close':
      opened!.db.close();
      break;
    default:
      perform(opened!.journal, form, step);
      if (step.sittingId !== FILLS_THE_LOG) opened!.db.pragma('wal_checkpoint(TRUNCATE)');
  }
  writeSync(1, 'acknowledged\n');
}
