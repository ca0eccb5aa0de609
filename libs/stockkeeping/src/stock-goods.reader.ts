import { Injectable } from '@nestjs/common';
import { BatchReader, VariantReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import { NEVER_EXPIRES_ON } from '#libs/inventory';
import { type Fen, NotFound, fen } from '#libs/kernel';
import type { StockLine } from './stock-line.rules.js';

/** A line with what its goods are. */
export interface OwnGoods extends StockLine {
  /** 9999-12-31 for what does not perish. */
  readonly bestBeforeOn: string;
  readonly priceFen: Fen;
}

/** What somebody names is theirs, or it is not there. Asked before the transaction: neither goods nor places change hands. */
@Injectable()
export class StockGoodsReader {
  constructor(
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly points: ChannelPointReader,
  ) {}

  /** Throws NotFound for variants of other merchants, and batches of other products. */
  async own<Line extends StockLine>(
    merchantId: string,
    lines: readonly Line[],
  ): Promise<(Line & OwnGoods)[]> {
    if (lines.length === 0) return [];
    const variants = await this.variants.byIds([...new Set(lines.map(({ variantId }) => variantId))]);
    const batches = await this.batches.keptByIds([...new Set(lines.map(({ batchId }) => batchId))]);
    const variantOf = new Map(variants.map((variant) => [variant.id as string, variant]));
    const batchOf = new Map(batches.map((batch) => [batch.id as string, batch]));
    return lines.map((line) => {
      const variant = variantOf.get(line.variantId);
      if (variant?.merchantId !== merchantId) throw new NotFound('Variant', line.variantId);
      const batch = batchOf.get(line.batchId);
      if (batch?.productId !== variant.productId) throw new NotFound('Batch', line.batchId);
      const bestBeforeOn = batch.bestBeforeOn ?? NEVER_EXPIRES_ON;
      return { ...line, bestBeforeOn, priceFen: fen(variant.priceFen) };
    });
  }

  /** Of these variants those of the merchant. */
  async ownOf(merchantId: string, variantIds: readonly string[]): Promise<ReadonlySet<string>> {
    const variants = await this.variants.byIds(variantIds);
    return new Set(variants.flatMap((variant) => (variant.merchantId === merchantId ? [variant.id] : [])));
  }

  /** Throws NotFound unless goods can be consigned there: cabinets are filled by whoever runs them. With `isOpen`, unless they can be now. */
  async consigned(channelPointId: string | null, { isOpen = false } = {}): Promise<void> {
    if (channelPointId === null) return;
    const point = await this.points.byId(channelPointId);
    if (!point || point.kind === 'COUNTER' || (isOpen && point.state !== 'OPEN'))
      throw new NotFound('ChannelPoint', channelPointId);
  }
}
