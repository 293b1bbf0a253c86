/** A form as it stands in the project's files, read without any of the program's own code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './shipped-host.ts';

export interface RawItem {
  id: string;
  area: string;
  classicArea: string;
  key: string[];
  select: number;
  options: { id: string }[];
  scored: boolean;
  scenario?: string;
}

function read<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(ROOT, 'exams', ...path), 'utf8')) as T;
}

export function readForm(packId: string, formId: string): RawItem[] {
  const files = readdirSync(join(ROOT, 'exams', packId, 'items'));
  const items = new Map(files.flatMap((file) => read<RawItem[]>(packId, 'items', file)).map((item) => [item.id, item]));
  return read<{ items: string[] }>(packId, 'forms', `${formId}.json`).items.map((id) => items.get(id)!);
}

/** Area ids of an outline in the order of the blueprint's file. */
export function areaOrder(packId: string, outline: 'current' | 'classic'): string[] {
  const blueprint = read<{ outlines: Record<string, { areas: { id: string }[] }> }>(packId, 'blueprint.json');
  return blueprint.outlines[outline]!.areas.map((area) => area.id);
}
