/**
 * A form drawn from all items of a pack: true to the blueprint in both outlines, items seen longest ago first, cases and
 * scenarios whole. Which items serve best is an integer programme; the solver is exact and repeatable.
 */
import { solve } from 'yalps';
import { isCase } from './edition.ts';
import type { FormSpec, Item } from './pack.ts';
import type { Pack } from './parse-pack.ts';
import { seeded, shuffled } from './random.ts';

/** Id of a drawn form: it carries the seed. */
const DRAWN_ID = /^drawn-([a-z0-9]{4,12})$/;

/** What the draw itself weighs, against 1 for an item seen before: it only decides between equals. */
const CHANCE = 0.001;

/** The solver's table has a place for each item in each row of the blueprint. */
const MAX_POOL = 5_000;

/** The solver gives up after this, ms; the program's own packs take some 20. */
const SOLVER_MS = 3_000;

/** When each item was last seen, by id, ms since 1970; those never seen are not in it. */
export type SeenItems = ReadonlyMap<string, number>;

export function drawnFormId(seed: string): string {
  return `drawn-${seed}`;
}

/** The seed of a drawn form's id, `null` for the id of a form that is printed in its pack. */
export function seedOf(formId: string): string | null {
  return DRAWN_ID.exec(formId)?.[1] ?? null;
}

/**
 * Draws a form. The same pack, seed and memory give the same form.
 * @param seed 4 to 12 small letters and digits.
 * @returns `null` when the pack's items cannot fill its blueprint.
 */
export function drawForm(pack: Pack, seed: string, seen: SeenItems): FormSpec | null {
  if (pack.items.size > MAX_POOL) return null;
  const random = seeded(seed);
  const groups = itemGroups(pack);
  const cost = costs(pack, seen);
  const variables = new Map(
    [...groups].map(([name, items]) => {
      const counts = new Map<string, number>([['cost', CHANCE * random()]]);
      const add = (row: string, by: number) => counts.set(row, (counts.get(row) ?? 0) + by);
      for (const item of items) {
        add('cost', cost(item));
        for (const row of rowsOf(item)) add(row, 1);
      }
      const setting = pack.scenarios.get(name)?.setting;
      if (setting) add(`setting ${setting}`, 1);
      return [name, counts] as const;
    }),
  );
  const solution = solve(
    { direction: 'minimize', objective: 'cost', constraints: constraintsOf(pack), variables, binaries: true },
    { timeout: SOLVER_MS },
  );
  if (solution.status !== 'optimal') return null;
  const chosen = solution.variables.map(([name]) => groups.get(name)!);
  const [cases, others] = [chosen.filter(([item]) => isCase(item!)), chosen.filter(([item]) => !isCase(item!))];
  return {
    id: drawnFormId(seed),
    title: `Drawn form ${seed.toUpperCase()}`,
    // As in the printed forms: the records come last.
    items: [...shuffled(others, random), ...shuffled(cases, random)].flat().map(({ id }) => id),
  };
}

/** What is drawn as one: an item by itself, or all items of a scenario in their printed order. */
function itemGroups(pack: Pack): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of pack.items.values()) {
    const name = item.scenario ?? item.id;
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}

/** The rows of the blueprint an item counts in. */
function rowsOf(item: Item): string[] {
  return item.scored ? [`current ${item.area}`, `classic ${item.classicArea}`] : ['pretest'];
}

/** The blueprint's counts; and of scenarios in each setting as many as every printed form of the pack has. */
function constraintsOf(pack: Pack): Map<string, { equal: number }> {
  const rows = new Map<string, { equal: number }>([['pretest', { equal: pack.blueprint.pretest }]]);
  for (const outline of ['current', 'classic'] as const)
    for (const { id, items } of pack.blueprint.outlines[outline].areas) rows.set(`${outline} ${id}`, { equal: items });
  for (const setting of ['inpatient', 'outpatient', 'emergency'] as const) {
    const counts = pack.forms.map(({ items }) => {
      const scenarios = new Set(items.map((id) => pack.items.get(id)!.scenario));
      return [...scenarios].filter((id) => id !== undefined && pack.scenarios.get(id)!.setting === setting).length;
    });
    rows.set(`setting ${setting}`, { equal: counts.length > 0 ? Math.min(...counts) : 0 });
  }
  return rows;
}

/** 0 for an item never seen, else from 1, seen longest ago, to below 2. */
function costs(pack: Pack, seen: SeenItems): (item: Item) => number {
  const times = [...pack.items.keys()].flatMap((id) => seen.get(id) ?? []).sort((a, b) => a - b);
  return ({ id }) => {
    const at = seen.get(id);
    return at === undefined ? 0 : 1 + times.indexOf(at) / times.length;
  };
}
