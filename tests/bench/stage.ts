/** What the figures of the browser share: the built program on a pack of its own, the page it is held against, one browser. */
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { launchBrowser } from './browser.ts';
import { buildProgram } from './build.ts';
import { startHost, type Host } from './hosts.ts';
import { writeBenchPack } from './pack.ts';
import { withTemporaryFolder } from './temporary.ts';

/** A page served from this process. */
export interface Served {
  url: string;
  stop(): void;
}

export interface Stage {
  browser: Browser;
  host: Host;
  /** What the program is held against. */
  other: Served;
}

/**
 * Sets the stage, measures, and ends all it started.
 * @param serveOther serves what the program is held against; it may use the folder, which goes at the end.
 */
export function withStage<T>(
  serveOther: (folder: string) => Promise<Served>,
  measure: (stage: Stage) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const dist = await buildProgram(folder);
    const other = await serveOther(folder);
    const host = await startHost(join(dist, 'main', 'web.js'), [
      ...['--data-dir', join(folder, 'data')],
      ...['--exams', writeBenchPack(join(folder, 'exams'))],
    ]);
    const browser = await launchBrowser();
    try {
      return await measure({ browser, host, other });
    } finally {
      await browser.close();
      await host.stop();
      other.stop();
    }
  });
}
