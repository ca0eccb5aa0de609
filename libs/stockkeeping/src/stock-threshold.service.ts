import { Injectable } from '@nestjs/common';
import { type InvalidInputError, Clock, NotFound } from '#libs/kernel';
import { Database } from '#platform/database';
import { StockGoodsReader } from './stock-goods.reader.js';
import type { StockThresholdRow } from './stock-threshold.repository.js';
import { StockThresholdRepository } from './stock-threshold.repository.js';
import { refuseThreshold } from './stock-threshold.rules.js';
import type { StockKeeper } from './stock-write-off.service.js';

export interface StockThresholdWish {
  readonly merchantId: string;
  readonly variantId: string;
  /** Null of the warehouse. */
  readonly channelPointId: string | null;
  /** Null takes it away. */
  readonly units: number | null;
}

/** From how much on owners want to be told. */
@Injectable()
export class StockThresholdService {
  constructor(
    private readonly database: Database,
    private readonly thresholds: StockThresholdRepository,
    private readonly goods: StockGoodsReader,
    private readonly clock: Clock,
  ) {}

  /** Twice is once. Throws NotFound for other merchants' variants, and for counters, which are watched by whoever runs them. */
  async set(
    { merchantId, variantId, channelPointId, units }: StockThresholdWish,
    { userId, merchantIds }: StockKeeper,
  ): Promise<InvalidInputError | null> {
    if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const invalid = refuseThreshold(units);
    if (invalid) return invalid;
    const own = await this.goods.ownOf(merchantId, [variantId]);
    if (!own.has(variantId)) throw new NotFound('Variant', variantId);
    await this.goods.consigned(channelPointId);
    const place = channelPointId ?? '';
    await this.database.transaction((tx) => {
      if (units === null) return this.thresholds.unset(tx, variantId, place);
      const row = { variantId, channelPointId: place, merchantId, units, setBy: userId };
      return this.thresholds.set(tx, {
        ...row,
        setAt: this.clock.now(),
        lowSince: null,
      } as StockThresholdRow);
    });
    return null;
  }
}
