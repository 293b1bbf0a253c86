/** Run in a process of its own by the pack-load figure: reads all packs, then loads them, and prints how long each took, ms. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLibrary } from '../../main/services/library.ts';

const root = process.argv[2]!;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
const read = () => files.forEach((path) => readFileSync(join(root, path), 'utf8'));
// The first reading brings the files into the system's cache.
read();
const start = performance.now();
read();
const between = performance.now();
const { packs } = loadLibrary([root]);
console.log(JSON.stringify({ readMs: between - start, loadMs: performance.now() - between, packs: packs.size }));
