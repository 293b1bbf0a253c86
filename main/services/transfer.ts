/**
 * The history on its way out and in. What comes in is untrusted: every sitting of a file is played through anew and its
 * result, its seal and the file's sum are computed again before the first row is stored.
 */
import { MAX_HISTORY_CHARACTERS } from '../contract/transfer.ts';
import type { HistoryExport, HistoryImport, Parsed } from '../contract.ts';
import type { FormEdition } from '../exam/edition.ts';
import {
  headLine,
  historyText,
  readHistoryFile,
  readSittingLine,
  sittingPlace,
  type SittingRecord,
} from '../exam/history-file.ts';
import { parseEdition } from '../exam/parse-edition.ts';
import { describeProblem } from '../exam/parse-pack.ts';
import { Failure } from '../failure.ts';
import type { LocalDay } from '../local-day.ts';
import { resultsCsv, resultsJson, type ResultRow } from '../insight/results-file.ts';
import type { OutcomeKeeper } from './outcomes.ts';
import { problemOf, sumOf } from './sitting-record.ts';
import { StoreError } from '../store/errors.ts';
import type { History } from '../store/history.ts';
import { hashEdition, type Journal } from '../store/journal.ts';
import type { EditionRow, TransferStore } from '../store/transfer.ts';

/** More than what stands in a file around one line, or around all of them. */
const FRAME_CHARACTERS = 500;

/** As good as all. */
const HISTORY_LENGTH = 100_000;

export interface TransferParts {
  journal: Journal;
  history: History;
  outcomes: OutcomeKeeper;
  store: TransferStore;
  /** Wall clock, ms since 1970. */
  wallMs(): number;
  /** Files are named after the candidate's day. */
  localDay: LocalDay;
  /** Of one file; another one in tests. */
  maxCharacters?: number;
}

export type Transfer = ReturnType<typeof createTransfer>;

export function createTransfer(parts: TransferParts) {
  const { journal, history, outcomes, store, wallMs, localDay, maxCharacters = MAX_HISTORY_CHARACTERS } = parts;
  /** @throws Failure 'not-found' for an id that the lists do not show. */
  const idsOf = (asked: readonly string[] | undefined): string[] => {
    const ids = store.ids();
    if (ids.length === 0) throw new Failure('refused', 'No sitting has ended yet: there is nothing to export.');
    if (!asked) return ids;
    const wanted = new Set(asked);
    const there = new Set(ids);
    const stranger = asked.find((id) => !there.has(id));
    if (stranger !== undefined) throw new Failure('not-found', `There is no finished sitting ${stranger}.`);
    return ids.filter((id) => wanted.has(id));
  };

  const resultRows = (ids: readonly string[]): ResultRow[] => {
    // What lists are made of is kept behind the end of a sitting; here it must be complete.
    outcomes.catchUp(HISTORY_LENGTH);
    const points = new Map(store.areas().map((row) => [`${row.sittingId} ${row.outline} ${row.area}`, row]));
    const outlines = Map.groupBy(store.outlines(), ({ examCode }) => examCode);
    const wanted = new Set(ids);
    return history
      .newest(HISTORY_LENGTH)
      .filter(({ sittingId }) => wanted.has(sittingId))
      .map((row) => ({
        ...row,
        areas: (outlines.get(row.examCode) ?? []).flatMap(({ outline, id, title }) => {
          const own = points.get(`${row.sittingId} ${outline} ${id}`);
          return own ? [{ outline, id, title, points: own.points, scored: own.scored }] : [];
        }),
      }));
  };

  /** An edition and its line of the file; `null` where what is stored is not the form that was sat. */
  const storedEdition = (hash: string): { edition: FormEdition; line: string } | null => {
    try {
      const content = journal.edition(hash);
      const parsed = hashEdition(content) === hash ? parseEdition(content, 'form') : null;
      return parsed?.ok ? { edition: parsed.edition, line: JSON.stringify({ hash, content }) } : null;
    } catch (error) {
      if (error instanceof StoreError && error.code === 'damaged') return null;
      throw error;
    }
  };

  /** A sitting as it would be imported; `null` where its import would be refused. */
  const soundSitting = (id: string): SittingRecord | null => {
    if (!journal.isUnbroken(id)) return null;
    const read = readSittingLine(store.sitting(id), id);
    return read.ok ? read.sitting : null;
  };

  /** As many sittings as one file may hold, from a place in the list on. */
  const exportHistory = (ids: readonly string[], from: number, at: number): Omit<HistoryExport, 'name'> => {
    const editions = new Map<string, { edition: FormEdition; line: string } | null>();
    const readEdition = (hash: string) => {
      if (!editions.has(hash)) editions.set(hash, storedEdition(hash));
      return editions.get(hash)!;
    };
    const used = new Set<string>();
    const sittings: string[] = [];
    let length = FRAME_CHARACTERS;
    let damaged = 0;
    let next = from;
    for (; next < ids.length; next++) {
      const sitting = soundSitting(ids[next]!);
      const edition = sitting && readEdition(sitting.edition);
      if (!edition || problemOf(sitting, edition.edition) !== null) {
        damaged += 1;
        continue;
      }
      const line = JSON.stringify(sitting);
      length += line.length + (used.has(sitting.edition) ? 0 : edition.line.length) + FRAME_CHARACTERS;
      if (length > maxCharacters && sittings.length > 0) break;
      used.add(sitting.edition);
      sittings.push(line);
    }
    if (sittings.length === 0)
      throw new Failure('damaged', 'The record of every one of these sittings is damaged: none can be exported.');
    const head = headLine(at);
    const forms = [...used].map((hash) => editions.get(hash)!.line);
    const text = historyText(head, forms, sittings, sumOf([head, ...forms, ...sittings]));
    return { text, sittings: sittings.length, damaged, next: next < ids.length ? next : null };
  };

  return {
    /** The history as a file's name and text. @throws Failure 'refused' | 'not-found' | 'damaged' */
    export({ format, events, sittingIds, from = 0 }: Parsed<'history.export'>): HistoryExport {
      const ids = idsOf(sittingIds);
      if (from >= ids.length) throw new Failure('not-found', `There are only ${ids.length} sittings.`);
      const at = wallMs();
      const day = localDay(at);
      if (events) {
        const file = exportHistory(ids, from, at);
        const part = from === 0 && file.next === null ? '' : `-${from + 1}-to-${file.next ?? ids.length}`;
        return { name: `codehall-history-${day}${part}.json`, ...file };
      }
      const rows = resultRows(ids);
      const text = format === 'csv' ? resultsCsv(rows) : resultsJson(rows, at);
      return { name: `codehall-results-${day}.${format}`, text, sittings: rows.length, damaged: 0, next: null };
    },

    /**
     * Takes in the sittings of an exported history that are not here yet.
     * @throws Failure 'bad-input' for a file with anything wrong in it, 'refused' for one that contradicts what is here.
     * @throws StoreError. Nothing was stored then.
     */
    import({ text }: Parsed<'history.import'>): HistoryImport {
      const read = readHistoryFile(text);
      if (!read.ok) throw new Failure('bad-input', read.message);
      const { file } = read;
      const editions = new Map<string, { edition: FormEdition; row: EditionRow }>();
      file.editions.forEach(({ hash, content }, index) => {
        const place = `Form ${index + 1}`;
        if (editions.has(hash)) throw new Failure('bad-input', `${place}: stands twice in the file.`);
        const parsed = parseEdition(content, place);
        if (!parsed.ok) throw new Failure('bad-input', `${describeProblem(parsed.problem)}.`);
        // The text is that of the file, so that it keeps its address should the schemas ever order fields otherwise.
        const raw = content as FormEdition;
        if (hashEdition(raw) !== hash)
          throw new Failure('bad-input', `${place}, hash: does not fit its questions; they have been changed.`);
        editions.set(hash, { edition: parsed.edition, row: editionRow(hash, JSON.stringify(raw), parsed.edition) });
      });

      const ids = new Set<string>();
      const requests = new Set<string>();
      const added: SittingRecord[] = [];
      let deleted = 0;
      for (const [index, sitting] of file.sittings.entries()) {
        const place = sittingPlace(index, sitting);
        const refuse = (message: string) => new Failure('bad-input', `${place}, ${message.replace(/\.$/, '')}.`);
        if (ids.has(sitting.id)) throw refuse('id: stands twice in the file');
        ids.add(sitting.id);
        const edition = editions.get(sitting.edition);
        if (!edition) throw refuse('edition: the file does not hold this form');
        const problem = problemOf(sitting, edition.edition);
        if (problem !== null) throw refuse(problem);
        for (const { seq, requestId } of sitting.events) {
          if (requestId === null) continue;
          if (requests.has(requestId)) throw refuse(`event ${seq}, requestId: stands twice in the file`);
          requests.add(requestId);
        }
        const known = store.known(sitting.id);
        if (known && known.seal !== sitting.seal) {
          const discarded = known.deleted ? ', and discarded' : '';
          const here = known.seal === null ? `its end still to come${discarded}` : 'other events';
          throw new Failure('refused', `${place} is here already with ${here}.`);
        }
        if (known?.deleted) deleted += 1;
        if (!known) added.push(sitting);
      }
      for (const sitting of added)
        for (const { seq, requestId } of sitting.events)
          if (requestId !== null && journal.seenRequest(requestId))
            throw new Failure(
              'refused',
              `${sittingPlace(file.sittings.indexOf(sitting), sitting)}, event ${seq}, requestId: belongs to another sitting here.`,
            );
      if (sumOf(file.lines) !== file.sum)
        throw new Failure(
          'bad-input',
          'The file has been changed: its sum does not fit, though each sitting does. One may have been taken out, or a mark or an id changed.',
        );
      const used = new Set(added.map(({ edition }) => edition));
      store.put(
        [...used].map((hash) => editions.get(hash)!.row),
        added,
        wallMs(),
      );
      return { added: added.length, known: file.sittings.length - added.length, deleted };
    },
  };
}

function editionRow(hash: string, content: string, { pack, form, blueprint }: FormEdition): EditionRow {
  return { hash, content, examCode: pack.exam.code, title: form.title, linePercent: blueprint.line.percent };
}
