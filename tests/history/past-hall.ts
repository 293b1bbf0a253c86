/** The application over a past of two forms of one exam and one of another. */
import { Hall } from '../support/hall.ts';
import { addPast, countPast, smallForms, type Past } from '../support/past.ts';

export function pastHall(sittings: number, change: Partial<Past> = {}): { hall: Hall; ids: string[] } {
  const hall = new Hall();
  const ids = addPast(hall.db, { editions: smallForms(), sittings, declined: 0, ...change });
  countPast(hall.application, hall.db);
  return { hall, ids };
}
