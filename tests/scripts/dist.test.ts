import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builderOptions, checksums, lacksDownload } from '../../scripts/dist.ts';
import { freshFolder } from '../support/folder.ts';

it('sums the installers and nothing else, as sha256sum reads it', () => {
  const folder = freshFolder();
  for (const name of ['b.deb', 'A.AppImage', 'builder-debug.yml', 'x.blockmap'])
    writeFileSync(join(folder, name), name);
  const sum = (name: string) => createHash('sha256').update(name).digest('hex');
  expect(checksums(folder)).toBe(`${sum('A.AppImage')}  A.AppImage\n${sum('b.deb')}  b.deb\n`);
});

it.each([
  'getaddrinfo ENOTFOUND github.com',
  'RequestError: connect ECONNREFUSED 140.82.121.3:443',
  'HTTPError: Response code 403 (Forbidden)',
  'cannot download, status: 404',
])('tells a failed download by "%s"', (said) => {
  expect(lacksDownload(`  • packaging platform=linux\n  ⨯ ${said}`)).toBe(true);
});

it('takes other failures for what they are', () => {
  expect(lacksDownload('⨯ Invalid configuration object. electron-builder has been initialized using a ...')).toBe(
    false,
  );
});

it('asks for the installers of electron-builder.yml, but for a .deb without a home page', () => {
  expect(builderOptions('win32', undefined, [])).toEqual([]);
  expect(builderOptions('linux', 'https://example.org', [])).toEqual([]);
  expect(builderOptions('linux', undefined, ['-c.electronDist=x'])).toEqual([
    '--linux',
    'AppImage',
    '-c.electronDist=x',
  ]);
  expect(builderOptions('linux', undefined, ['--linux', 'dir'])).toEqual(['--linux', 'dir']);
});
