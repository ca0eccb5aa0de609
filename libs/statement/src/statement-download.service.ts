import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, NotFound, present } from '#libs/kernel';
import { Database } from '#platform/database';
import { StoredFileService } from '#platform/files';
import type { StatementFormat } from './statement.entity.js';
import { type StatementFileRow, StatementReader } from './statement.reader.js';

/** Hands out the bytes that were issued, to whoever they are of and to finance; each time is written down. */
@Injectable()
export class StatementDownloadService {
  constructor(
    private readonly database: Database,
    private readonly reader: StatementReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
  ) {}

  async open(
    userId: IdOf<'usr'>,
    number: string,
    format: StatementFormat,
    payeeIds: readonly string[] | 'ALL',
  ): Promise<{ readonly file: StatementFileRow; readonly bytes: Readable }> {
    const file = await this.reader.fileOf(number, format, payeeIds);
    if (!file) throw new NotFound('Statement', number);
    const bytes = present(await this.files.open(file), `the bytes of ${file.name}`);
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actorId: userId,
        act: 'statement.downloaded',
        subject: file.statementId,
        detail: { name: file.name, sha256: file.sha256 },
      }),
    );
    return { file, bytes };
  }
}
