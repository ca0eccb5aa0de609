import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { VariantReader } from '#libs/catalog';
import { PlaceReader } from '#libs/channel';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay, newId, refuseKey } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { Offtake, type OfftakeId } from './offtake.entity.js';
import { OfftakeKeyUsedError, OfftakeStateError } from './offtake.errors.js';
import { OfftakeRepository } from './offtake.repository.js';
import {
  type OfftakeAct,
  type OfftakeFacts,
  mayAnswer,
  refuseOfftake,
  refuseOfftakeReason,
} from './offtake.rules.js';

export interface OfftakeInput extends OfftakeFacts {
  readonly placeId: string;
  readonly variantId: string;
  readonly idempotencyKey: string;
}

export interface OfftakeActor {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

type Said = Pick<
  Offtake,
  'channelPointId' | 'variantId' | 'quantity' | 'amountFen' | 'boughtOn' | 'documentNo'
>;

const saidOf = ({ channelPointId, variantId, quantity, amountFen, boughtOn, documentNo }: Said): Said => ({
  channelPointId,
  variantId,
  quantity,
  amountFen,
  boughtOn,
  documentNo,
});

/** What operators buy outright: told by them, confirmed by whoever has sold it. It moves no stock and is in no figure of volume. */
@Injectable()
export class OfftakeService {
  constructor(
    private readonly database: Database,
    private readonly offtakes: OfftakeRepository,
    private readonly places: PlaceReader,
    private readonly variants: VariantReader,
    private readonly merchants: MerchantReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key answers with the same purchase. */
  async tell(
    input: OfftakeInput,
    by: OfftakeActor,
  ): Promise<OfftakeId | InvalidInputError | OfftakeKeyUsedError> {
    const place = await this.places.byId(input.placeId, by);
    if (!place || place.operatorId === null) throw new NotFound('Place', input.placeId);
    const badKey = refuseKey(input.idempotencyKey);
    if (badKey) return badKey;
    const documentNo = input.documentNo.trim();
    const refusal = refuseOfftake({ ...input, documentNo }, businessDay(this.clock.now()));
    if (refusal) return refusal;
    const [variant] = await this.variants.byIds([input.variantId]);
    if (!variant) return new InvalidInputError([noVariant]);
    // What one sells oneself one does not buy.
    if (variant.merchantId === place.operatorId) return new InvalidInputError([ownGoods]);
    const seller = await this.merchants.byId(variant.merchantId);
    const offtake: Offtake = {
      id: newId('oft'),
      ...saidOf({ ...input, documentNo, channelPointId: place.id, variantId: variant.id }),
      operatorId: place.operatorId as IdOf<'mer'>,
      merchantId: variant.merchantId,
      sellerCountyCode: seller?.countyCode ?? '',
      state: 'TOLD',
      toldBy: by.userId,
      idempotencyKey: input.idempotencyKey,
      toldAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      reason: '',
    };
    try {
      return await this.database.transaction((tx) => this.keep(tx, offtake));
    } catch (error) {
      // Sent twice at once: the other one is kept, this one is compared with it.
      if (isDuplicate(error)) return this.database.transaction((tx) => this.keep(tx, offtake));
      throw error;
    }
  }

  /** Yes or no of the seller, or taken back by the operator. Said again, nothing happens. */
  decide(
    id: string,
    act: OfftakeAct,
    reason: string,
    by: OfftakeActor,
  ): Promise<OfftakeId | InvalidInputError | OfftakeStateError> {
    const refusal = refuseOfftakeReason(act, reason);
    if (refusal) return Promise.resolve(refusal);
    return this.database.transaction(async (tx) => {
      const offtake = await this.offtakes.lock(tx, id, by.merchantIds);
      if (!offtake) throw new NotFound('Offtake', id);
      if (offtake.state === act && offtake.decidedBy === by.userId) return offtake.id;
      const who = {
        isOperator: by.merchantIds.includes(offtake.operatorId),
        isSeller: by.merchantIds.includes(offtake.merchantId),
      };
      if (!mayAnswer(act, offtake.state, who)) return new OfftakeStateError(offtake.state);
      const decided = { state: act, decidedBy: by.userId, reason: reason.trim() };
      await this.offtakes.decide(tx, offtake.id, decided, this.clock.now());
      await this.note(tx, offtake, act.toLowerCase(), by.userId);
      return offtake.id;
    });
  }

  private async keep(tx: Tx, offtake: Offtake): Promise<OfftakeId | OfftakeKeyUsedError> {
    const known = await this.offtakes.byKey(tx, offtake.toldBy, offtake.idempotencyKey);
    if (known)
      return isDeepStrictEqual(saidOf(known), saidOf(offtake)) ? known.id : new OfftakeKeyUsedError();
    await this.offtakes.insert(tx, offtake);
    await this.note(tx, offtake, 'told', offtake.toldBy);
    return offtake.id;
  }

  private note(
    tx: Tx,
    { id, sellerCountyCode, amountFen }: Offtake,
    act: string,
    actorId: string,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act: `offtake.${act}`,
      subject: id,
      divisionCode: sellerCountyCode,
      detail: { amountFen: String(amountFen) },
    });
  }
}

const noVariant = {
  path: 'variantId',
  message: { zh: '没有这种货', en: 'There are no such goods.' },
};
const ownGoods = {
  path: 'variantId',
  message: { zh: '自己的货不用收购', en: 'One does not buy one’s own goods.' },
};
