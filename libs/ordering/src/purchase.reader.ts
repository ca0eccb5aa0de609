import { Injectable } from '@nestjs/common';
import { Clock, InvalidInputError, NotFound, businessDay } from '#libs/kernel';
import { PurchaserReader, UnitMergedError } from '#libs/procurement';
import { CampaignReader } from './campaign.reader.js';
import { noSuchCampaign } from './campaign.rules.js';
import { type OrderInput, type Purchase, buyerKindOf } from './order.rules.js';

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
    { unitId, campaignCode }: Pick<OrderInput, 'unitId' | 'campaignCode'>,
  ): Promise<Purchase | InvalidInputError | UnitMergedError> {
    const today = businessDay(this.clock.now());
    const unit = unitId ? await this.purchasers.forBuyer(unitId, buyerId) : null;
    if (unitId && !unit) throw new NotFound('Unit', unitId);
    // Until the day of the merger it is its own.
    if (unit?.mergedIntoId && unit.mergedOn !== null && unit.mergedOn <= today) return new UnitMergedError();
    if (campaignCode && !(await this.campaigns.isRunning(campaignCode, today)))
      return new InvalidInputError([noSuchCampaign]);
    return { buyerKind: buyerKindOf(unit), unitId: unit?.id ?? '', campaignCode: campaignCode ?? '' };
  }
}
