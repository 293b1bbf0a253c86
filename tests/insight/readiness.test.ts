import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaBeliefs,
  evidenceByArea,
  HALF_LIFE_DAYS,
  MIN_FIRST_SEEN,
  MIN_WEIGHT,
  readiness,
  REPEAT_WEIGHT,
  weightOf,
  wholeBelief,
  type AreaEvidence,
  type Belief,
  type PastAnswer,
  type Target,
} from '../../main/insight/readiness.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);

const TARGET: Target = {
  areas: [
    { id: 'a', title: 'Area A', items: 60 },
    { id: 'b', title: 'Area B', items: 30 },
    { id: 'none', title: 'Not tested', items: 0 },
    { id: 'c', title: 'Area C', items: 10 },
  ],
  linePercent: 70,
};

/** Questions of an area, each once, the first `right` of them right. */
function sat(area: string, right: number, items: number, change: Partial<PastAnswer> = {}): PastAnswer[] {
  return Array.from({ length: items }, (_, index) => ({
    item: area.charCodeAt(0) * 1_000 + index,
    area,
    correct: index < right,
    seen: true,
    seenBefore: false,
    at: NOW,
    ...change,
  }));
}

const whole = (right: readonly [number, number, number], change: Partial<PastAnswer> = {}): PastAnswer[] => [
  ...sat('a', right[0], 120, change),
  ...sat('b', right[1], 60, change),
  ...sat('c', right[2], 20, change),
];

const estimateFor = (answers: readonly PastAnswer[]) => readiness(TARGET, answers).estimate!;

describe('the weight of an answer', () => {
  it('halves with each half-life', () => {
    for (const lives of [0, 1, 2, 6]) {
      const at = NOW - lives * HALF_LIFE_DAYS * DAY_MS;
      expect(weightOf({ at, seenBefore: false }, NOW)).toBeCloseTo(0.5 ** lives, 12);
      expect(weightOf({ at, seenBefore: true }, NOW)).toBeCloseTo(REPEAT_WEIGHT * 0.5 ** lives, 12);
    }
  });

  it('is nothing once its age leaves less than a hundredth; having been seen before does not take it there', () => {
    const edge = NOW - HALF_LIFE_DAYS * Math.log2(1 / MIN_WEIGHT) * DAY_MS;
    expect(weightOf({ at: edge + 1_000, seenBefore: true }, NOW)).toBeGreaterThan(0);
    expect(weightOf({ at: edge - 1_000, seenBefore: false }, NOW)).toBe(0);
  });
});

describe('the evidence of an area', () => {
  const answer = fc.record({
    item: fc.integer({ min: 0, max: 15 }),
    area: fc.constantFrom('a', 'b'),
    correct: fc.boolean(),
    seen: fc.boolean(),
    seenBefore: fc.boolean(),
    at: fc.integer({ min: 0, max: 400 }).map((days) => NOW - days * DAY_MS),
  });

  it('is the weighted share of its answers, worth as many questions as Kish says, never more than there are', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 60 }), (answers) => {
        const evidence = evidenceByArea(answers, NOW);
        for (const area of ['a', 'b']) {
          const own = answers.filter((one) => one.area === area && weightOf(one, NOW) > 0);
          if (own.length === 0) {
            expect(evidence.has(area)).toBe(false);
            continue;
          }
          const weights = own.map((one) => weightOf(one, NOW));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const right = own.reduce((sum, one, index) => (one.correct ? sum + weights[index]! : sum), 0);
          const items = [...new Set(own.map(({ item }) => item))];
          const squares = items
            .map((item) => own.reduce((sum, one, index) => (one.item === item ? sum + weights[index]! : sum), 0))
            .reduce((sum, weight) => sum + weight ** 2, 0);
          const told = evidence.get(area)!;
          expect(told.items).toBeCloseTo(total ** 2 / squares, 8);
          expect(told.right / told.items).toBeCloseTo(right / total, 8);
          expect(told.items).toBeLessThanOrEqual(items.length + 1e-9);
        }
      }),
    );
  });

  it('is the plain count where all answers are new and of one day', () => {
    expect(evidenceByArea(sat('a', 7, 12), NOW).get('a')).toEqual({ items: 12, right: 7 });
  });
});

describe('the belief in an area', () => {
  /**
   * The same belief, the slow way: the product of the beta-binomial chances of every area, one factor for each answer
   * (the right ones, then the wrong ones), for whole counts.
   */
  function slow(evidence: readonly AreaEvidence[], of: AreaEvidence): Belief {
    let sum = 0;
    let first = 0;
    let second = 0;
    for (const alike of [4, 8, 16, 32, 64, 128, 256])
      for (let step = 0; step < 100; step++) {
        const share = (step + 0.5) / 100;
        let likelihood = 1 / Math.sqrt(share * (1 - share));
        for (const { items, right } of evidence) {
          for (let n = 0; n < right; n++) likelihood *= (alike * share + n) / (alike + n);
          for (let n = 0; n < items - right; n++) likelihood *= (alike * (1 - share) + n) / (alike + right + n);
        }
        const a = alike * share + of.right;
        const b = alike * (1 - share) + of.items - of.right;
        const mean = a / (a + b);
        sum += likelihood;
        first += likelihood * mean;
        second += likelihood * ((a * b) / ((a + b) ** 2 * (a + b + 1)) + mean ** 2);
      }
    return { mean: first / sum, variance: second / sum - (first / sum) ** 2 };
  }

  const area = fc
    .integer({ min: 0, max: 20 })
    .chain((items) => fc.record({ items: fc.constant(items), right: fc.integer({ min: 0, max: items }) }));

  it('is what every answer, taken one by one, makes of it', () => {
    fc.assert(
      fc.property(fc.array(area, { minLength: 1, maxLength: 6 }), (evidence) => {
        areaBeliefs(evidence).forEach(({ mean, variance }, index) => {
          const wanted = slow(evidence, evidence[index]!);
          expect(mean).toBeCloseTo(wanted.mean, 8);
          expect(variance).toBeCloseTo(wanted.variance, 8);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('leans on the other areas, the more the fewer answers there are', () => {
    const shareOfLast = (items: number) =>
      areaBeliefs([...Array<AreaEvidence>(8).fill({ items: 20, right: 16 }), { items, right: 0 }])[8]!.mean;
    expect(shareOfLast(0)).toBeCloseTo(0.8, 1);
    expect(shareOfLast(4)).toBeGreaterThan(0.4);
    expect(shareOfLast(100)).toBeLessThan(0.1);
  });
});

describe('the belief in the whole', () => {
  it('is the plain binomial one with Jeffreys where all areas are alike', () => {
    const evidence = Array<AreaEvidence>(4).fill({ items: 50, right: 35 });
    const { right, wrong } = wholeBelief(evidence, areaBeliefs(evidence), [0.25, 0.25, 0.25, 0.25]);
    expect(right / (right + wrong)).toBeCloseTo(140.5 / 201, 3);
    expect(right + wrong).toBeCloseTo(201, 0);
  });

  it('keeps to what was answered where the areas differ much, which the beliefs in them do not', () => {
    const evidence = [...Array<AreaEvidence>(12).fill({ items: 12, right: 12 }), { items: 20, right: 0 }];
    const weights = [...Array<number>(12).fill(6 / 82), 10 / 82];
    const beliefs = areaBeliefs(evidence);
    const { right, wrong } = wholeBelief(evidence, beliefs, weights);
    expect(right / (right + wrong)).toBeCloseTo(72 / 82, 2);
    const believed = beliefs.reduce((sum, { mean }, index) => sum + weights[index]! * mean, 0);
    expect(Math.abs(believed - 72 / 82)).toBeGreaterThan(0.01);
  });

  it('takes an area without answers to be as the others are, and is the less sure of itself', () => {
    const some: AreaEvidence[] = [{ items: 100, right: 70 }];
    const beliefs = areaBeliefs([...some, { items: 0, right: 0 }]);
    const half = wholeBelief([...some, { items: 0, right: 0 }], beliefs, [0.5, 0.5]);
    const all = wholeBelief(some, areaBeliefs(some), [1]);
    expect(half.right / (half.right + half.wrong)).toBeCloseTo(0.7, 1);
    expect(half.right + half.wrong).toBeLessThan((all.right + all.wrong) / 2);
  });
});

describe('readiness', () => {
  it('is withheld below 150 first-seen questions, and says how many there are', () => {
    expect(MIN_FIRST_SEEN).toBe(150);
    const answers = whole([84, 42, 14]).slice(0, 149);
    expect(readiness(TARGET, answers)).toEqual({ firstSeen: 149, estimate: null });
    expect(readiness(TARGET, whole([84, 42, 14]).slice(0, 150)).estimate).not.toBeNull();
    expect(readiness(TARGET, [])).toEqual({ firstSeen: 0, estimate: null });
  });

  it('counts no question as first seen that was seen before, never on screen, too old or of no area', () => {
    const few = sat('a', 80, 149);
    const more = (change: Partial<PastAnswer>) => sat('b', 50, 100, change);
    for (const change of [
      { seenBefore: true },
      { seen: false },
      { area: 'gone' },
      { area: 'none' },
      { at: NOW - 400 * DAY_MS },
    ])
      expect(readiness(TARGET, [...few, ...more(change)])).toEqual({ firstSeen: 149, estimate: null });
  });

  it('weighs areas as the blueprint does, however many answers each has', () => {
    const lopsided = [...sat('a', 300, 500), ...sat('b', 475, 500), ...sat('c', 475, 500)];
    // 0.6 * 60 + 0.4 * 95
    expect(estimateFor(lopsided).percent).toBeCloseTo(74, 0);
  });

  it('has an interval around it and a chance that go with it', () => {
    const [low, middle, high] = [whole([72, 36, 12]), whole([84, 42, 14]), whole([108, 54, 18])].map(estimateFor);
    expect(middle!.percent).toBeCloseTo(70, 0);
    expect(middle!.low).toBeLessThan(middle!.percent);
    expect(middle!.high).toBeGreaterThan(middle!.percent);
    // Some 1.28 standard errors of 200 questions to each side, a little wider for the areas.
    expect(middle!.high - middle!.low).toBeGreaterThan(7.5);
    expect(middle!.high - middle!.low).toBeLessThan(9.5);
    expect(middle!.chance).toBeGreaterThan(0.45);
    expect(middle!.chance).toBeLessThan(0.6);
    expect(low!.chance).toBeLessThan(0.1);
    expect(high!.chance).toBeGreaterThan(0.99);
    expect(middle!.areas.map(({ id, items, effectiveItems }) => [id, items, effectiveItems])).toEqual([
      ['a', 60, 120],
      ['b', 30, 60],
      ['c', 10, 20],
    ]);
  });

  it('stays within 0 and 100, interval and all, also where everything is right or wrong', () => {
    for (const right of [
      [0, 0, 0],
      [120, 60, 20],
    ] as const) {
      const { percent, low, high, chance, areas } = estimateFor(whole(right));
      for (const one of [{ percent, low, high }, ...areas]) {
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.low).toBeLessThanOrEqual(one.high);
        expect(one.high).toBeLessThanOrEqual(100);
        expect(one.percent).toBeGreaterThan(0);
        expect(one.percent).toBeLessThan(100);
      }
      expect(chance).toBeCloseTo(right[0] === 0 ? 0 : 1, 6);
    }
  });

  it('goes up with every answer that is right instead of wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }), fc.nat(199), (right, flip) => {
        const answers = whole([0, 0, 0]).map((answer, index) => ({ ...answer, correct: right[index]! }));
        const at = (correct: boolean) =>
          estimateFor(answers.map((answer, index) => (index === flip ? { ...answer, correct } : answer)));
        expect(at(true).percent).toBeGreaterThan(at(false).percent);
        expect(at(true).chance).toBeGreaterThan(at(false).chance);
      }),
      { numRuns: 15 },
    );
  });

  it('follows the newer of two sittings of new questions, and hardly one of questions seen before', () => {
    const old = whole([60, 30, 10], { at: NOW - 2 * HALF_LIFE_DAYS * DAY_MS });
    const later = whole([108, 54, 18]).map((answer) => ({ ...answer, item: -answer.item }));
    expect(estimateFor([...old, ...later]).percent).toBeGreaterThan(78);
    const again = whole([108, 54, 18], { seenBefore: true });
    expect(estimateFor([...old, ...again]).percent).toBeLessThan(56);
    expect(estimateFor([...old, ...again]).effectiveItems).toBeLessThan(200.001);
  });

  it('takes an unanswered question as wrong', () => {
    const seen = whole([84, 42, 14]);
    const unseen = seen.map((answer) => (answer.correct ? answer : { ...answer, seen: false }));
    const more = sat('a', 60, 60, {}).map((answer) => ({ ...answer, item: answer.item + 500 }));
    expect(estimateFor([...unseen, ...more]).percent).toEqual(estimateFor([...seen, ...more]).percent);
  });
});
