import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { type OpenPhoto, PhotoService, type PhotoSize } from '#platform/files';
import { LinkageAgreementReader } from './linkage-agreement.reader.js';
import { LinkagePaymentReader } from './linkage-payment.reader.js';
import type { LinkageScope } from './linkage-scope.rules.js';
import type { LinkagePhoto } from './linkage.entity.js';
import { LinkageRepository } from './linkage.repository.js';

export interface EvidenceWish {
  /** An edition of the terms, or a payment. */
  readonly subjectId: string;
  readonly photoId: string;
  readonly size: PhotoSize;
}

/** Photos of what was signed and paid: names and signatures are on them, so that few see them. */
@Injectable()
export class LinkagePhotoService {
  constructor(
    private readonly database: Database,
    private readonly agreements: LinkageAgreementReader,
    private readonly payments: LinkagePaymentReader,
    private readonly repository: LinkageRepository,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
  ) {}

  /** Joins. Throws NotFound for photos of others. */
  async attach(
    tx: Tx,
    subjectId: LinkagePhoto['subjectId'],
    photoIds: readonly string[],
    userId: IdOf<'usr'>,
  ): Promise<void> {
    const attached = await this.photos.attach(tx, photoIds, userId);
    const known = new Map<string, IdOf<'fil'>>(attached.map(({ id }) => [id, id]));
    const ids = photoIds.map((photoId) => {
      const id = known.get(photoId);
      if (!id) throw new NotFound('Photo', photoId);
      return id;
    });
    await this.repository.insertPhotos(tx, subjectId, ids);
  }

  /** Null outside the scope. Of officials it is written down that they have looked. */
  async open(
    { subjectId, photoId, size }: EvidenceWish,
    scope: LinkageScope,
    userId: IdOf<'usr'>,
  ): Promise<OpenPhoto | null> {
    const divisionCode = await this.divisionOf(subjectId, scope);
    if (divisionCode === null) return null;
    const isOfSubject = (await this.agreements.photosOf([subjectId])).some(
      (each) => each.photoId === photoId,
    );
    const open = await this.photos.openById(isOfSubject ? photoId : null, size);
    if (open && 'divisions' in scope)
      await this.database.transaction((tx) =>
        this.audit.record(tx, {
          actorId: userId,
          act: 'linkage.evidence_seen',
          subject: subjectId,
          divisionCode: divisionCode || null,
          detail: { photoId },
        }),
      );
    return open;
  }

  /** Where it lies; '' where that is not one place, null outside the scope. */
  private async divisionOf(subjectId: string, scope: LinkageScope): Promise<string | null> {
    const payment = await this.payments.byId(subjectId, scope);
    if (payment) return payment.villageCode;
    const agreementId = await this.agreements.agreementOfTerm(subjectId);
    return agreementId && (await this.agreements.byId(agreementId, scope)) ? '' : null;
  }
}
