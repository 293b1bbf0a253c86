/**
 * The bench: `npm run bench [-- --only NAME] [-- --json]`. Each figure is measured in interleaved rounds and held
 * against its goal; exit code 1 when one falls short.
 */
import { parseArgs } from 'node:util';
import { digits, type Figure, type Result, type Row } from './figure.ts';
import { clickToFrame } from './click-to-frame.ts';
import { durableClick } from './durable-click.ts';
import { firstPaint } from './first-paint.ts';
import { heap } from './heap.ts';
import { hostStart } from './host-start.ts';
import { jump } from './jump.ts';
import { longHistory } from './long-history.ts';
import { packLoad } from './pack-load.ts';
import { storeCall } from './store-call.ts';
import { trendChart } from './trend-chart.ts';

const FIGURES: readonly Figure[] = [
  storeCall,
  durableClick,
  clickToFrame,
  jump,
  firstPaint,
  heap,
  hostStart,
  packLoad,
  longHistory,
  trendChart,
];

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } },
});
const chosen = values.only ? FIGURES.filter((figure) => values.only!.includes(figure.name)) : FIGURES;
if (chosen.length === 0) {
  console.error(`--only takes one of: ${FIGURES.map((figure) => figure.name).join(', ')}`);
  process.exit(2);
}

const rows: Row[] = [];
for (const figure of chosen) {
  console.log(`${figure.name}: ${figure.title}`);
  rows.push(...(await figure.measure((line) => console.log(`  ${line}`))));
}

console.log();
printTable(rows);
if (values.json) {
  const results: Result[] = rows.map(({ name, value, goal, ok }) => ({ name, value, goal, ok }));
  console.log(JSON.stringify(results));
}
process.exit(rows.every((row) => row.ok) ? 0 : 1);

function printTable(rows: readonly Row[]): void {
  const cells = rows.map((row) => [
    row.ok ? 'ok  ' : 'MISS',
    row.name,
    `${digits(row.value)}${row.unit && ` ${row.unit}`}`,
    `<= ${row.goal}${row.unit && ` ${row.unit}`}`,
    row.detail,
  ]);
  const head = ['', 'figure', 'measured', 'goal', 'behind it (median round)'];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)));
  for (const row of [head, ...cells])
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}
