import { Injectable } from '@nestjs/common';
import { PresaleReader, type PresaleTerms, StockReader } from '#libs/inventory';
import type { Fen } from '#libs/kernel';
import type { NotServedError } from './freight-template.errors.js';
import { FreightTemplateReader } from './freight-template.reader.js';
import { provinceOf } from './freight.rules.js';
import { OfferReader } from './offer.reader.js';
import type { VariantOffer } from './order.rules.js';
import { PriceReader, unservedIn } from './price.reader.js';
import { priceOf } from './price.rules.js';

/** One order of many, as far as its price depends on it. */
export interface OrderOutline {
  readonly countyCode: string;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

export interface OutlinePrice {
  readonly goodsFen: Fen;
  readonly freightFen: Fen;
  readonly totalFen: Fen;
  /** Why it is not sent there; null where it is. */
  readonly unserved: NotServedError | null;
}

export interface VariantOnSale extends VariantOffer {
  /** In one order. */
  readonly available: number;
  /** What takes orders for it now; null for what is in stock. */
  readonly presale: PresaleTerms | null;
  /** Whole objects of it are adopted now, by their numbers. */
  readonly isAdopted: boolean;
}

/** What many orders of the online shop would cost now, by the calculation that places each; as many statements for two as for two thousand. */
@Injectable()
export class ManyOrdersReader {
  constructor(
    private readonly offers: OfferReader,
    private readonly freights: FreightTemplateReader,
    private readonly prices: PriceReader,
    private readonly stock: StockReader,
    private readonly presales: PresaleReader,
  ) {}

  /** Of these variants those that are on sale, and how many of each there are to be had. */
  async onSale(variantIds: readonly string[]): Promise<ReadonlyMap<string, VariantOnSale>> {
    if (variantIds.length === 0) return new Map();
    const variants = await this.offers.variants(variantIds);
    const [available, { presales, adoptions }] = await Promise.all([
      this.stock.availableOf([...variants.keys()]),
      this.presales.soldAhead([...variants.keys()]),
    ]);
    const onSale = [...variants].filter(([, { isOnSale }]) => isOnSale);
    return new Map(
      onSale.map(([id, variant]) => [
        id,
        {
          ...variant,
          available: available.get(id) ?? 0,
          presale: presales.get(id) ?? null,
          isAdopted: adoptions.has(id),
        },
      ]),
    );
  }

  /** In the order in which they are asked for; all their variants are among those on sale. */
  async pricesOf(
    outlines: readonly OrderOutline[],
    onSale: ReadonlyMap<string, VariantOffer>,
  ): Promise<OutlinePrice[]> {
    const variants = [...onSale.values()];
    const templates = await this.freights.ofMerchants([
      ...new Set(variants.map(({ merchantId }) => merchantId)),
    ]);
    const cuts = await this.prices.cutsOf(variants.map((variant) => lineOf(variant, 1, '')));
    return outlines.map(({ countyCode, lines }) => {
      const priced = lines.flatMap(({ variantId, quantity }) => {
        const variant = onSale.get(variantId);
        return variant ? [lineOf(variant, quantity, countyCode)] : [];
      });
      const provinceCode = provinceOf(countyCode);
      const price = priceOf(priced, { templates, cuts, coupons: [], provinceCode, handover: 'PARCEL' });
      const { goodsFen, freightFen, totalFen } = price;
      return { goodsFen, freightFen, totalFen, unserved: unservedIn(price, { recipient: { countyCode } }) };
    });
  }
}

/** Through the online shop, which sells where the parcel goes. */
function lineOf(variant: VariantOffer, quantity: number, saleCountyCode: string) {
  return {
    variant,
    quantity,
    place: { channelKind: 'ONLINE' as const, channelPointId: '', saleCountyCode },
  };
}
