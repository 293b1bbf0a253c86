/**
 * Prints a blind sheet of a form: `npm run exams:sheet -- <form> [--seed S] [--items id,id] [--folder DIR]`.
 * A solver gets this and nothing else.
 */
import { parseArgs } from 'node:util';
import { blindSheet } from './blind.ts';
import { findForm } from './find-form.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: 'sheet' },
    items: { type: 'string' },
    folder: { type: 'string' },
  },
});
const edition = findForm(positionals[0], values.folder);
const wanted = values.items?.split(',');
const items = wanted ? edition.items.filter((item) => wanted.includes(item.id)) : edition.items;
process.stdout.write(blindSheet(edition, items, values.seed));
