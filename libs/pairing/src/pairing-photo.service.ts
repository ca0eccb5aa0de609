import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Database } from '#platform/database';
import { type OpenPhoto, PhotoService, type PhotoSize } from '#platform/files';
import { PairingReader } from './pairing.reader.js';
import type { PairingJudge } from './pairing.service.js';

/** What would be shown of households, for the officials who look at it before anybody else does. */
@Injectable()
export class PairingPhotoService {
  constructor(
    private readonly database: Database,
    private readonly reader: PairingReader,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
  ) {}

  /** Null outside the divisions. It is written down that they have looked. */
  async open(
    pairingId: string,
    size: PhotoSize,
    { userId, divisions }: PairingJudge,
  ): Promise<OpenPhoto | null> {
    const kept = await this.reader.photoWithin(pairingId, divisions);
    const open = await this.photos.openById(kept?.photoId ?? null, size);
    if (open && kept)
      await this.database.transaction((tx) =>
        this.audit.record(tx, {
          actorId: userId,
          act: 'pairing.photo_seen',
          subject: pairingId,
          divisionCode: kept.villageCode,
        }),
      );
    return open;
  }
}
