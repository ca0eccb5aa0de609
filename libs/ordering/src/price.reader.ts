import { Injectable } from '@nestjs/common';
import { NotServedError } from './freight-template.errors.js';
import { FreightTemplateReader } from './freight-template.reader.js';
import { provinceOf } from './freight.rules.js';
import type { Handover } from './merchant-order.entity.js';
import { type OrderPrice, type PriceableLine, priceOf } from './price.rules.js';

export interface Destination {
  /** The county is '' while nobody has said where it goes. */
  readonly recipient: { readonly countyCode: string };
  readonly handover?: Handover;
}

/** What lines cost at this moment: the one calculation of cart, preview and order. */
@Injectable()
export class PriceReader {
  constructor(private readonly freights: FreightTemplateReader) {}

  async of(lines: readonly PriceableLine[], { recipient, handover }: Destination): Promise<OrderPrice> {
    const templates = await this.freights.ofMerchants([
      ...new Set(lines.map(({ variant }) => variant.merchantId)),
    ]);
    return priceOf(lines, {
      templates,
      provinceCode: provinceOf(recipient.countyCode),
      handover: handover ?? 'PARCEL',
    });
  }
}

/** Merchants who send nothing there, or null. */
export function unservedIn({ parts }: OrderPrice, { recipient }: Destination): NotServedError | null {
  const unserved = parts.filter((part) => !part.isServed).map((part) => part.merchantId);
  return unserved.length === 0 ? null : new NotServedError(unserved, provinceOf(recipient.countyCode) ?? '');
}
