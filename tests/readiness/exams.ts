/** The project's own exams, as simulated candidates meet them. */
import type { Library } from '../../main/services/library.ts';
import type { SimulatedExam } from './population.ts';

export function examsOf(library: Library): SimulatedExam[] {
  return [...library.packs.values()].map(({ pack }) => {
    const pool = new Map<string, number>();
    for (const { area, scored } of pack.items.values()) if (scored) pool.set(area, (pool.get(area) ?? 0) + 1);
    const { areas } = pack.blueprint.outlines.current;
    return { name: pack.info.exam.code, areas, linePercent: pack.blueprint.line.percent, pool };
  });
}
