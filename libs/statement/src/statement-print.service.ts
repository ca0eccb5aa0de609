import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { type KeptBytes, StoredFileService } from '#platform/files';
import { csvHead, csvLine } from './statement-csv.rules.js';
import { StatementPdfService } from './statement-pdf.service.js';
import type { StatementSheet } from './statement-text.rules.js';
import { type StatementLineRow, StatementReader } from './statement.reader.js';

export interface PrintedStatement {
  readonly csv: KeptBytes;
  readonly pdf: KeptBytes;
}

/** Lines of one statement of SQL. */
const LINES_PER_PAGE = 500;

/** Makes the files of an edition from what is written down about it, as often as one likes and always the same. */
@Injectable()
export class StatementPrintService {
  constructor(
    private readonly reader: StatementReader,
    private readonly pdf: StatementPdfService,
    private readonly files: StoredFileService,
  ) {}

  async print(statementId: string, rev: number): Promise<PrintedStatement> {
    const sheet = await this.sheetOf(statementId, rev);
    const csv = await this.files.keepOwn(Readable.from(this.csvOf(sheet)));
    const lines = this.linesOf(statementId);
    const pdf = await this.pdf.print(sheet, lines, csv.sha256, (bytes) => this.files.keepOwn(bytes));
    return { csv, pdf };
  }

  private async sheetOf(statementId: string, rev: number): Promise<StatementSheet> {
    const statement = present(await this.reader.byId(statementId), 'the statement');
    const revisions = await this.reader.revisionsOf([statementId]);
    const document = present(await this.reader.documentOf(statementId, rev), 'what the edition says');
    return {
      statement,
      revision: present(
        revisions.find((each) => each.rev === rev),
        'the edition',
      ),
      replaces: revisions.find((each) => each.rev === rev - 1)?.number ?? null,
      balances: present(statement.balances, 'its figures'),
      document,
      totals: await this.reader.totalsOf(statementId),
    };
  }

  private async *csvOf(sheet: StatementSheet): AsyncGenerator<string> {
    yield csvHead(sheet);
    for await (const line of this.linesOf(sheet.statement.id)) yield csvLine(line);
  }

  private async *linesOf(statementId: string): AsyncGenerator<StatementLineRow> {
    for (let after: readonly string[] | null = null; ;) {
      const { nodes, next } = await this.reader.linesAfter(statementId, LINES_PER_PAGE, after);
      yield* nodes;
      if (next === null) return;
      after = next;
    }
  }
}
