import { describe, expect, it } from 'vitest';
import {
  describeProblem,
  MAX_DEPTH,
  nestsDeeperThan,
  parsePack,
  type PackProblem,
  type ParsedPack,
} from '../../main/exam/parse-pack.ts';
import { packFiles, packParts, parseChanged, soundPack, type PackParts } from '../support/pack.ts';

function problemsOf(parsed: ParsedPack): PackProblem[] {
  if (parsed.ok) throw new Error('the pack was loaded');
  return parsed.problems;
}

/** Problems after a change that the types forbid. */
function problemsAfter(change: (parts: PackParts) => void): PackProblem[] {
  return problemsOf(parseChanged(change));
}

function withText(path: string, text: string): ParsedPack {
  return parsePack([...packFiles().filter((file) => file.path !== path), { path, text }]);
}

describe('a sound pack', () => {
  it('is loaded with all its parts', () => {
    const pack = soundPack();
    expect(pack.info.id).toBe('small');
    expect([...pack.items.keys()]).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
    expect([...pack.scenarios.keys()]).toEqual(['stay']);
    expect(pack.forms.map((form) => form.id)).toEqual(['a']);
  });

  it('may lack scenarios, and hold files of other names', () => {
    const parts = packParts();
    parts.items = parts.items.filter((one) => !one.scenario);
    parts.forms[0]!.items = ['one', 'two', 'five', 'six'];
    parts.scenarios = [];
    expect(parsePack([...packFiles(parts), { path: 'README.md', text: '{' }]).ok).toBe(true);
  });
});

describe('the id of a pack', () => {
  it.each(['con', 'nul', 'aux', 'prn', 'com1', 'lpt9', 'com0', 'nul.2026'])(
    'may not be %s: Windows keeps that name',
    (id) => {
      expect(problemsAfter((parts) => (parts.info.id = id))).toEqual([
        { file: 'pack.json', item: id, field: 'id', message: 'is a name that Windows keeps for a device' },
      ]);
    },
  );

  it.each(['console', 'com', 'com10', 'cpc.con', 'nul-1'])('may be %s', (id) => {
    expect(parseChanged((parts) => (parts.info.id = id)).ok).toBe(true);
  });
});

describe('a problem names file, item and field', () => {
  it.each<[string, (parts: PackParts) => void, PackProblem]>([
    [
      'a field of the wrong type',
      (parts) => (parts.items[1]!.stem = 5 as never),
      { file: 'items/all.json', item: 'two', field: 'stem', message: expect.any(String) as never },
    ],
    [
      'an unknown field',
      (parts) => Object.assign(parts.items[0]!, { html: '<b>' }),
      { file: 'items/all.json', item: 'one', field: 'html', message: expect.any(String) as never },
    ],
    [
      'an empty option',
      (parts) => (parts.items[4]!.options[2]!.text = '  '),
      { file: 'items/all.json', item: 'five', field: 'options.2.text', message: expect.any(String) as never },
    ],
    [
      'an item without an id, by its place',
      (parts) => (parts.items[2]!.id = undefined as never),
      { file: 'items/all.json', item: 'number 3', field: 'id', message: expect.any(String) as never },
    ],
    [
      'a key that is no option',
      (parts) => (parts.items[0]!.key = ['f']),
      { file: 'items/all.json', item: 'one', field: 'key', message: 'names an option the item has not' },
    ],
    [
      'a key that is too short for its select',
      (parts) => (parts.items[4]!.key = ['a']),
      { file: 'items/all.json', item: 'five', field: 'key', message: 'must hold as many options as `select` says' },
    ],
    [
      'a key that names an option twice',
      (parts) => (parts.items[4]!.key = ['a', 'a']),
      { file: 'items/all.json', item: 'five', field: 'key', message: 'names an option twice' },
    ],
    [
      'a single-answer item with two answers',
      (parts) => Object.assign(parts.items[0]!, { select: 2, key: ['a', 'b'] }),
      { file: 'items/all.json', item: 'one', field: 'select', message: 'must be 1 for a single-answer item' },
    ],
    [
      'an option id twice',
      (parts) => (parts.items[0]!.options[1]!.id = 'a'),
      { file: 'items/all.json', item: 'one', field: 'options', message: 'has an option id twice' },
    ],
    [
      'an option without rationale',
      (parts) => delete parts.items[0]!.rationale['c'],
      { file: 'items/all.json', item: 'one', field: 'rationale', message: 'must explain each option and no other' },
    ],
    [
      'a rationale for no option',
      (parts) => (parts.items[0]!.rationale['e'] = 'x'),
      { file: 'items/all.json', item: 'one', field: 'rationale', message: 'must explain each option and no other' },
    ],
    [
      'a field that is missing',
      (parts) => delete (parts.blueprint as { version?: string }).version,
      { file: 'blueprint.json', field: 'version', message: 'is missing' },
    ],
    [
      'a field of another name',
      (parts) => Object.assign(parts.items[1]!, { steam: 'Which?' }),
      { file: 'items/all.json', item: 'two', field: 'steam', message: 'is no field of the format' },
    ],
    [
      'a record beside a scenario',
      (parts) => (parts.items[1]!.scenario = 'stay'),
      { file: 'items/all.json', item: 'two', field: 'scenario', message: 'must not stand beside `record`' },
    ],
    [
      'a scenario the pack has not',
      (parts) => (parts.items[2]!.scenario = 'other'),
      { file: 'items/all.json', item: 'three', field: 'scenario', message: 'names "other", which the pack has not' },
    ],
    [
      'an area of neither outline',
      (parts) => (parts.items[0]!.classicArea = 'surgery'),
      {
        file: 'items/all.json',
        item: 'one',
        field: 'classicArea',
        message: '"surgery" is no area of the classic outline',
      },
    ],
    [
      'an area id twice',
      (parts) => parts.blueprint.outlines.current.areas.push({ id: 'surgery', title: 'Again', items: 0 }),
      { file: 'blueprint.json', field: 'outlines.current.areas', message: 'has an area id twice' },
    ],
    [
      'half a character',
      (parts) => (parts.forms[0]!.title = 'Form \ud83d'),
      { file: 'forms/a.json', item: 'a', field: 'title', message: 'holds half a character' },
    ],
    [
      'another code year',
      (parts) => (parts.items[0]!.codeYear = 2025),
      { file: 'items/all.json', item: 'one', field: 'codeYear', message: 'is 2025, the pack\'s is 2026' }, // prettier-ignore
    ],
    [
      'an item id twice',
      (parts) => parts.items.push(parts.items[0]!),
      { file: 'items/all.json', item: 'one', field: 'id', message: 'stands twice in the pack' },
    ],
    [
      'a scenario of an unknown setting',
      (parts) => (parts.scenarios[0]!.setting = 'hotel' as never),
      { file: 'scenarios/all.json', item: 'stay', field: 'setting', message: expect.any(String) as never },
    ],
    [
      'a form item the pack has not',
      (parts) => (parts.forms[0]!.items[3] = 'seven'),
      { file: 'forms/a.json', item: 'a', field: 'items.3', message: '"seven" is no item of the pack' },
    ],
    [
      'a form item twice',
      (parts) => (parts.forms[0]!.items[3] = 'one'),
      { file: 'forms/a.json', item: 'a', field: 'items.3', message: '"one" stands twice' },
    ],
    [
      'a form without a scored item, which could have no percent',
      (parts) => (parts.forms[0]!.items = ['six']),
      { file: 'forms/a.json', item: 'a', field: 'items', message: 'must hold a scored item' },
    ],
    [
      'a blueprint of nonsense minutes',
      (parts) => (parts.blueprint.minutes = 0),
      { file: 'blueprint.json', field: 'minutes', message: expect.any(String) as never },
    ],
    [
      'a pack of a later format',
      (parts) => (parts.info.format = 2 as never),
      { file: 'pack.json', item: 'small', field: 'format', message: expect.any(String) as never },
    ],
  ])('%s', (_, change, problem) => {
    expect(problemsAfter(change)).toContainEqual(problem);
  });

  it.each([' ', '\n\n', '\ufeff'])('by its number where its id is a blank: %j', (blank) => {
    const parsed = parseChanged((parts) => {
      parts.items[2]!.id = blank;
    });
    expect(!parsed.ok && parsed.problems.map(({ item }) => item)).toContain('number 3');
  });

  it('in one line for the list', () => {
    expect(describeProblem({ file: 'items/all.json', item: 'one', field: 'stem', message: 'is empty' })).toBe(
      'items/all.json, item one, stem: is empty',
    );
    expect(describeProblem({ file: 'pack.json', message: 'is missing' })).toBe('pack.json: is missing');
  });
});

describe('a broken pack', () => {
  it('loads nothing at all, however small the fault', () => {
    const parsed = parseChanged((parts) => (parts.items[5]!.difficulty = 4));
    expect(parsed).not.toHaveProperty('pack');
    expect(parsed.ok).toBe(false);
  });

  it.each(['pack.json', 'blueprint.json'])('without %s says that it is missing', (path) => {
    const parsed = parsePack(packFiles().filter((file) => file.path !== path));
    expect(problemsOf(parsed)).toEqual([{ file: path, message: 'is missing' }]);
  });

  it.each(['', '{', 'null', '[]', '5', '"x"', '{"a":1}'])('with items of text %j is a problem, not a fault', (text) => {
    expect(problemsOf(withText('items/all.json', text))[0]!.file).toBe('items/all.json');
    expect(problemsOf(withText('pack.json', text))[0]!.file).toBe('pack.json');
  });

  it('lists no more than 50 problems', () => {
    const problems = problemsAfter((parts) => {
      for (let n = 0; n < 80; n++) parts.items.push(parts.items[0]!);
    });
    expect(problems).toHaveLength(50);
  });
});

describe('nesting', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  it('is refused past its cap before the text is parsed', () => {
    const problems = problemsOf(withText('items/all.json', deep(200_000)));
    expect(problems[0]).toEqual({ file: 'items/all.json', message: `nests deeper than ${MAX_DEPTH} levels` });
    expect(nestsDeeperThan(deep(MAX_DEPTH), MAX_DEPTH)).toBe(false);
    expect(nestsDeeperThan(deep(MAX_DEPTH + 1), MAX_DEPTH)).toBe(true);
  });

  it('counts no brackets inside strings, escaped quotes included', () => {
    expect(nestsDeeperThan(JSON.stringify({ a: '[[[["[[[[{{{{' }), 1)).toBe(false);
    expect(nestsDeeperThan('{"a\\\\":[{}]}', 2)).toBe(true);
  });

  it('counts objects and lists that stand side by side once', () => {
    expect(nestsDeeperThan('[[],[],{},{}]', 2)).toBe(false);
  });
});

describe('a file that cannot be read', () => {
  it('of items is the only thing wrong: no form is said to name items that are not there', () => {
    expect(problemsAfter((parts) => (parts.items[1]!.key = ['f']))).toEqual([
      { file: 'items/all.json', item: 'two', field: 'key', message: 'names an option the item has not' },
    ]);
    expect(problemsOf(withText('items/all.json', '['))).toMatchObject([{ file: 'items/all.json' }]);
  });

  it('of scenarios is the only thing wrong: no item is said to name one that is not there', () => {
    expect(problemsOf(withText('scenarios/all.json', '['))).toMatchObject([{ file: 'scenarios/all.json' }]);
  });
});

describe('names of object prototypes', () => {
  const itemsWith = (field: string) =>
    JSON.stringify(packParts().items).replace('"area":', `${JSON.stringify(field)}:{"polluted":true},"area":`);

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    'as a field ("%s") are refused like any other',
    (field) => {
      const problems = problemsOf(withText('items/all.json', itemsWith(field)));
      expect(problems[0]).toMatchObject({ file: 'items/all.json', item: 'one', field });
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    },
  );

  it.each(['__proto__', 'constructor'])('as an option of a rationale ("%s") change no prototype', (field) => {
    const text = JSON.stringify(packParts().items).replace(
      '"rationale":{',
      `"rationale":{${JSON.stringify(field)}:"x",`,
    );
    const parsed = withText('items/all.json', text);
    if (parsed.ok) {
      const { rationale } = parsed.pack.items.get('one')!;
      expect(Object.getPrototypeOf(rationale)).toBe(Object.prototype);
      expect(Object.keys(rationale)).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  it('as ids are no items', () => {
    expect(problemsAfter((parts) => (parts.forms[0]!.items[0] = 'constructor'))).toContainEqual(
      expect.objectContaining({ field: 'items.0', message: '"constructor" is no item of the pack' }),
    );
  });
});

describe('text', () => {
  it('stays text: markup is neither refused nor touched', () => {
    const stem = '<script>alert(1)</script> & "quotes"';
    expect(soundPack((parts) => (parts.items[0]!.stem = stem)).items.get('one')!.stem).toBe(stem);
  });
});
