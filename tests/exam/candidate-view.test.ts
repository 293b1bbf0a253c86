import { describe, expect, it } from 'vitest';
import { budgetLeftMs, candidateItems } from '../../main/exam/candidate-view.ts';
import { edition } from '../support/pack.ts';
import { examState } from '../support/journals.ts';

describe('candidateItems', () => {
  it('tells no key, rationale, reference, area, topic, id or sign of pretest', () => {
    const told = JSON.stringify(candidateItems(edition()));
    for (const secret of ['RATIONALE', 'REFERENCE', 'AREA', 'TOPIC', 'surgery', 'cases', 'verification'])
      expect(told).not.toContain(secret);
    for (const field of ['key', 'scored', 'area', 'classicArea', 'topic', 'difficulty', 'rationale', 'id":"one'])
      expect(told).not.toContain(`"${field}"`);
  });

  it('has exactly the fields a candidate sees', () => {
    for (const item of candidateItems(edition())) {
      expect(Object.keys(item).sort()).toEqual(
        ['number', 'options', 'record', 'scenario', 'select', 'stem', 'stemTextId', 'type'].sort(),
      );
      for (const option of item.options) expect(Object.keys(option).sort()).toEqual(['id', 'text']);
    }
  });

  it('makes a pretest item look like any other', () => {
    const pretest = candidateItems(edition())[5];
    const scored = candidateItems(edition((parts) => (parts.items[5]!.scored = true)))[5];
    expect(pretest).toEqual(scored);
  });

  it('shows an item’s own record, and one shared record to the items of a scenario', () => {
    const [plain, own, third, fourth] = candidateItems(edition());
    expect(plain).toMatchObject({ record: null, scenario: null });
    expect(own).toMatchObject({ record: { textId: 'record:2', title: 'Visit note' }, scenario: null });
    expect(third).toMatchObject({ record: { textId: 'scenario:stay' }, scenario: { part: 1, of: 2 } });
    expect(fourth).toMatchObject({ record: { textId: 'scenario:stay' }, scenario: { part: 2, of: 2 } });
  });

  it('says how many options a multiple select asks for', () => {
    expect(candidateItems(edition())[4]).toMatchObject({ type: 'multiple', select: 2 });
  });
});

describe('budgetLeftMs', () => {
  // The small form: five items of 60 s and the multiple select of 120 s, 420 s in all.
  it('is the whole limit before the first answer', () => {
    expect(budgetLeftMs(edition(), examState(edition()), 420_000)).toBe(420_000);
  });

  it('falls by an item’s share when the item is complete, and not when it is half done', () => {
    const respond = (number: number, ...options: string[]) => ({
      type: 'responded' as const,
      payload: { number, options },
    });
    const half = examState(edition(), respond(1, 'b'), respond(5, 'a'));
    expect(budgetLeftMs(edition(), half, 420_000)).toBe(360_000);
    const complete = examState(edition(), respond(1, 'b'), respond(5, 'a', 'b'));
    expect(budgetLeftMs(edition(), complete, 420_000)).toBe(240_000);
    const overfull = examState(edition(), respond(5, 'a', 'b', 'c'));
    expect(budgetLeftMs(edition(), overfull, 420_000)).toBe(420_000);
  });

  it('is null in an untimed sitting', () => {
    expect(budgetLeftMs(edition(), examState(edition()), null)).toBeNull();
  });
});
