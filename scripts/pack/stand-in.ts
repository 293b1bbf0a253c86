/**
 * Folders that stand in for Electron's runtime, so that a package can be made without it: the files electron-builder
 * asks for, and a wire of fuses as in the real program, all in the other position. Nothing in them runs.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { FUSE_SENTINEL } from './fuses.ts';

/** As in file names and in Node. */
export type TargetPlatform = 'linux' | 'win32' | 'darwin';

/** What the real one had set before the flip, for each fuse of version 1: the opposite of what electron-builder.yml asks. */
const UNFLIPPED = '10110010';

/** @param folder where the runtime is to lie; made anew. */
export function standInForElectron(folder: string, platform: TargetPlatform): void {
  const write = (path: string, content: string | Buffer, mode = 0o644) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode });
  };
  const binary = Buffer.concat([
    Buffer.from(`This stands in for Electron, to check what goes into a package.\n${FUSE_SENTINEL}`, 'latin1'),
    Buffer.from([1, UNFLIPPED.length]),
    Buffer.from(`${UNFLIPPED}\n`, 'latin1'),
  ]);
  write('version', '0.0.0');
  write('LICENSE', "stands in for Electron's licence\n");
  write('LICENSES.chromium.html', "stands in for Chromium's licences\n");
  if (platform === 'darwin') {
    const app = 'Electron.app/Contents';
    const helper = `${app}/Frameworks/Electron Helper.app/Contents`;
    write(`${app}/Info.plist`, plist('Electron'));
    write(`${app}/MacOS/Electron`, 'stand-in\n', 0o755);
    write(`${app}/Resources/electron.icns`, '');
    const framework = `${app}/Frameworks/Electron Framework.framework`;
    write(`${framework}/Electron Framework`, binary, 0o755);
    write(`${framework}/Versions/A/Resources/en.lproj/locale.pak`, '');
    write(`${helper}/Info.plist`, plist('Electron Helper'));
    write(`${helper}/MacOS/Electron Helper`, 'stand-in\n', 0o755);
    return;
  }
  write('locales/en-US.pak', '');
  write('locales/de.pak', '');
  mkdirSync(join(folder, 'resources'));
  if (platform === 'win32') write('electron.exe', windowsProgram(binary));
  else {
    write('electron', binary, 0o755);
    write('chrome-sandbox', '', 0o755);
  }
}

function plist(executable: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>${executable}</string></dict></plist>
`;
}

/** A program file of Windows with a version in one language, into which electron-builder writes name, icon and integrity. */
function windowsProgram(content: Buffer): Buffer {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program, true);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(Uint8Array.from(content).buffer);
  return Buffer.from(program.generate());
}
