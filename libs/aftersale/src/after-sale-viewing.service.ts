import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, NotFound } from '#libs/kernel';
import { Database } from '#platform/database';
import { type OpenPhoto, PhotoService, type PhotoSize } from '#platform/files';
import { AfterSaleReader, type AfterSaleRow, type AfterSaleScope } from './after-sale.reader.js';

/** A case and its photos are shown to whoever may see it. A waybill names people: whoever looks for the platform or the seller is written down. */
@Injectable()
export class AfterSaleViewingService {
  constructor(
    private readonly database: Database,
    private readonly reader: AfterSaleReader,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
  ) {}

  async open(
    afterSaleId: string,
    photoId: string,
    size: PhotoSize,
    scope: AfterSaleScope,
    actorId: IdOf<'usr'>,
  ): Promise<OpenPhoto> {
    const found = await this.reader.photoWithin(afterSaleId, photoId, scope);
    const open = await this.photos.openById(found?.photoId ?? null, size);
    if (!found || !open) throw new NotFound('Photo', photoId);
    if (!('buyerId' in scope))
      await this.note(actorId, 'after_sale.evidence_seen', afterSaleId, found.countyCode, { photoId });
    return open;
  }

  /** Whoever looks for the platform. Null outside the scope, and nothing is written. */
  async look(id: string, scope: AfterSaleScope, actorId: IdOf<'usr'>): Promise<AfterSaleRow | null> {
    const found = await this.reader.byId(id, scope);
    if (found) await this.note(actorId, 'after_sale.seen', found.id, found.countyCode);
    return found;
  }

  private note(
    actorId: IdOf<'usr'>,
    act: string,
    subject: string,
    countyCode: string,
    detail: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const divisionCode = countyCode || null;
    return this.database.transaction((tx) =>
      this.audit.record(tx, { actorId, act, subject, divisionCode, detail }),
    );
  }
}
