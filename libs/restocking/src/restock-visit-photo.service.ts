import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, NotFound } from '#libs/kernel';
import { type OpenPhoto, PhotoService, type PhotoSize } from '#platform/files';
import { RestockVisitReader, type RestockVisitScope } from './restock-visit.reader.js';

/** What somebody has photographed at a cabinet, and who has signed for it. */
@Injectable()
export class RestockVisitPhotoService {
  constructor(
    private readonly visits: RestockVisitReader,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
  ) {}

  /** Likewise, for officials: noted before they see it. */
  async openForOfficial(
    visitId: string,
    photoId: string,
    size: PhotoSize,
    { userId, divisions }: { readonly userId: IdOf<'usr'>; readonly divisions: readonly string[] | 'ALL' },
  ): Promise<OpenPhoto> {
    const open = await this.open(visitId, photoId, size, { divisions });
    const note = { actorId: userId, act: 'restock.photo_seen', subject: photoId, scope: divisions };
    await this.audit.seen([{ ...note, detail: { visitId } }]);
    return open;
  }

  /** Throws NotFound outside the scope. */
  async open(
    visitId: string,
    photoId: string,
    size: PhotoSize,
    scope: RestockVisitScope,
  ): Promise<OpenPhoto> {
    const visit = await this.visits.byId(visitId, scope);
    const isShown = visit !== null && (await this.visits.showsPhoto(visit, photoId));
    const open = await this.photos.openById(isShown ? photoId : null, size);
    if (!open) throw new NotFound('Photo', photoId);
    return open;
  }
}
