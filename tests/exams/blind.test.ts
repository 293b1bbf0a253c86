/** Blind sheets hide the keys, and answers find their way back. */
import { describe, expect, it } from 'vitest';
import { blindSheet, fromSheet, sheetOrder } from '../../scripts/exams/blind.ts';
import { edition } from '../support/pack.ts';

describe('a blind sheet', () => {
  const form = edition();

  it('holds stems, records and options, and no key, rationale, reference, topic or area', () => {
    const sheet = blindSheet(form, form.items, 's');
    for (const item of form.items) {
      expect(sheet).toContain(item.stem);
      for (const option of item.options) expect(sheet).toContain(option.text);
    }
    expect(sheet).toContain('Inpatient stay');
    expect(sheet).toContain('Select 2.');
    expect(sheet).not.toMatch(/RATIONALE|REFERENCE|TOPIC|AREA|surgery|scored/);
  });

  it('is the same for the same seed and another for another', () => {
    expect(blindSheet(form, form.items, 's')).toBe(blindSheet(form, form.items, 's'));
    expect(blindSheet(form, form.items, 's')).not.toBe(blindSheet(form, form.items, 't'));
  });

  it('takes letters back to the options they stood for', () => {
    const item = form.items[4]!;
    const order = sheetOrder(item, 's');
    const letters = item.key.map((option) => 'ABCDEF'[order.indexOf(option)]!.toLowerCase());
    expect(fromSheet(item, 's', letters)).toEqual(item.key);
    expect(fromSheet(item, 's', ['Z'])).toEqual(['?Z']);
  });
});
