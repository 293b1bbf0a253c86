/** The report of a sitting as a PDF: Chromium prints the page that shows it, and the system's dialog asks where to. */
import { join } from 'node:path';
import type { App, BrowserWindow, Dialog, PrintToPDFOptions } from 'electron';
import type { ResultView } from '../contract.ts';
import type { Dispatch } from '../dispatch.ts';
import { APP_PAGE } from './page.ts';
import { Failure } from '../failure.ts';
import type { HostMethods } from '../host-methods.ts';
import { writeWhole } from '../write-file.ts';

/** Countries that print on Letter, by CLDR's `measurementData/paperSize`; all others use A4. */
const LETTER_COUNTRIES = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '));

/** Three quarters of an inch. */
const MARGIN_INCHES = 0.75;

/** @param country ISO 3166, two letters; empty when it is not known: the exams are those of the United States. */
export function paperOf(country: string): 'Letter' | 'A4' {
  return country === '' || LETTER_COUNTRIES.has(country) ? 'Letter' : 'A4';
}

/** How the page is printed. Its own style for print puts it into light colours. */
export function pdfOptions(country: string): PrintToPDFOptions {
  return {
    pageSize: paperOf(country),
    margins: { top: MARGIN_INCHES, bottom: MARGIN_INCHES, left: MARGIN_INCHES, right: MARGIN_INCHES },
    // The bars and the scale are backgrounds.
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  };
}

/** A name that every file system takes: `Codehall CPC Form A 2026-11-22.pdf`. */
export function pdfName({ exam, form, finishedAt }: Pick<ResultView, 'exam' | 'form' | 'finishedAt'>): string {
  const day = new Date(finishedAt);
  const two = (number: number) => String(number).padStart(2, '0');
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  const title = `Codehall ${exam.code} ${form.title}`.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').replace(/ +/g, ' ');
  return `${title.trim().slice(0, 100)} ${date}.pdf`;
}

export interface PdfParts {
  app: Pick<App, 'getPath' | 'getLocaleCountryCode'>;
  dialog: Pick<Dialog, 'showSaveDialog'>;
  window: BrowserWindow;
  dispatch: Dispatch;
}

/** @returns the method: the file written, or null when the candidate has thought better of it. */
export function savePdf({ app, dialog, window, dispatch }: PdfParts): NonNullable<HostMethods['result.pdf']> {
  return async ({ sittingId }) => {
    const reply = dispatch('result.show', { sittingId });
    if (!reply.ok) throw new Failure(reply.code, reply.message);
    // What is printed is what the window shows: it must be the report that was asked for.
    if (!showsReport(window.webContents.getURL(), sittingId))
      throw new Failure('refused', 'Open the report of this sitting first; what is shown is what goes into the PDF.');
    const pdf = await window.webContents.printToPDF(pdfOptions(app.getLocaleCountryCode())).catch((error: Error) => {
      throw new Failure('not-saved', `The report could not be made into a PDF (${error.message}).`);
    });
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Save the report as PDF',
      defaultPath: join(app.getPath('documents'), pdfName(reply.value as ResultView)),
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (canceled || filePath === '') return { file: null };
    try {
      writeWhole(filePath, pdf);
    } catch (error) {
      throw new Failure('not-saved', `${filePath} could not be written (${(error as Error).message}).`);
    }
    return { file: filePath };
  };
}

function showsReport(url: string, sittingId: string): boolean {
  const report = `${APP_PAGE}#/result/${encodeURIComponent(sittingId)}`;
  return url === report || url.startsWith(`${report}/`);
}
