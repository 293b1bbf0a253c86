/** How soon the built web host answers after `node` starts, and what it holds in memory after a whole sitting. */
import { join } from 'node:path';
import { buildProgram } from './build.ts';
import { absoluteRow, type Figure } from './figure.ts';
import { startHost, startSitting } from './hosts.ts';
import { ITEMS, writeBenchPack } from './pack.ts';
import { withTemporaryFolder } from './temporary.ts';

const RUNS = 5;

export const hostStart: Figure = {
  name: 'host-start',
  title: 'web host ready after `node` starts, built; resident memory after a sitting',
  measure(say) {
    return withTemporaryFolder(async (folder) => {
      const dist = await buildProgram(folder);
      const exams = writeBenchPack(join(folder, 'exams'));
      const ready: number[] = [];
      const resident: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const args = ['--data-dir', join(folder, `data-${run}`), '--exams', exams];
        const host = await startHost(join(dist, 'main', 'web.js'), args);
        try {
          ready.push(host.readyMs);
          const atStart = host.residentMb();
          const { id, act } = await startSitting(host);
          for (let number = 1; number <= ITEMS; number++) await act({ type: 'respond', number, options: ['a'] });
          await act({ type: 'end' });
          await host.call('result.show', { sittingId: id });
          resident.push(host.residentMb());
          say(`${atStart.toFixed(0)} MB when ready, ${host.residentMb().toFixed(0)} MB after a sitting`);
        } finally {
          await host.stop();
        }
      }
      return [
        absoluteRow('web host ready', 500, ready, 'ms'),
        absoluteRow('web host resident after a sitting', 120, resident, 'MB'),
      ];
    });
  },
};
