import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listStaticFiles } from '../../main/static-files.ts';
import { freshFolder } from '../support/folder.ts';

it('lists what lies in the folder by its path, and the page under /', () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<p>');
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), '1');
  writeFileSync(join(folder, 'notes.db'), 'secret');
  const files = listStaticFiles(folder);
  expect([...files.keys()].sort()).toEqual(['/', '/assets/app-1a2b.js', '/index.html']);
  expect(files.get('/')).toMatchObject({ type: 'text/html; charset=utf-8', immutable: false });
  expect(files.get('/assets/app-1a2b.js')).toMatchObject({ type: 'text/javascript; charset=utf-8', immutable: true });
  expect(files.get('/')!.read().toString()).toBe('<p>');
});
