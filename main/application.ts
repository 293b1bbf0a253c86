/** The application over one database: what the methods are made of, wired. */
import type { Library } from './library.ts';
import type { Clocks } from './open-sitting.ts';
import { createOutcomeKeeper } from './outcomes.ts';
import { createSittings } from './sittings.ts';
import { createHistory } from './store/history.ts';
import { createJournal, type Journal } from './store/journal.ts';
import type { Db } from './store/open.ts';
import { createOutcomeStore } from './store/outcomes.ts';
import { createTransferStore } from './store/transfer.ts';
import { createTransfer } from './transfer.ts';

export interface ApplicationParts {
  db: Db;
  library: Library;
  clocks: Clocks;
  newId(): string;
  /** A seed for a form to be drawn: 4 to 12 small letters and digits. */
  newSeed(): string;
  /** In place of the database's own, for tests in which it fails. */
  journal?: Journal;
}

export type Application = ReturnType<typeof createApplication>;

export function createApplication({ db, journal = createJournal(db), ...parts }: ApplicationParts) {
  const { library, clocks, newId, newSeed } = parts;
  const history = createHistory(db);
  const sittings = createSittings({ library, journal, history, clocks, newId, newSeed });
  const outcomes = createOutcomeKeeper(journal, createOutcomeStore(db));
  const store = createTransferStore(db);
  const transfer = createTransfer({ journal, history, outcomes, store, wallMs: clocks.wallMs });
  return { journal, sittings, outcomes, transfer };
}
