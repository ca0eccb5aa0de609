import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, NotFound } from '#libs/kernel';
import { type StoredFile, StoredFileService } from '#platform/files';
import { type FlagScope, IntegrityFlagReader } from './integrity-flag.reader.js';

export interface OpenAppealFile {
  readonly file: StoredFile;
  readonly bytes: Readable;
}

/** What a seller has brought with an appeal is shown to whoever may see the flag, and it is noted who has looked. */
@Injectable()
export class AppealFileService {
  constructor(
    private readonly flags: IntegrityFlagReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
  ) {}

  async open(
    flagId: string,
    fileId: string,
    scope: FlagScope,
    actorId: IdOf<'usr'>,
  ): Promise<OpenAppealFile> {
    const flag = await this.flags.byId(flagId, scope);
    const steps = flag ? await this.flags.stepsOf(flag.id) : [];
    const isOfFlag = steps.some(({ fileIds }) => fileIds.includes(fileId));
    const [file] = isOfFlag ? await this.files.byIds([fileId]) : [];
    const bytes = file ? await this.files.open(file) : null;
    if (!flag || !file || !bytes) throw new NotFound('File', fileId);
    await this.audit.seen([
      {
        actorId,
        act: 'integrity.evidence_seen',
        subject: flag.id,
        scope: [flag.countyCode],
        detail: { fileId },
      },
    ]);
    return { file, bytes };
  }
}
