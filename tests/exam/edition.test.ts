import { expect, it } from 'vitest';
import { freezeForm, highlightableTexts, isCase, recordOf } from '../../main/exam/edition.ts';
import { edition, FORM_ID, item, soundPack } from '../support/pack.ts';

it('holds the items in the order of the form, and only the scenarios it uses', () => {
  const pack = soundPack((parts) => {
    parts.forms[0]!.items = ['five', 'one'];
  });
  const frozen = freezeForm(pack, FORM_ID);
  expect(frozen.items.map((one) => one.id)).toEqual(['five', 'one']);
  expect(frozen.scenarios).toEqual([]);
  expect(edition().scenarios.map((one) => one.id)).toEqual(['stay']);
});

it('is refused for a form the pack has not', () => {
  expect(() => freezeForm(soundPack(), 'z')).toThrow(RangeError);
});

it('finds an item’s own record, its scenario’s, or none', () => {
  const form = edition();
  expect(form.items.slice(0, 3).map((one) => recordOf(form, one)?.title)).toEqual([
    undefined,
    'Visit note',
    'Inpatient stay',
  ]);
  expect(form.items.map(isCase)).toEqual([false, true, true, true, false, false]);
  expect(isCase(item('x'))).toBe(false);
});

it('lists each text a candidate can highlight in with its length, a shared record once', () => {
  const texts = highlightableTexts(edition());
  expect([...texts.keys()].sort()).toEqual(
    [1, 2, 3, 4, 5, 6]
      .map((number) => `stem:${number}`)
      .concat('record:2:0', 'record:2:1', 'scenario:stay:0', 'scenario:stay:1')
      .sort(),
  );
  expect(texts.get('record:2:0')).toBe('Visit note: history.'.length);
});
