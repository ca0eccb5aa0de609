import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  GoodsKindReader,
  type GoodsKindRow,
  REFERENCE_PRICE_KEY_PARTS,
  ReferencePriceReader,
  type ReferencePriceRow,
  ReferencePriceService,
  type ReferencePriceWish,
} from '#libs/catalog';
import { type Page, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface ReferencePricesArgs {
  readonly kindCode?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver()
export class ReferencePriceResolver {
  constructor(
    private readonly kinds: GoodsKindReader,
    private readonly reader: ReferencePriceReader,
    private readonly service: ReferencePriceService,
  ) {}

  @Query()
  @Allow('LISTING_READ')
  goodsKinds(): Promise<GoodsKindRow[]> {
    return this.kinds.all();
  }

  @Query()
  @Allow('LISTING_READ')
  referencePrices(
    @CurrentActor() actor: Actor,
    @Args() { kindCode = null, first, after }: ReferencePricesArgs,
  ): Promise<Page<ReferencePriceRow>> {
    const page = orThrow(pageRequest(first, after, REFERENCE_PRICE_KEY_PARTS));
    return this.reader.page(divisionsOf(actor, 'LISTING_READ'), kindCode, page);
  }

  @Mutation()
  @Allow('REFERENCE_PRICE_SET')
  @AuditedBelow('reference_price.recorded')
  async referencePriceRecord(@CurrentActor() actor: Actor, @Args('input') input: ReferencePriceWish) {
    const divisions = divisionsOf(actor, 'REFERENCE_PRICE_SET');
    const referencePrice = await this.service.record(input, { userId: actor.userId, divisions });
    return refused(referencePrice) ? referencePrice : { referencePrice };
  }
}
