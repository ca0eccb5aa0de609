import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { NotFound, pageRequest } from '#libs/kernel';
import { STOCK_ITEM_KEY_PARTS, StockItemReader, type StockItemRow } from '#libs/stockkeeping';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface ItemsArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('StockItem')
export class StockItemResolver {
  constructor(private readonly items: StockItemReader) {}

  @Query()
  @Allow('STOCK')
  stockItems(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: ItemsArgs) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.items.page(merchantId, orThrow(pageRequest(first, after, STOCK_ITEM_KEY_PARTS)));
  }

  @Query()
  @Allow('STOCK')
  stockItem(
    @CurrentActor() actor: Actor,
    @Args('merchantId') merchantId: string,
    @Args('variantId') variantId: string,
  ) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.items.one(merchantId, variantId);
  }

  @ResolveField()
  isOnSale(@Parent() { variant }: StockItemRow): boolean {
    return variant.isOnSale;
  }

  @ResolveField()
  presale(@Parent() { presale }: StockItemRow) {
    return presale && { ...presale, id: presale.presaleId };
  }
}
