/** What checking and indexing all exam packs at start costs beyond reading their files. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { EXAMS_FOLDER } from '../../scripts/exams/folders.ts';
import { absoluteRow, type Figure } from './figure.ts';

const RUNS = 11;

export const packLoad: Figure = {
  name: 'pack-load',
  title: 'all packs loaded in a fresh process, less the reading of their files',
  async measure(say) {
    const script = join(import.meta.dirname, 'load-packs.ts');
    const beyond = Array.from({ length: RUNS }, () => {
      const { readMs, loadMs } = JSON.parse(
        execFileSync(process.execPath, [script, EXAMS_FOLDER], { encoding: 'utf8' }),
      );
      say(`read ${readMs.toFixed(1)} ms, loaded ${loadMs.toFixed(1)} ms`);
      return loadMs - readMs;
    });
    return [absoluteRow('load of all packs beyond reading them', 60, beyond, 'ms')];
  },
};
