import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, NotFound } from '#libs/kernel';
import { type StoredFile, StoredFileService } from '#platform/files';
import { type ApplicationScope, MerchantApplicationReader } from './merchant-application.reader.js';

/** A paper is shown to whoever may see the application, and it is noted which reviewer has looked. */
@Injectable()
export class MerchantApplicationFileService {
  constructor(
    private readonly applications: MerchantApplicationReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
  ) {}

  async open(
    applicationId: string,
    fileId: string,
    scope: ApplicationScope,
    actorId: IdOf<'usr'>,
  ): Promise<{ readonly file: StoredFile; readonly bytes: Readable }> {
    const application = await this.applications.byId(applicationId, scope);
    const files = application ? await this.applications.filesOf(application) : [];
    const file = files.find(({ id }) => id === fileId);
    const bytes = file ? await this.files.open(file) : null;
    if (!application || !file || !bytes) throw new NotFound('File', fileId);
    if (application.createdBy !== actorId)
      await this.audit.seen([
        {
          actorId,
          act: 'merchant_application.paper_seen',
          subject: application.id,
          scope: [application.countyCode],
          detail: { fileId },
        },
      ]);
    return { file, bytes };
  }
}
