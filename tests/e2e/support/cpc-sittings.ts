/** Finished sittings of the CPC's printed forms in a data folder, sat through the program itself. */
import { join } from 'node:path';
import { createApplication } from '../../../main/application.ts';
import { loadLibrary } from '../../../main/services/library.ts';
import { openDatabase } from '../../../main/store/open.ts';
import { SETTINGS } from '../../support/journals.ts';
import { ROOT } from './shipped-host.ts';

/** Sits forms A and B in turn, a day between them. @param right of each sitting, how many questions are right, all over the form. */
export function addCpcSittings(dataDir: string, right: readonly number[]): void {
  const db = openDatabase(join(dataDir, 'codehall.db'));
  const library = loadLibrary([join(ROOT, 'exams')]);
  const { pack } = library.packs.get('cpc-2026')!;
  let wallMs = Date.UTC(2026, 10, 1, 9);
  let ids = 0;
  const { sittings } = createApplication({
    db,
    library,
    clocks: { monotonicMs: () => 0, wallMs: () => wallMs },
    newId: () => `cpc-sitting-${++ids}`,
    newSeed: () => 'cpc1',
  });
  right.forEach((count, index) => {
    wallMs += 86_400_000;
    const { items, id: formId } = pack.forms[index % pack.forms.length]!;
    const { sittingId } = sittings.start({ packId: pack.info.id, formId, settings: SETTINGS });
    const commands = items.flatMap((itemId, at) => {
      const { key, options } = pack.items.get(itemId)!;
      const wrong = options.find(({ id }) => !key.includes(id))!.id;
      const number = at + 1;
      return [
        { type: 'visit' as const, number },
        { type: 'respond' as const, number, options: (at * 37) % items.length < count ? key : [wrong] },
      ];
    });
    const all = [{ type: 'agree' as const }, ...commands, { type: 'end' as const }];
    const { seq } = sittings.clock({ sittingId });
    sittings.actAll({
      sittingId,
      seq,
      commands: all.map((command, at) => ({ requestId: `cpc-request-${index}-${at}`, command })),
    });
  });
  sittings.shutDown();
  db.close();
}
