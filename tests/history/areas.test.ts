import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaStandings,
  HALF_LIFE_SITTINGS,
  RECENT_SITTINGS,
  recencyWeight,
  type RecentArea,
} from '../../main/insight/areas.ts';
import { pastHall } from './past-hall.ts';

/** Sittings of one area, newest first: scored questions and how many were right. */
const SITTINGS = fc.array(
  fc.nat(12).chain((scored) => fc.nat(scored).map((points) => ({ scored, points }))),
  { minLength: 1, maxLength: 40 },
);
type Sitting = { scored: number; points: number };

const sumOf = (sittings: readonly Sitting[]) => ({
  area: 'a',
  sittings: sittings.length,
  scored: sittings.reduce((sum, { scored }) => sum + scored, 0),
  points: sittings.reduce((sum, { points }) => sum + points, 0),
});
const aged = (sittings: readonly Sitting[]): RecentArea[] => {
  const total = (of: (sitting: Sitting, age: number) => number) =>
    sittings.reduce((sum, sitting, age) => sum + of(sitting, age), 0);
  return [
    {
      area: 'a',
      items: total(({ scored }) => scored),
      weight: total(({ scored }, age) => scored * recencyWeight(age)),
      points: total(({ points }, age) => points * recencyWeight(age)),
    },
  ];
};

/** Question by question, each weight made by multiplying with the fifth root of a half, once for each later sitting. */
function slowly(sittings: readonly Sitting[]): number {
  const step = 0.5 ** (1 / HALF_LIFE_SITTINGS);
  let [right, all] = [0, 0];
  sittings.forEach(({ scored, points }, age) => {
    for (let question = 0; question < scored; question++) {
      let weight = 1;
      for (let later = 0; later < age; later++) weight *= step;
      all += weight;
      if (question < points) right += weight;
    }
  });
  return (right / all) * 100;
}

describe('the standing of an area', () => {
  it('is what a slow recomputation says, and nothing where there are under 5 questions', () => {
    fc.assert(
      fc.property(SITTINGS, (sittings) => {
        const sum = sumOf(sittings);
        const [told] = areaStandings([sum], aged(sittings));
        expect(told).toMatchObject({ id: 'a', sittings: sum.sittings, points: sum.points, scored: sum.scored });
        if (sum.scored < 5) {
          expect([told!.percent, told!.recent]).toEqual([null, null]);
          return;
        }
        expect(told!.percent).toBeCloseTo((100 * sum.points) / sum.scored, 9);
        expect(told!.recent).toBeCloseTo(slowly(sittings), 9);
      }),
    );
  });

  it('lies between the worst and the best sitting, and a better newest sitting never lowers it', () => {
    fc.assert(
      fc.property(SITTINGS, (sittings) => {
        const recent = (of: readonly Sitting[]) => areaStandings([sumOf(of)], aged(of))[0]!.recent;
        const told = recent(sittings);
        if (told === null) return;
        const percents = sittings.filter(({ scored }) => scored > 0).map((one) => (one.points / one.scored) * 100);
        expect(told).toBeGreaterThanOrEqual(Math.min(...percents) - 1e-9);
        expect(told).toBeLessThanOrEqual(Math.max(...percents) + 1e-9);
        const [newest, ...rest] = sittings;
        expect(recent([{ ...newest!, points: newest!.scored }, ...rest])).toBeGreaterThanOrEqual(told - 1e-9);
      }),
    );
  });

  it('counts a sitting half as much as the one 5 sittings later', () => {
    const sittings = Array.from({ length: 6 }, (_, age) => ({
      scored: age % 5 === 0 ? 9 : 0,
      points: age === 0 ? 9 : 0,
    }));
    expect(areaStandings([sumOf(sittings)], aged(sittings))[0]!.recent).toBeCloseTo(200 / 3, 9);
  });

  it('has a total and no recent percent where its questions are long ago', () => {
    expect(areaStandings([{ area: 'old', sittings: 3, scored: 20, points: 10 }], [])).toEqual([
      { id: 'old', sittings: 3, points: 10, scored: 20, percent: 50, recent: null },
    ]);
  });
});

describe('areas of an exam', () => {
  it('are those of its own sittings, in the order of the outline, with their titles', () => {
    const { hall, ids } = pastHall(30);
    const told = hall.application.history.areas({ examCode: 'SML' });
    expect(told).toMatchObject({ complete: true, sittings: 20, halfLife: 5, linePercent: 70 });
    expect(told.outlines.current.title).toBe('Current outline');
    expect(told.outlines.current.areas.map(({ id, title }) => [id, title])).toEqual([
      ['surgery', 'AREA-Surgery'],
      ['cases', 'AREA-Cases'],
    ]);
    const [all] = told.outlines.classic.areas;
    const points = ids
      .filter((_, index) => index % 3 < 2)
      .map((sittingId) => hall.sittings.result({ sittingId }).score!.points);
    expect(all).toMatchObject({ id: 'all', sittings: 20, scored: 100, points: points.reduce((a, b) => a + b, 0) });
    expect(all!.recent).toBeCloseTo(slowly(points.toReversed().map((one) => ({ scored: 5, points: one }))), 9);
    expect(hall.application.history.areas({ examCode: 'ABC' })).toMatchObject({ sittings: 0, linePercent: 0 });
  });

  it('of very many sittings are told as if all were weighed', () => {
    const { hall, ids } = pastHall(3 * (RECENT_SITTINGS + 40));
    const own = ids.filter((_, index) => index % 3 === 2).toReversed();
    const [all] = hall.application.history.areas({ examCode: 'OTH' }).outlines.classic.areas;
    const sittings = own.map((sittingId) => ({
      scored: 5,
      points: hall.sittings.result({ sittingId }).score!.points,
    }));
    expect(all!.sittings).toBe(RECENT_SITTINGS + 40);
    expect(all!.recent).toBeCloseTo(slowly(sittings), 3);
  });
});
