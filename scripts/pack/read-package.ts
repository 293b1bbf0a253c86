/** Reads a package that electron-builder has made: its archive, what lies beside it, and how large it is. */
import { extractFile, getRawHeader } from '@electron/asar';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { TargetPlatform } from './stand-in.ts';
import { importsOf, type Package, type PackedFile } from './contents.ts';

/** An entry of the archive's header: a folder, or a file. */
interface Entry {
  files?: Record<string, Entry>;
  size?: number;
}

export interface ReadPackage extends Package {
  /** Own JavaScript, bytes; the renderer's compressed, file by file. */
  mainBytes: number;
  rendererGzipBytes: number;
  /** What main imports from electron. */
  electronParts: string[];
}

/** @param resources the folder that holds app.asar. @param target as `linux-x64`. */
export function readPackage(resources: string, target: string): ReadPackage {
  const asar = join(resources, 'app.asar');
  const archive = entries((getRawHeader(asar).header as Entry).files ?? {});
  const texts = (pattern: RegExp) =>
    archive.filter(({ path }) => pattern.test(path)).map(({ path }) => extractFile(asar, path));
  const main = texts(/^dist\/(main|preload)\/.*\.c?js$/);
  const code = main.map((text) => text.toString());
  return {
    target,
    archive,
    unpacked: filesBelow(join(resources, 'app.asar.unpacked')),
    resources: filesBelow(resources).filter(({ path }) => !path.startsWith('app.asar.unpacked/')),
    imports: importsOf(code),
    mainBytes: main.reduce((sum, text) => sum + text.length, 0),
    rendererGzipBytes: texts(/^dist\/renderer\/.*\.js$/).reduce((sum, text) => sum + gzipSync(text).length, 0),
    electronParts: electronParts(code),
  };
}

function entries(files: Record<string, Entry>, folder = ''): PackedFile[] {
  return Object.entries(files).flatMap(([name, entry]) =>
    entry.files ? entries(entry.files, `${folder}${name}/`) : [{ path: `${folder}${name}`, bytes: entry.size ?? 0 }],
  );
}

/** All files below a folder; none where it is not there. */
export function filesBelow(folder: string): PackedFile[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const about = statSync(join(folder, name));
    return about.isFile() ? [{ path: name.replaceAll('\\', '/'), bytes: about.size }] : [];
  });
}

function electronParts(code: readonly string[]): string[] {
  const lists = code.flatMap((text) => [...text.matchAll(/\bimport\s*\{([^}]*)\}\s*from\s*"electron"/g)]);
  return [...new Set(lists.flatMap(([, list]) => list!.split(',').map((name) => name.trim().split(' ')[0]!)))].sort();
}

/** The folder of resources in what electron-builder put out, and the binary that holds the fuses. */
export function placesIn(
  output: string,
  platform: TargetPlatform,
): { root: string; resources: string; binary: string } {
  const [unpacked] = readdirSync(output).filter((name) => statSync(join(output, name)).isDirectory());
  const root = join(output, unpacked ?? '');
  if (platform !== 'darwin')
    return {
      root,
      resources: join(root, 'resources'),
      binary: join(root, platform === 'win32' ? 'Codehall.exe' : 'codehall'),
    };
  const contents = join(root, 'Codehall.app', 'Contents');
  return {
    root,
    resources: join(contents, 'Resources'),
    binary: join(contents, 'Frameworks', 'Electron Framework.framework', 'Electron Framework'),
  };
}
