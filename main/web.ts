/** Starts the web host from the command line: `node web.js [--port N] [--data-dir DIR] [--exams DIR]`. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtFolder, defaultDataDir, newToken, startProgram } from './compose.ts';
import { listStaticFiles } from './static-files.ts';
import { StoreError } from './store/errors.ts';
import { startWebHost } from './web-host.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'data-dir': { type: 'string' },
    exams: { type: 'string' },
  },
});

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  fail(`--port ${values.port}: must be a whole number from 0 to 65535`);

try {
  const dataDir = resolve(values['data-dir'] ?? defaultDataDir());
  const program = startProgram('web', dataDir, resolve(values.exams ?? join(builtFolder, '..', 'exams')));
  const token = newToken();
  const host = await startWebHost({ ...program, files: listStaticFiles(join(builtFolder, 'renderer')), token }, port);
  const stop = () => {
    void host.close().then(() => {
      program.close();
      process.exit(0);
    });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(JSON.stringify({ ready: true, url: `${host.origin}/#token=${token}`, token }));
} catch (error) {
  if (error instanceof StoreError) fail(error.message);
  if ((error as { code?: unknown }).code === 'EADDRINUSE')
    fail(`--port ${port}: another program listens there already`);
  throw error;
}

/** Ends with one plain sentence. */
function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
