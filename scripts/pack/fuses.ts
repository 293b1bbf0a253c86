/** Reads the fuses of a packed program: switches inside its binary that are set when it is packed. */

/** Stands before the wire in every Electron. */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The fuses in the order of the wire, version 1. */
const NAMES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
];

/**
 * What a package must have: it is no Node for whoever finds it, and loads only the archive it was packed with. Cookies
 * are not used, so that the key ring of the system is not asked for.
 */
export const WANTED_FUSES: Readonly<Record<string, boolean>> = {
  runAsNode: false,
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
};

/** @returns whether each fuse is on. @throws Error when there is no wire of version 1, or more than one. */
export function readFuses(binary: Buffer): Record<string, boolean> {
  const at = binary.indexOf(FUSE_SENTINEL, 0, 'latin1');
  if (at === -1) throw new Error('there is no fuse wire');
  if (binary.lastIndexOf(FUSE_SENTINEL, undefined, 'latin1') !== at) throw new Error('there are two fuse wires');
  const wire = at + FUSE_SENTINEL.length;
  if (binary[wire] !== 1) throw new Error(`the fuse wire is of version ${binary[wire]}`);
  const states = binary.toString('latin1', wire + 2, wire + 2 + binary[wire + 1]!);
  return Object.fromEntries([...states].map((state, n) => [NAMES[n] ?? `fuse ${n}`, state === '1']));
}

/** The fuses that are not as wanted, in words. */
export function fuseProblems(fuses: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(WANTED_FUSES)
    .filter(([name, wanted]) => fuses[name] !== wanted)
    .map(([name, wanted]) => `the fuse ${name} is not ${wanted ? 'on' : 'off'}`);
}
