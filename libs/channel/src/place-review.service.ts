import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService, MembershipReader } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import type { ChannelPoint, ChannelPointId } from './channel-point.entity.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import type { PlaceScope } from './place-scope.rules.js';
import { PlaceStepService, type PlaceStepWish } from './place-step.service.js';
import { OwnPlaceError, PlaceStateError } from './place.errors.js';
import { PlaceReader } from './place.reader.js';

export interface PlaceReviewer {
  readonly userId: IdOf<'usr'>;
  /** Where they may decide. */
  readonly divisions: readonly string[] | 'ALL';
}

export interface Entrusting {
  readonly placeId: string;
  readonly revision: number;
  readonly operatorId: string;
  readonly reason: string;
}

/** County and city: what is approved, sent back, inspected, suspended and closed. Nobody decides about a place of their own. */
@Injectable()
export class PlaceReviewService {
  constructor(
    private readonly database: Database,
    private readonly points: ChannelPointRepository,
    private readonly steps: PlaceStepService,
    private readonly reader: PlaceReader,
    private readonly memberships: MembershipReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly merchants: MerchantReader,
    private readonly clock: Clock,
  ) {}

  /** Of two at once one decides; the same decision again is answered as the first time. */
  decide(
    wish: PlaceStepWish,
    by: PlaceReviewer,
  ): Promise<ChannelPointId | InvalidInputError | PlaceStateError | OwnPlaceError> {
    return this.database.transaction(async (tx) => {
      const point = await this.points.lockPlace(tx, wish.placeId, by);
      if (!point) throw new NotFound('Place', wish.placeId);
      if (await this.steps.isRepeated(tx, point, wish, by.userId)) return point.id;
      if (await this.isOwn(tx, point, by.userId)) return new OwnPlaceError();
      const refusal = await this.steps.take(tx, point, wish, { side: 'OFFICE', userId: by.userId });
      return refusal ?? point.id;
    });
  }

  /** Says who runs a place that came into the book as it stood. Said again, nothing happens; it is not said of a place that somebody runs. */
  async entrust(
    { placeId, revision, operatorId, reason }: Entrusting,
    by: PlaceReviewer,
  ): Promise<ChannelPointId | InvalidInputError | PlaceStateError | OwnPlaceError> {
    const merchant = await this.merchants.byId(operatorId);
    if (!merchant) throw new NotFound('Merchant', operatorId);
    const said = reason.trim();
    const length = Array.from(said).length;
    if (length < 2 || length > 500) return new InvalidInputError([noReason]);
    return this.database.transaction(async (tx) => {
      const point = await this.points.lockPlace(tx, placeId, by);
      if (!point) throw new NotFound('Place', placeId);
      if (point.operatorId === merchant.id && point.revision === revision + 1) return point.id;
      if (point.operatorId !== null || point.state === 'CLOSED' || point.revision !== revision)
        return new PlaceStateError(point.state, point.revision);
      // Whoever works for it gives it no places.
      if ((await this.memberships.merchantIdsOf(by.userId, tx)).includes(merchant.id))
        return new OwnPlaceError();
      await this.points.amend(tx, point.id, { operatorId: merchant.id, revision: revision + 1 });
      const { state } = point;
      const effectiveOn = businessDay(this.clock.now());
      const step = { act: 'ENTRUSTED', reason: said, fileIds: [], content: { operatorId } } as const;
      await this.steps.keep(
        tx,
        point,
        { ...step, state, revision: revision + 1, effectiveOn },
        { side: 'OFFICE', userId: by.userId },
      );
      return point.id;
    });
  }

  /** A paper or photo of a step. Whose place it is looks without a note. */
  async open(
    placeId: string,
    fileId: string,
    scope: PlaceScope,
    actorId: IdOf<'usr'>,
  ): Promise<{ readonly file: StoredFile; readonly bytes: Readable }> {
    const place = await this.reader.byId(placeId, scope);
    const file = place && (await this.reader.fileOf(place.id, fileId));
    const bytes = file ? await this.files.open(file) : null;
    if (!place || !file || !bytes) throw new NotFound('File', fileId);
    if ('divisions' in scope)
      await this.audit.seen([
        {
          actorId,
          act: 'channel_point.file_seen',
          subject: place.id,
          scope: [place.countyCode],
          detail: { fileId },
        },
      ]);
    return { file, bytes };
  }

  private async isOwn(
    tx: Tx,
    { proposedBy, operatorId }: ChannelPoint,
    userId: IdOf<'usr'>,
  ): Promise<boolean> {
    if (proposedBy === userId) return true;
    return operatorId !== null && (await this.memberships.merchantIdsOf(userId, tx)).includes(operatorId);
  }
}

const noReason = {
  path: 'reason',
  message: { zh: '请写明依据（2 到 500 字）', en: 'Say why in 2 to 500 characters.' },
};
