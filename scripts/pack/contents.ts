/** What may be in a package, and what must: pure, over lists of paths. */
import { isBuiltin } from 'node:module';

/** One packed file. */
export interface PackedFile {
  /** Inside the archive or inside the resources folder, with forward slashes, none at the beginning. */
  path: string;
  bytes: number;
}

export interface Package {
  /** As in the name of the native library: `linux-x64`. */
  target: string;
  /** In app.asar, with those the archive only names because they lie beside it. */
  archive: readonly PackedFile[];
  /** In app.asar.unpacked. */
  unpacked: readonly PackedFile[];
  /** All other files of the resources folder, app.asar among them. */
  resources: readonly PackedFile[];
  /** What the packed main imports and does not hold, but Node's own modules and electron. */
  imports: readonly string[];
}

/** Own JavaScript with what is bundled into it, bytes: a budget, to notice a package that brings too much. */
export const MAIN_LIMIT = 400_000;
/** As the network would carry it: a measure of how much code there is, whatever its names. */
export const RENDERER_GZIP_LIMIT = 250_000;

const PROGRAM = [
  /^package\.json$/,
  /^dist\/main\/[^/]+\.js$/,
  /^dist\/preload\/index\.cjs$/,
  /^dist\/renderer\/(index\.html|icon\.svg)$/,
  /^dist\/renderer\/assets\/[^/]+\.(js|css|woff2|svg|png)$/,
];
const MODULE_FILE =
  /^node_modules\/((?:@[^/]+\/)?[^/]+)\/(package\.json|LICENSE|lib\/.+\.js|prebuilds\/([^/]+)\.node)$/;
const RESOURCES = [
  /^app\.asar$/,
  /^(LICENSE|NOTICE|THIRD-PARTY-LICENCES\.txt)$/,
  // What Electron for macOS keeps there.
  /^((icon|electron)\.icns|[A-Za-z_]+\.lproj\/.*|LICENSE\.electron\.txt|LICENSES\.chromium\.html)$/,
  /^exams\/[a-z0-9.-]+\/(pack|blueprint)\.json$/,
  /^exams\/[a-z0-9.-]+\/(forms|items|scenarios)\/[^/]+\.json$/,
];

const REQUIRED = {
  archive: ['package.json', 'dist/main/electron.js', 'dist/preload/index.cjs', 'dist/renderer/index.html'],
  resources: [
    'app.asar',
    'LICENSE',
    'NOTICE',
    'THIRD-PARTY-LICENCES.txt',
    'exams/cpc-2026/pack.json',
    'exams/ccs-2026/pack.json',
  ],
};

/** Everything wrong with what is in a package, in words that name the file; empty when nothing is. */
export function contentProblems({ target, archive, unpacked, resources, imports }: Package): string[] {
  const problems: string[] = [];
  const library = (name: string) => `node_modules/${name}/prebuilds/${target}.node`;

  for (const { path } of archive) {
    if (PROGRAM.some((allowed) => allowed.test(path))) continue;
    const [, name, , built] = MODULE_FILE.exec(path) ?? [];
    if (name === undefined) problems.push(`${path} is in the archive and does not run`);
    else if (!imports.includes(name)) problems.push(`${path} is in the archive, and main does not import ${name}`);
    else if (built !== undefined && built !== target) problems.push(`${path} is in the archive, and this is ${target}`);
  }
  for (const { path } of resources)
    if (!RESOURCES.some((allowed) => allowed.test(path))) problems.push(`${path} is beside the archive for no reason`);

  for (const path of REQUIRED.archive)
    if (!archive.some((file) => file.path === path)) problems.push(`${path} is not in the archive`);
  for (const path of REQUIRED.resources)
    if (!resources.some((file) => file.path === path)) problems.push(`${path} is not beside the archive`);
  for (const name of imports)
    if (!archive.some((file) => file.path === `node_modules/${name}/package.json`))
      problems.push(`main imports ${name}, which is not in the archive`);

  const outside = unpacked.map(({ path }) => path).sort();
  const wanted = imports.map(library).sort();
  for (const path of outside) if (!wanted.includes(path)) problems.push(`${path} is unpacked for no reason`);
  for (const path of wanted) if (!outside.includes(path)) problems.push(`${path} is not unpacked`);
  return problems;
}

/** What a bundle imports by name: neither its own files nor Node's nor electron. @param texts of its files. */
export function importsOf(texts: readonly string[]): string[] {
  const named = texts.flatMap((text) => [
    ...text.matchAll(/(?:^|;)(?:import|export)\b[^;'"]*?["']([^"']+)["']\s*(?=;|$)/gm),
    ...text.matchAll(/\b(?:import|(?:__)?require)\(\s*["']([^"']+)["']\s*\)/g),
  ]);
  const isOwn = (name: string) => name.startsWith('.') || isBuiltin(name) || name === 'electron';
  const outside = named.map(([, name]) => name!).filter((name) => !isOwn(name));
  return [...new Set(outside)].sort();
}

/** What is larger than it may be, in words. @param main and renderer in bytes; of the renderer, compressed. */
export function sizeProblems(main: number, rendererGzip: number): string[] {
  const over = (what: string, bytes: number, limit: number) =>
    bytes > limit ? [`${what}: ${kilobytes(bytes)}, more than ${kilobytes(limit)}`] : [];
  return [
    ...over("main's JavaScript", main, MAIN_LIMIT),
    ...over("the renderer's JavaScript, compressed", rendererGzip, RENDERER_GZIP_LIMIT),
  ];
}

/** @returns for example `1,234 kB`, of 1000 bytes each. */
export function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;
}
