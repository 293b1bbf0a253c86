/** The trial of docs/readiness.md with fewer candidates: bounds as wide as their number asks for. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../main/exam/random.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { examsOf } from './exams.ts';
import { IMPROVING, STATIONARY } from './population.ts';
import { trial } from './trial.ts';

const exams = examsOf(loadLibrary([join(import.meta.dirname, '..', '..', 'exams')]));

describe.each(exams)('over simulated candidates of the $name', (exam) => {
  it('the interval holds the truth as often as it says, and the chance comes true', () => {
    const { coverage, bias, chances } = trial(exam, STATIONARY, 500, seeded(`unit ${exam.name}`));
    // Three standard errors of 500 around 80 are 5.4.
    expect(coverage).toBeGreaterThan(74.6);
    expect(coverage).toBeLessThan(85.4);
    expect(Math.abs(bias)).toBeLessThan(1);
    const sum = (of: (bin: (typeof chances)[number]) => number) =>
      chances.reduce((all, bin) => (bin.candidates > 0 ? all + of(bin) * bin.candidates : all), 0) / 500;
    expect(Math.abs(sum(({ told }) => told) - sum(({ reached }) => reached))).toBeLessThan(6);
  }, 60_000);

  it('it lags behind those who are getting better, on the cautious side', () => {
    const { bias, above, below } = trial(exam, IMPROVING, 200, seeded(`unit ${exam.name}`));
    expect(bias).toBeLessThan(-1.5);
    expect(bias).toBeGreaterThan(-4.5);
    expect(above).toBeGreaterThan(below);
  }, 60_000);
});
