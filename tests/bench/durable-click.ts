/**
 * What durability costs a click: a real click on an option until the page has read the host's reply, on a host that
 * commits against the same host with a journal that does not write.
 */
import { join } from 'node:path';
import { launchBrowser, openSitting, pointAt, timedClick } from './browser.ts';
import { buildProgram } from './build.ts';
import { alternate, ratioRow, ROUNDS, type Figure, type Round } from './figure.ts';
import { startHost, startSitting } from './hosts.ts';
import { writeBenchPack } from './pack.ts';
import { withTemporaryFolder } from './temporary.ts';

/** Clicks of a round, on either side. */
const CLICKS = 200;
const WARM_UP = 20;
const HOST = join(import.meta.dirname, 'journal-host.ts');

export const durableClick: Figure = {
  name: 'durable-click',
  title: 'click to acknowledged-durable, with commit / without',
  measure() {
    return withTemporaryFolder(async (folder) => {
      const exams = writeBenchPack(join(folder, 'exams'));
      const renderer = join(await buildProgram(folder), 'renderer');
      const start = (name: string, ...more: string[]) =>
        startHost(HOST, ['--data-dir', join(folder, name), '--exams', exams, '--renderer', renderer, ...more]);
      const hosts = [await start('with'), await start('without', '--no-commit')];
      const browser = await launchBrowser();
      try {
        const rounds: Round[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          const pages = await Promise.all(
            hosts.map(async (host) => openSitting(browser, host, (await startSitting(host)).id)),
          );
          const taken: [number[], number[]] = [[], []];
          const click = async (side: 0 | 1, turn: number) => {
            await pointAt(pages[side]!, 'fieldset input', turn % 4);
            const took = await timedClick(pages[side]!, 'acknowledged');
            if (turn >= WARM_UP) taken[side].push(took);
          };
          for (let turn = 0; turn < WARM_UP + CLICKS; turn++)
            await alternate(
              turn,
              () => click(0, turn),
              () => click(1, turn),
            );
          rounds.push({ ours: taken[0], other: taken[1] });
          await Promise.all(pages.map((page) => page.context().close()));
        }
        return [ratioRow('click to durable, with / without commit, p95', 1.2, 0.95, rounds, 'ms')];
      } finally {
        await browser.close();
        await Promise.all(hosts.map((host) => host.stop()));
      }
    });
  },
};
