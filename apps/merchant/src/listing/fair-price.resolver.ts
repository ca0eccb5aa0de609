import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CategoryReader,
  type CategoryRow,
  type FairPrice,
  GoodsKindReader,
  type GoodsKindRow,
  type GradedPrice,
  ProductService,
  ReferencePriceReader,
  refusePricing,
} from '#libs/catalog';
import { type Fen, fen, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, Public, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

@Resolver()
export class FairPriceResolver {
  constructor(
    private readonly categoryReader: CategoryReader,
    private readonly kinds: GoodsKindReader,
    private readonly references: ReferencePriceReader,
    private readonly products: ProductService,
  ) {}

  @Query()
  @Public()
  categories(): Promise<CategoryRow[]> {
    return this.categoryReader.all();
  }

  @Query()
  @Allow('LISTING')
  goodsKinds(): Promise<GoodsKindRow[]> {
    return this.kinds.all();
  }

  @Query()
  @Allow('LISTING')
  fairPrice(@Args() asked: GradedPrice): Promise<FairPrice> {
    return this.standing(orThrow<GradedPrice>(refusePricing(asked) ?? asked));
  }

  @Mutation()
  @Allow('LISTING')
  async variantPriceSet(
    @CurrentActor() actor: Actor,
    @Args() { variantId, priceFen }: { readonly variantId: string; readonly priceFen: Fen },
  ) {
    const by = { merchantIds: merchantsOf(actor, 'LISTING'), userId: actor.userId };
    const set = await this.products.reprice(variantId, priceFen, by);
    if (refused(set)) return set;
    const costs = fen(set.priceFen);
    return {
      variantId: set.id,
      priceFen: costs,
      fairPrice: await this.standing({ ...set, priceFen: costs }),
    };
  }

  private async standing(asked: GradedPrice): Promise<FairPrice> {
    const [fair] = await this.references.fairPricesOf([asked]);
    return present(fair, 'one of each');
  }
}
