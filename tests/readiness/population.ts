/**
 * Candidates whose abilities are known, sitting forms of a blueprint, to see whether the estimate of readiness keeps
 * what it says. The population is described in docs/readiness.md.
 */
import type { PastAnswer, Target } from '../../main/insight/readiness.ts';

/** A pack as far as a simulated candidate meets it. */
export interface SimulatedExam extends Target {
  name: string;
  /** Questions there are of each area, by its id. */
  pool: ReadonlyMap<string, number>;
}

export interface Scenario {
  name: string;
  /** Points of a hundred by which the candidate's share rises in a week. */
  gainPerWeek: number;
  /** The chance that a question seen before, which would be missed, is remembered. */
  remembered: number;
}

export const STATIONARY: Scenario = { name: 'stationary', gainPerWeek: 0, remembered: 0.3 };
export const IMPROVING: Scenario = { name: 'improving', gainPerWeek: 1, remembered: 0.3 };
/** What if they remember nothing, or half of what they would have missed. */
export const FORGETFUL: Scenario = { name: 'forgetful', gainPerWeek: 0, remembered: 0 };
export const MINDFUL: Scenario = { name: 'mindful', gainPerWeek: 0, remembered: 0.5 };

/** The population, on the logistic scale: the candidates' middle and spread, and that of one's areas around it. */
const MIDDLE = Math.log(0.7 / 0.3);
const SPREAD = 0.5;
const AREA_SPREAD = 0.4;

/** The area with most questions is harder for everyone by this, on the same scale: cases are. */
const HARDER = 0.5;

/** The part of an answer that is the candidate's lasting knowledge of that question; the rest is the day's luck. */
const LASTING = 0.5;

const DAY_MS = 86_400_000;

export interface Candidate {
  answers: PastAnswer[];
  /** The share of points to be expected on a new form after the last sitting, from 0 to 1. */
  truth: number;
  /** Points on one such form. */
  newForm: number;
  sittings: number;
}

/** @param random numbers in [0, 1). */
export function simulate(exam: SimulatedExam, scenario: Scenario, random: () => number): Candidate {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const ability = MIDDLE + SPREAD * normal(random);
  const most = Math.max(...exam.areas.map(({ items }) => items));
  const abilities = exam.areas.map(
    ({ items }) => ability + AREA_SPREAD * normal(random) - (items === most ? HARDER : 0),
  );
  // About 21 points of share for each unit at a share of 0.7.
  const gain = scenario.gainPerWeek / 100 / 0.21 / 7;
  const shareOf = (area: number, day: number) => 1 / (1 + Math.exp(-(abilities[area]! + gain * day)));

  const sittings = whole(2, 8);
  const knowledge = exam.areas.map(({ id }) => Array.from({ length: exam.pool.get(id)! }, random));
  const seen = new Set<number>();
  const answers: PastAnswer[] = [];
  let day = 0;
  const forms: number[][][] = [];
  for (let sitting = 0; sitting < sittings; sitting++) {
    if (sitting > 0) day += whole(3, 14);
    const form = nextForm(exam, forms, random);
    forms.push(form);
    form.forEach((numbers, area) => {
      for (const number of numbers) {
        const item = area * 1_000 + number;
        const seenBefore = seen.has(item);
        seen.add(item);
        const place = random() < LASTING ? knowledge[area]![number]! : random();
        const correct = place < shareOf(area, day) || (seenBefore && random() < scenario.remembered);
        answers.push({ item, area: exam.areas[area]!.id, correct, seen: true, seenBefore, at: day * DAY_MS });
      }
    });
  }

  const length = exam.areas.reduce((sum, { items }) => sum + items, 0);
  let truth = 0;
  let newForm = 0;
  exam.areas.forEach(({ items }, area) => {
    truth += (items / length) * shareOf(area, day);
    for (let item = 0; item < items; item++) if (random() < shareOf(area, day)) newForm += 1;
  });
  return { answers, truth, newForm, sittings };
}

/** The first two forms share no question, as the printed ones; then one of them again, or one drawn from the pool. */
function nextForm(exam: SimulatedExam, forms: readonly number[][][], random: () => number): number[][] {
  if (forms.length >= 2 && random() < 0.5) return forms[random() < 0.5 ? 0 : 1]!;
  return exam.areas.map(({ id, items }, area) => {
    const used = forms.length === 1 ? new Set(forms[0]![area]) : new Set<number>();
    const free = Array.from({ length: exam.pool.get(id)! }, (_, number) => number).filter((one) => !used.has(one));
    for (let place = 0; place < items; place++) {
      const other = place + Math.floor(random() * (free.length - place));
      [free[place], free[other]] = [free[other]!, free[place]!];
    }
    return free.slice(0, items);
  });
}

/** A standard normal number (Box and Muller, 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
