/** How often the interval held the truth and how good the chance was, over many simulated candidates. */
import { readiness } from '../../main/insight/readiness.ts';
import { simulate, type Scenario, type SimulatedExam } from './population.ts';

export interface Verdict {
  exam: string;
  scenario: string;
  candidates: number;
  /** Candidates with too few first-seen questions for an estimate. */
  withheld: number;
  /** Percent of the candidates whose true share lay in the interval. */
  coverage: number;
  /** The same by tenth of true share, the lowest first. */
  tenths: number[];
  /** Percent of them below and above their interval. */
  below: number;
  above: number;
  /** Mean of estimate less truth, and the root of its mean square, in points. */
  bias: number;
  error: number;
  /** Mean width of the interval, points. */
  width: number;
  /** Candidates by the chance they were told, in tenths: the mean chance and how many in fact reached the line, both in percent. */
  chances: { candidates: number; told: number; reached: number }[];
}

export function trial(exam: SimulatedExam, scenario: Scenario, candidates: number, random: () => number): Verdict {
  const length = exam.areas.reduce((sum, { items }) => sum + items, 0);
  const runs = Array.from({ length: candidates }, () => {
    const { answers, truth, newForm } = simulate(exam, scenario, random);
    const { estimate } = readiness(exam, answers);
    return { estimate, truth: truth * 100, reached: newForm * 100 >= exam.linePercent * length };
  });
  const told = runs.flatMap(({ estimate, ...rest }) => (estimate ? [{ ...estimate, ...rest }] : []));
  const covered = told.map(({ low, high, truth }) => low <= truth && truth <= high);
  const byTruth = told
    .map(({ truth }, index) => ({ truth, covered: covered[index]! }))
    .sort((a, b) => a.truth - b.truth);
  const tenth = (index: number) =>
    byTruth.slice(Math.floor((index * byTruth.length) / 10), Math.floor(((index + 1) * byTruth.length) / 10));
  const errors = told.map(({ percent, truth }) => percent - truth);
  return {
    exam: exam.name,
    scenario: scenario.name,
    candidates,
    withheld: candidates - told.length,
    coverage: share(covered),
    tenths: Array.from({ length: 10 }, (_, index) => share(tenth(index).map((one) => one.covered))),
    below: share(told.map(({ low, truth }) => truth < low)),
    above: share(told.map(({ high, truth }) => truth > high)),
    bias: mean(errors),
    error: Math.sqrt(mean(errors.map((one) => one * one))),
    width: mean(told.map(({ low, high }) => high - low)),
    chances: Array.from({ length: 10 }, (_, index) => {
      const own = told.filter(({ chance }) => Math.min(9, Math.floor(chance * 10)) === index);
      return {
        candidates: own.length,
        told: mean(own.map(({ chance }) => chance * 100)),
        reached: share(own.map(({ reached }) => reached)),
      };
    }),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Percent of those that hold. */
function share(held: readonly boolean[]): number {
  return mean(held.map((one) => (one ? 100 : 0)));
}
