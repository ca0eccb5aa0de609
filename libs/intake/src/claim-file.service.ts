import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, NotFound } from '#libs/kernel';
import { Database } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import { ClaimReader } from './claim.reader.js';
import type { ClaimScope } from './claim-scope.rules.js';

export interface OpenFile {
  readonly file: StoredFile;
  readonly bytes: Readable;
}

/** Evidence is shown to whoever may see the claim, and it is noted who has looked. */
@Injectable()
export class ClaimFileService {
  constructor(
    private readonly database: Database,
    private readonly claims: ClaimReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
  ) {}

  async open(claimId: string, fileId: string, scope: ClaimScope, actorId: IdOf<'usr'>): Promise<OpenFile> {
    const found = await this.claims.fileOf(claimId, fileId, scope);
    const [file] = found ? await this.files.byIds([found.id]) : [];
    const bytes = file ? await this.files.open(file) : null;
    if (!found || !file || !bytes) throw new NotFound('File', fileId);
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actorId,
        act: 'claim.evidence_seen',
        subject: claimId,
        divisionCode: found.countyCode,
        detail: { fileId },
      }),
    );
    return { file, bytes };
  }
}
