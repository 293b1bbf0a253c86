/** The trial of the readiness estimate at full size: see docs/readiness.md. */
import { parseArgs } from 'node:util';
import { loadLibrary } from '../../main/services/library.ts';
import { seeded } from '../../main/exam/random.ts';
import { FORGETFUL, IMPROVING, MINDFUL, STATIONARY } from './population.ts';
import { examsOf } from './exams.ts';
import { trial, type Verdict } from './trial.ts';
import { join } from 'node:path';

const { values } = parseArgs({
  options: { candidates: { type: 'string', default: '10000' }, seed: { type: 'string', default: 'readiness' } },
});
const candidates = Number(values.candidates);
if (!Number.isInteger(candidates) || candidates < 100)
  throw new RangeError(`--candidates must be a whole number from 100 on, not ${values.candidates}`);

/** What is promised of stationary candidates. */
function falls({ coverage, tenths, chances }: Verdict): string[] {
  const wrong = coverage < 78 || coverage > 82 ? [`covers ${coverage.toFixed(1)} %, not 78 to 82`] : [];
  const told = chances.filter(({ candidates: count, told, reached }) => count >= 300 && Math.abs(told - reached) > 8);
  return wrong.concat(
    tenths.flatMap((one, index) =>
      one < 74 || one > 86 ? [`covers ${one.toFixed(1)} % in tenth ${index + 1}, not 74 to 86`] : [],
    ),
    told.map((bin) => `told a chance of ${one(bin.told)} % where ${one(bin.reached)} % reached the line`),
  );
}

const one = (value: number) => value.toFixed(1).padStart(5);
let sound = true;
for (const exam of examsOf(loadLibrary([join(import.meta.dirname, '..', '..', 'exams')])))
  for (const scenario of [STATIONARY, IMPROVING, FORGETFUL, MINDFUL]) {
    const verdict = trial(exam, scenario, candidates, seeded(`${values.seed} ${exam.name} ${scenario.name}`));
    console.log(`${exam.name}, ${scenario.name}, ${candidates} candidates, ${verdict.withheld} without an estimate`);
    console.log(`  covered  ${one(verdict.coverage)} %  by tenth of ability ${verdict.tenths.map(one).join(' ')}`);
    console.log(
      `  truth below ${one(verdict.below)} %, above ${one(verdict.above)} %; bias ${one(verdict.bias)}, error ${one(verdict.error)}, width ${one(verdict.width)} points`,
    );
    for (const { candidates: count, told, reached } of verdict.chances)
      if (count > 0) console.log(`  chance ${one(told)} %  reached ${one(reached)} %  of ${count}`);
    if (scenario !== STATIONARY) continue;
    for (const fall of falls(verdict)) {
      sound = false;
      console.log(`  FALLS SHORT: ${fall}`);
    }
  }
process.exitCode = sound ? 0 : 1;
