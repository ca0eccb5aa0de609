import { Injectable } from '@nestjs/common';
import { Clock, InvalidInputError, NotFound, businessDay } from '#libs/kernel';
import { PurchaserReader, UnitMergedError } from '#libs/procurement';
import { CampaignReader } from './campaign.reader.js';
import { noSuchCampaign } from './campaign.rules.js';
import {
  type BillingTitle,
  type OrderInput,
  type Purchase,
  buyerKindOf,
  notForUnion,
} from './order.rules.js';

/** On whose behalf and in what campaign somebody buys. */
@Injectable()
export class PurchaseReader {
  constructor(
    private readonly purchasers: PurchaserReader,
    private readonly campaigns: CampaignReader,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound for a unit that the buyer does not buy for. */
  async of(
    buyerId: string,
    { unitId, campaignCode, isForUnion = false }: Pick<OrderInput, 'unitId' | 'campaignCode' | 'isForUnion'>,
  ): Promise<Purchase | InvalidInputError | UnitMergedError> {
    const today = businessDay(this.clock.now());
    const unit = unitId ? await this.purchasers.forBuyer(unitId, buyerId) : null;
    if (unitId && !unit) throw new NotFound('Unit', unitId);
    // Until the day of the merger it is its own.
    if (unit?.mergedIntoId && unit.mergedOn !== null && unit.mergedOn <= today) return new UnitMergedError();
    if (isForUnion && unit?.contractorId !== null) return new InvalidInputError([notForUnion]);
    if (campaignCode && !(await this.campaigns.isRunning(campaignCode, today)))
      return new InvalidInputError([noSuchCampaign]);
    const buyerKind = buyerKindOf(unit, isForUnion);
    return { buyerKind, unitId: unit?.id ?? '', campaignCode: campaignCode ?? '' };
  }

  /** The title of the unit's book that is named; null where none is. The caller has asked whether the buyer buys for the unit. */
  async titleOf({
    unitId,
    invoiceTitleId,
  }: Pick<OrderInput, 'unitId' | 'invoiceTitleId'>): Promise<BillingTitle | null> {
    if (!unitId || !invoiceTitleId) return null;
    const title = await this.purchasers.titleById(unitId, invoiceTitleId);
    if (!title) throw new NotFound('InvoiceTitle', invoiceTitleId);
    return title;
  }
}
