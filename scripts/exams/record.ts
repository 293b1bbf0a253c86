/**
 * Writes what the items themselves record into exams/README.md, between its markers: forms, and the authority checked by
 * area: `npm run exams:record`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freezeForm, type FormEdition } from '../../main/exam/edition.ts';
import type { Item } from '../../main/exam/pack.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { EXAMS_FOLDER } from './folders.ts';

const AUTHORITIES = ['local', 'secondary', 'memory'] as const;

const forms = [...loadLibrary([EXAMS_FOLDER]).packs.values()].flatMap(({ pack }) =>
  pack.forms.map((form) => freezeForm(pack, form.id)),
);
const file = join(EXAMS_FOLDER, 'README.md');
const text = ['forms', 'authority'].reduce(
  (page, part) => replaceBetween(page, part, part === 'forms' ? formTable() : authorityTables()),
  readFileSync(file, 'utf8'),
);
writeFileSync(file, text);

function replaceBetween(page: string, part: string, table: string): string {
  const marked = new RegExp(`(<!-- ${part} -->)[^]*?(<!-- /${part} -->)`);
  if (!marked.test(page)) throw new Error(`exams/README.md has no part ${part}`);
  return page.replace(marked, `$1\n\n${table}\n\n$2`);
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function formTable(): string {
  return table(
    ['pack', 'form', 'items', 'scored', 'pretest', 'minutes', 'line'],
    forms.map(({ pack, form, blueprint, items }) => {
      const scored = items.filter((item) => item.scored).length;
      const line = `${blueprint.line.percent}% (${blueprint.line.published ? 'published' : 'ours'})`;
      return [`\`${pack.id}\``, form.title, items.length, scored, items.length - scored, blueprint.minutes, line];
    }),
  );
}

/** One table a pack; its forms side by side. */
function authorityTables(): string {
  const packs = Map.groupBy(forms, (edition) => edition.pack.id);
  return [...packs.values()].map(authorityTable).join('\n\n');
}

function authorityTable(editions: readonly FormEdition[]): string {
  const { pack, blueprint } = editions[0]!;
  const counts = (belongs: (item: Item) => boolean) =>
    editions.flatMap(({ items }) =>
      AUTHORITIES.map(
        (name) => items.filter((item) => belongs(item) && item.verification.authorityChecked === name).length,
      ),
    );
  return table(
    [`${pack.exam.code}: area`, ...editions.flatMap(({ form }) => AUTHORITIES.map((name) => `${form.title}: ${name}`))],
    [
      ...blueprint.outlines.current.areas.map(({ id, title }) => [title, ...counts((item) => item.area === id)]),
      ['**all**', ...counts(() => true)],
    ],
  );
}
