import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type FairPrice, ReferencePriceReader, refusePricing } from '#libs/catalog';
import { fen, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { type ListingRow, type ListingStepRow, ProductListingReader } from '../product-listing.reader.js';
import type { ListingDifference } from '../product-listing.rules.js';

@Resolver('ProductListing')
export class ProductListingFieldResolver {
  constructor(
    private readonly reader: ProductListingReader,
    private readonly references: ReferencePriceReader,
    private readonly merchants: MerchantReader,
  ) {}

  @ResolveField()
  async merchantName(@Parent() { merchantId }: ListingRow): Promise<string> {
    return (await this.merchants.byId(merchantId))?.name ?? '';
  }

  @ResolveField()
  steps(@Parent() { id }: ListingRow): Promise<ListingStepRow[]> {
    return this.reader.stepsOf(id);
  }

  @ResolveField()
  differences(@Parent() listing: ListingRow): Promise<ListingDifference[]> {
    return this.reader.differencesOf(listing);
  }

  /** Of what can be compared already: something that weighs and costs something. */
  @ResolveField()
  async fairPrices(
    @Parent() { content }: ListingRow,
  ): Promise<{ readonly place: number; readonly fairPrice: FairPrice }[]> {
    const { kindCode } = content;
    const asked = content.variants.flatMap(({ grade, netWeightG, priceFen }, place) => {
      if (netWeightG === null || priceFen === null) return [];
      const pricing = { netWeightG, priceFen: fen(priceFen) };
      // A draft holds whatever was typed: what no box weighs or costs is compared with nothing.
      return refusePricing(pricing)
        ? []
        : [{ place, kindCode, grade: grade ?? ('UNGRADED' as const), ...pricing }];
    });
    const prices = await this.references.fairPricesOf(asked);
    return asked.map(({ place }, index) => ({ place, fairPrice: present(prices[index], 'one of each') }));
  }
}

@Resolver('ListingSummary')
export class ListingSummaryFieldResolver {
  constructor(private readonly merchants: MerchantReader) {}

  /** Of a whole page by one statement: the reader gathers. */
  @ResolveField()
  async merchantName(@Parent() { merchantId }: ListingRow): Promise<string> {
    return (await this.merchants.byId(merchantId))?.name ?? '';
  }

  @ResolveField()
  name(@Parent() { content }: ListingRow): string {
    return content.name ?? '';
  }
}
