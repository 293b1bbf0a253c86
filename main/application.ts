/** The application over one database: what the methods are made of, wired. */
import { createHistoryView } from './services/history-view.ts';
import type { Library } from './services/library.ts';
import { machineDay, type LocalDay } from './local-day.ts';
import { createMarks } from './services/marks.ts';
import type { Clocks } from './services/open-sitting.ts';
import { createOutcomeKeeper } from './services/outcomes.ts';
import { createPlans } from './services/plans.ts';
import { createPractices } from './services/practice.ts';
import { createReplays } from './services/replays.ts';
import { createReadiness } from './services/readiness.ts';
import { createSittings } from './services/sittings.ts';
import { createAreaSums } from './store/area-sums.ts';
import { createDeletions } from './store/deletions.ts';
import { createHistory } from './store/history.ts';
import { createJournal, type Journal } from './store/journal.ts';
import { createMarkStore } from './store/marks.ts';
import type { Db } from './store/open.ts';
import { createOutcomeStore } from './store/outcomes.ts';
import { createPlanStore } from './store/plans.ts';
import { createReadinessStore } from './store/readiness.ts';
import { createTransferStore } from './store/transfer.ts';
import { createTransfer } from './services/transfer.ts';
import { createPracticeStore } from './store/practice.ts';

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
  const history = createHistory(db);
  const sittings = createSittings({ library, journal, history, clocks, newId, newSeed });
  const outcomeStore = createOutcomeStore(db);
  const outcomes = createOutcomeKeeper(journal, outcomeStore);
  const deletions = createDeletions(db, outcomeStore);
  const areaSums = createAreaSums(db);
  return {
    journal,
    sittings,
    outcomes,
    history: createHistoryView({
      ...{ journal, history, areaSums, deletions, outcomes, clocks },
      close: (sittingId) => sittings.closeUnwatched(sittingId),
    }),
    transfer: createTransfer({
      ...{ journal, history, outcomes, localDay },
      store: createTransferStore(db),
      wallMs: clocks.wallMs,
    }),
    replays: createReplays(journal),
    marks: createMarks(journal, createMarkStore(db), clocks),
    readiness: createReadiness({ library, journal, outcomes, store: createReadinessStore(db), clocks }),
    plans: createPlans({ library, store: createPlanStore(db), outcomes, clocks, localDay }),
    practices: createPractices({
      ...{ library, outcomes, clocks, localDay },
      store: createPracticeStore(db, outcomeStore),
    }),
  };
}
