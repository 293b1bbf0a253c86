/** The application over one database: what the methods are made of, wired. */
import type { Library } from './library.ts';
import { machineDay, type LocalDay } from './local-day.ts';
import { createMarks } from './marks.ts';
import type { Clocks } from './open-sitting.ts';
import { createOutcomeKeeper } from './outcomes.ts';
import { createPlans } from './plans.ts';
import { createSittings } from './sittings.ts';
import { createHistory } from './store/history.ts';
import { createJournal, type Journal } from './store/journal.ts';
import { createMarkStore } from './store/marks.ts';
import type { Db } from './store/open.ts';
import { createOutcomeStore } from './store/outcomes.ts';
import { createPlanStore } from './store/plans.ts';

export interface ApplicationParts {
  db: Db;
  library: Library;
  clocks: Clocks;
  newId(): string;
  /** A seed for a form to be drawn: 4 to 12 small letters and digits. */
  newSeed(): string;
  /** In place of the machine's time zone, for tests. */
  localDay?: LocalDay;
  /** In place of the database's own, for tests in which it fails. */
  journal?: Journal;
}

export type Application = ReturnType<typeof createApplication>;

export function createApplication({ db, journal = createJournal(db), ...parts }: ApplicationParts) {
  const { library, clocks, newId, newSeed, localDay = machineDay } = parts;
  const sittings = createSittings({ library, journal, history: createHistory(db), clocks, newId, newSeed });
  const outcomes = createOutcomeKeeper(journal, createOutcomeStore(db));
  const marks = createMarks(journal, createMarkStore(db), clocks);
  const plans = createPlans({ library, store: createPlanStore(db), outcomes, clocks, localDay });
  return { journal, sittings, outcomes, marks, plans };
}
