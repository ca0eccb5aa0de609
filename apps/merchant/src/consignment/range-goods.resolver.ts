import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { PRODUCT_KEY_PARTS } from '#libs/catalog';
import { type RangeGoods, RangeGoodsReader } from '#libs/consignment';
import { NotFound, type Page, pageRequest } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface Asked {
  readonly placeId: string;
  readonly text?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('RangeGoods')
export class RangeGoodsResolver {
  constructor(private readonly reader: RangeGoodsReader) {}

  @Query()
  @Allow('PLACE')
  async rangeGoods(
    @CurrentActor() actor: Actor,
    @Args() { placeId, text, first, after }: Asked,
  ): Promise<Page<RangeGoods>> {
    const request = orThrow(pageRequest(first, after, PRODUCT_KEY_PARTS));
    const page = await this.reader.page(placeId, text ?? '', request, merchantsOf(actor, 'PLACE'));
    if (!page) throw new NotFound('Place', placeId);
    return orThrow<Page<RangeGoods>>(page);
  }

  @ResolveField()
  productId(@Parent() { product }: RangeGoods): string {
    return product.id;
  }

  @ResolveField()
  name(@Parent() { product }: RangeGoods): string {
    return product.name;
  }

  @ResolveField()
  merchantId(@Parent() { product }: RangeGoods): string {
    return product.merchant.id;
  }

  @ResolveField()
  merchantName(@Parent() { product }: RangeGoods): string {
    return product.merchant.name;
  }

  @ResolveField()
  originName(@Parent() { product }: RangeGoods): string {
    return product.originCounty.name;
  }

  @ResolveField()
  isCertified(@Parent() { product }: RangeGoods): boolean {
    return product.isCertified;
  }

  @ResolveField()
  priceFromFen(@Parent() { product }: RangeGoods) {
    return product.priceFromFen;
  }

  @ResolveField()
  variants(@Parent() { product }: RangeGoods) {
    return product.variants;
  }
}
