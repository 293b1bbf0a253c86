/**
 * `npm run dist [-- options of electron-builder]`: makes the installers of this platform in release/, with their
 * checksums. Downloads Electron's runtime and electron-builder's tools where they are not in its cache.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './licences/bundled.ts';

const RELEASE = join(ROOT, 'release');
const INSTALLER = /\.(exe|dmg|AppImage|deb)$/;
export const CHECKSUMS = 'SHA256SUMS';

/** What a failed download says of itself, in Node's words, the proxy's or electron-builder's. */
const NO_DOWNLOAD =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|tunneling socket|HTTPError|RequestError|ERR_GOT|fetch failed|cannot download|response code \d{3}/i;

/** Whether electron-builder failed for want of a download. @param said all it printed. */
export function lacksDownload(said: string): boolean {
  return NO_DOWNLOAD.test(said);
}

/** The lines of a checksum file, as `sha256sum -c` reads them. */
export function checksums(folder: string): string {
  const names = readdirSync(folder).filter((name) => INSTALLER.test(name));
  const line = (name: string) =>
    `${createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')}  ${name}\n`;
  return names.sort().map(line).join('');
}

/**
 * What electron-builder is asked for. A .deb names the project's home page, and electron-builder makes none without: until
 * package.json has a `homepage`, Linux gets its AppImage alone.
 * @param given options by hand; they stand as they are.
 */
export function builderOptions(
  platform: NodeJS.Platform,
  homepage: string | undefined,
  given: readonly string[],
): string[] {
  const targets = given.some((option) => /^(-[lmw]|--(linux|mac|win))/.test(option));
  return platform === 'linux' && !homepage && !targets ? ['--linux', 'AppImage', ...given] : [...given];
}

/** Runs electron-builder for the platform it runs on. @returns its exit code and all it printed. */
function build(options: readonly string[]): Promise<{ code: number | null; said: string }> {
  const builder = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
  const child = spawn(process.execPath, [builder, ...options], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const)
    from.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      to.write(chunk);
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

if (process.argv[1] === import.meta.filename) {
  // What an earlier version left there is not part of this one.
  rmSync(RELEASE, { recursive: true, force: true });
  const given = process.argv.slice(2);
  const { homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { homepage?: string };
  const options = builderOptions(process.platform, homepage, given);
  if (options.length > given.length)
    console.log('No .deb is made: it must name a home page, and package.json has none.');
  const { code, said } = await build(options);
  const sums = code === 0 ? checksums(RELEASE) : '';
  if (code === 0) {
    writeFileSync(join(RELEASE, CHECKSUMS), sums);
    console.log(sums === '' ? 'No installer was asked for.' : sums.trimEnd());
  } else {
    process.exitCode = 1;
    console.error(
      lacksDownload(said)
        ? `
No package was made: Electron's runtime, or a tool of electron-builder, could not be downloaded. Both come from
github.com once and are kept in a cache. Behind a mirror, set ELECTRON_MIRROR and ELECTRON_BUILDER_BINARIES_MIRROR; a runtime
that is already here is named with: npm run dist -- -c.electronDist=FOLDER_OR_ZIP
What can be checked without them is checked by: npm run pack:check`
        : '\nNo package was made; electron-builder says above why.',
    );
  }
}
