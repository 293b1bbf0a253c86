/**
 * The web host with a journal of choice, wired as `main/compose.ts` does it (which only a bundle can import):
 * `node journal-host.ts --data-dir DIR --exams DIR --renderer DIR [--no-commit]`.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApplication } from '../../main/application.ts';
import { createDispatch } from '../../main/dispatch.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { listStaticFiles } from '../../main/static-files.ts';
import { createJournal } from '../../main/store/journal.ts';
import { openDatabase } from '../../main/store/open.ts';
import { startWebHost } from '../../main/web-host.ts';
import { NO_DATA } from '../support/no-data.ts';

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: '' },
    exams: { type: 'string', default: '' },
    renderer: { type: 'string', default: '' },
    'no-commit': { type: 'boolean', default: false },
  },
});

const db = openDatabase(join(values['data-dir'], 'codehall.db'));
const journal = createJournal(db);
const application = createApplication({
  db,
  library: loadLibrary([values.exams]),
  journal: values['no-commit'] ? { ...journal, append: () => {} } : journal,
  clocks: { monotonicMs: () => performance.now(), wallMs: () => Date.now() },
  newId: randomUUID,
  newSeed: () => 'bench',
});
const dispatch = createDispatch(
  () => application,
  () => {
    throw new Error('the bench asks for no info');
  },
  (error) => console.error(error),
  NO_DATA,
);
const token = randomBytes(24).toString('base64url');
const host = await startWebHost(
  { dispatch, sittings: application.sittings, files: listStaticFiles(values.renderer), token },
  0,
);
process.once('SIGTERM', () => {
  void host.close().then(() => {
    db.close();
    process.exit(0);
  });
});
console.log(JSON.stringify({ ready: true, url: `${host.origin}/#token=${token}`, token }));
