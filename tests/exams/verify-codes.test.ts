/** The check of cited codes, seen to catch planted errors on small tables. */
import { describe, expect, it } from 'vitest';
import type { Item } from '../../main/exam/pack.ts';
import { excludesOther, type Tables } from '../../scripts/exams/tables.ts';
import { citedDigest, verifyItem } from '../../scripts/exams/verify-codes.ts';
import { item } from '../support/pack.ts';

const TABLES: Tables = {
  year: 2026,
  sources: [],
  diagnoses: new Map([
    ['E11', false],
    ['E1165', true],
    ['I10', true],
    ['I110', true],
    ['B950', true],
    ['O09523', true],
    ['Z370', true],
    ['J449', true],
    ['J4520', true],
  ]),
  procedures: new Set(['03VG3DZ']),
  supplies: new Map([
    ['J1885', true],
    ['J0000', false],
  ]),
  notFirst: new Set(['B950', 'O09523', 'Z370']),
  excludes1: new Map([
    ['I10', ['I11-I13']],
    ['J44', ['J45']],
  ]),
};

type Code = Item['codes'][number];

function problems(keyText: string, ...codes: Code[]): string[] {
  const options = [keyText, 'x', 'y', 'z'].map((text, index) => ({ id: 'abcd'[index]!, text }));
  return verifyItem(item('one', { options, codes }), TABLES);
}

const cm = (code: string, role: Code['role'] = 'key'): Code => ({ system: 'ICD-10-CM', code, role });

describe('cited codes', () => {
  it('pass when they exist, are complete and fit their role', () => {
    expect(problems('E11.65, I10', cm('E11.65'), cm('I10'), cm('E11', 'mentioned'), cm('E11', 'invalid'))).toEqual([]);
    expect(problems('03VG3DZ', { system: 'ICD-10-PCS', code: '03VG3DZ', role: 'key' })).toEqual([]);
    expect(problems('J1885', { system: 'HCPCS', code: 'J1885', role: 'key' })).toEqual([]);
    expect(problems('45385', { system: 'CPT', code: '45385', role: 'key' })).toEqual([]);
  });

  it.each<[string, Code, RegExp]>([
    ['a code that is not there', cm('E11.99'), /E11\.99 \(key\) is not in/],
    ['a header as a distractor', cm('E11', 'distractor'), /not billable/],
    ['a deliberate non-code that is one', cm('I10', 'invalid'), /said to be invalid but is billable/],
    ['a PCS code no table builds', { system: 'ICD-10-PCS', code: '03VG3AZ', role: 'distractor' }, /cannot be built/],
    ['a HCPCS code that may be terminated', { system: 'HCPCS', code: 'J0000', role: 'key' }, /not surely live/],
    ['a CDT code', { system: 'HCPCS', code: 'D0120', role: 'mentioned' }, /CDT/],
    ['a CPT code of the wrong form', { system: 'CPT', code: '4538', role: 'key' }, /form of a CPT/],
  ])('fail for %s', (_, code, expected) => {
    expect(problems(code.code, code).join()).toMatch(expected);
  });

  it('fail when the key’s diagnoses exclude each other, in either order and through a category', () => {
    expect(problems('I10, I11.0', cm('I10'), cm('I11.0'))).toEqual([
      'key: I10 and I110 exclude each other (Excludes1)',
    ]);
    expect(problems('J45.20, J44.9', cm('J44.9'), cm('J45.20')).join()).toContain('J4520 and J449');
    expect(excludesOther(TABLES, 'I10', 'I139')).toBe(true);
    expect(excludesOther(TABLES, 'I10', 'I150')).toBe(false);
  });

  it('fail when options of one multiple-select key exclude each other', () => {
    const options = ['I10', 'I11.0', 'J44.9', 'E11.65', 'x'].map((text, index) => ({ id: 'abcde'[index]!, text }));
    const one = item('one', { type: 'multiple', select: 2, key: ['a', 'b'], options, codes: [cm('I10'), cm('I11.0')] });
    expect(verifyItem(one, TABLES)).toEqual(['key: I10 and I110 exclude each other (Excludes1)']);
  });

  it('fail when the key begins with a code that may not be first', () => {
    expect(problems('B95.0, I10', cm('B95.0'), cm('I10'))).toEqual(['key: B950 may not be first-listed']);
    expect(problems('I10, B95.0', cm('B95.0'), cm('I10'))).toEqual([]);
  });

  it('may begin with a code that only the inpatient editor refuses', () => {
    expect(problems('O09.523, I10', cm('O09.523'), cm('I10'))).toEqual([]);
    expect(problems('Z37.0, I10', cm('Z37.0'), cm('I10'))).toEqual([]);
  });

  it('change their digest with a code, a role, an option or the key', () => {
    const one = item('one', { codes: [cm('I10')] });
    const digests = [
      one,
      { ...one, codes: [cm('I11.0')] },
      { ...one, codes: [cm('I10', 'distractor')] },
      { ...one, key: ['b'] },
      { ...one, options: one.options.map((option) => ({ ...option, text: `${option.text}.` })) },
    ].map(citedDigest);
    expect(new Set(digests).size).toBe(digests.length);
  });
});
