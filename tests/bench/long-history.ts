/**
 * A history of ten thousand sittings and a million answers, read through the application in fresh processes: each
 * call against the bare SQL it rests on; what the answers take in the file; and the insight into one sitting.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createApplication } from '../../main/application.ts';
import { freezeForm } from '../../main/exam/edition.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { openDatabase } from '../../main/store/open.ts';
import { EXAMS_FOLDER } from '../../scripts/exams/folders.ts';
import { addPast, countPast } from '../support/past.ts';
import { absoluteRow, median, ratioRow, type Figure, type Row } from './figure.ts';
import type { Read, Reads } from './read-history.ts';
import { withTemporaryFolder } from './temporary.ts';

const SITTINGS = 10_000;
/** Fresh processes. */
const RUNS = 15;

/** The slowest a call may be, ms, and against its bare SQL. */
const CALLS: readonly { read: Read; name: string; ms: number; ratio: number }[] = [
  { read: 'newest', name: 'newest 50', ms: 10, ratio: 1.5 },
  { read: 'open', name: 'open one sitting', ms: 10, ratio: 1.5 },
  { read: 'areas', name: 'domain totals', ms: 15, ratio: 1.5 },
];

export const longHistory: Figure = {
  name: 'long-history',
  title: `${SITTINGS} sittings of 100 questions, each call in a fresh process / its bare SQL`,
  measure(say) {
    return withTemporaryFolder(async (folder) => {
      const file = join(folder, 'codehall.db');
      say(await build(file));
      const script = join(import.meta.dirname, 'read-history.ts');
      const runs = Array.from({ length: RUNS }, (_, run): Reads => {
        const reads = execFileSync(process.execPath, [script, file, String(run)], { encoding: 'utf8' });
        return JSON.parse(reads) as Reads;
      });
      const rows = CALLS.flatMap(({ read, name, ms, ratio }): Row[] => {
        const ours = runs.map((run) => run.calls[read].oursMs);
        const other = runs.map((run) => run.calls[read].bareMs);
        say(`${name}: ${median(ours).toFixed(2)} ms, bare ${median(other).toFixed(2)} ms`);
        return [
          ratioRow(`${name} / bare SQL, p50`, ratio, 0.5, [{ ours, other }], 'ms'),
          absoluteRow(name, ms, ours, 'ms'),
        ];
      });
      const { answerBytes, journalBytes } = runs[0]!;
      say(`${answerBytes.toFixed(1)} bytes an answer in the answer tables, ${journalBytes.toFixed(1)} in the journal`);
      return [
        ...rows,
        absoluteRow(
          'insight of one sitting',
          30,
          runs.map(({ insightMs }) => insightMs),
          'ms',
        ),
        { ...absoluteRow('answer tables, bytes an answer', 70, [answerBytes], 'ms'), unit: '', detail: '' },
      ];
    });
  },
};

/** @returns how long it took, in words. */
async function build(file: string): Promise<string> {
  const start = performance.now();
  const library = loadLibrary([EXAMS_FOLDER]);
  const { pack } = library.packs.get('cpc-2026')!;
  const db = openDatabase(file);
  const clocks = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };
  const newId = () => {
    throw new Error('the bench starts no sitting');
  };
  const application = createApplication({ db, library, clocks, newId, newSeed: newId });
  addPast(db, { editions: pack.forms.map(({ id }) => freezeForm(pack, id)), sittings: SITTINGS, declined: 0 });
  const written = performance.now();
  countPast(application, db);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
  return `built in ${seconds(start, written)}, outcomes in ${seconds(written, performance.now())}`;
}
