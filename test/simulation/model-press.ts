import { Readable } from 'node:stream';
import { StatementPdfService } from '../../libs/statement/src/statement-pdf.service.js';

type Sheet = Parameters<StatementPdfService['print']>[0];
type Lines = Parameters<StatementPdfService['print']>[1];
type Take<T> = (bytes: Readable) => Promise<T>;

/**
 * Setting type takes as long as a third of a history and has specs of its own: a sparing press prints the same lines plainly, so that
 * whatever goes wrong in collecting, checking and keeping them still does.
 */
export class ModelPress extends StatementPdfService {
  isSparing = false;

  override print<T>(sheet: Sheet, lines: Lines, csvSha256: string, take: Take<T>): Promise<T> {
    return this.isSparing
      ? take(Readable.from(plain(sheet, lines, csvSha256)))
      : super.print(sheet, lines, csvSha256, take);
  }
}

async function* plain({ revision }: Sheet, lines: Lines, csvSha256: string): AsyncGenerator<string> {
  yield `${revision.number} ${csvSha256}\n`;
  for await (const { journalId } of lines) yield `${journalId}\n`;
}
