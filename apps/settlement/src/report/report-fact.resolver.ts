import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductNameReader } from '#libs/catalog';
import { MerchantReader } from '#libs/merchant';
import type { VolumeFactRow, VolumeSums } from '#libs/volume';
import type { GraphqlContext } from '#platform/graphql';
import { productNameOf } from '../volume/product-name.loader.js';

function sumsOf(sums: VolumeSums) {
  return {
    orderedFen: sums.ORDERED,
    paidFen: sums.PAID,
    refundedFen: sums.REFUNDED,
    deliveredFen: sums.DELIVERED,
    recognisedFen: sums.RECOGNISED,
    certifiedFen: sums.CERTIFIED,
    subsidyFen: sums.SUBSIDY,
    declaredFen: sums.DECLARED,
    quantity: Number(sums.QUANTITY),
    weightG: Number(sums.WEIGHT),
    facts: Number(sums.FACTS),
  };
}

@Resolver('ReportFact')
export class ReportFactResolver {
  constructor(
    private readonly products: ProductNameReader,
    private readonly merchants: MerchantReader,
  ) {}

  @ResolveField()
  async productName(@Parent() { productId }: VolumeFactRow, @Context() context: GraphqlContext) {
    return (await productNameOf(productId, this.products, context)).name;
  }

  /** Asked together: the reader gathers what is wanted at once. */
  @ResolveField()
  async merchantName(@Parent() { merchantId }: VolumeFactRow) {
    return (await this.merchants.byId(merchantId))?.name ?? merchantId;
  }

  @ResolveField()
  key(@Parent() { factKey }: VolumeFactRow) {
    return factKey;
  }

  @ResolveField()
  at(@Parent() { eventAt }: VolumeFactRow) {
    return eventAt;
  }

  @ResolveField()
  day(@Parent() { eventDay }: VolumeFactRow) {
    return eventDay;
  }

  @ResolveField()
  channel(@Parent() { channelKind }: VolumeFactRow) {
    return channelKind;
  }

  @ResolveField()
  sale(@Parent() { sourceSystem, sourceOrderNo, sourceLineNo }: VolumeFactRow) {
    return sourceOrderNo === ''
      ? null
      : { system: sourceSystem, orderNo: sourceOrderNo, lineNo: sourceLineNo };
  }

  @ResolveField()
  sums(@Parent() { sums }: VolumeFactRow) {
    return sumsOf(sums);
  }
}

@Resolver('ReportFactConnection')
export class ReportFactConnectionResolver {
  @ResolveField()
  sums(@Parent() { sums }: { readonly sums: VolumeSums }) {
    return sumsOf(sums);
  }
}
