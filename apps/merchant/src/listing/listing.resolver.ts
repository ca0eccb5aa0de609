import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  OWN_PRODUCT_KEY_PARTS,
  OwnProductReader,
  type OwnProductRow,
  type OwnVariantRow,
  type ProductId,
  ProductShelfService,
} from '#libs/catalog';
import { type DomainError, NotFound, pageRequest, present, refused } from '#libs/kernel';
import {
  LISTING_KEY_PARTS,
  type ListingDraft,
  type ListingId,
  type ListingRow,
  type ListingState,
  ProductListingReader,
  ProductListingService,
} from '#libs/listing';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

function ownMerchant(actor: Actor, merchantId: string): string {
  if (!merchantsOf(actor, 'LISTING').includes(merchantId)) throw new NotFound('Merchant', merchantId);
  return merchantId;
}

const authorOf = (actor: Actor) => ({ userId: actor.userId, merchantIds: merchantsOf(actor, 'LISTING') });

@Resolver()
export class ListingResolver {
  constructor(
    private readonly service: ProductListingService,
    private readonly reader: ProductListingReader,
    private readonly products: OwnProductReader,
    private readonly shelf: ProductShelfService,
  ) {}

  @Query()
  @Allow('LISTING')
  ownProducts(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, OWN_PRODUCT_KEY_PARTS));
    return this.products.page(ownMerchant(actor, merchantId), page);
  }

  @Query()
  @Allow('LISTING')
  listings(
    @CurrentActor() actor: Actor,
    @Args() {
      merchantId,
      states = null,
      first,
      after,
    }: PageArgs & { states?: readonly ListingState[] | null },
  ) {
    const page = orThrow(pageRequest(first, after, LISTING_KEY_PARTS));
    return this.reader.page({ merchantIds: [ownMerchant(actor, merchantId)] }, states, page);
  }

  @Query()
  @Allow('LISTING')
  listing(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, { merchantIds: merchantsOf(actor, 'LISTING') });
  }

  @Query()
  @Allow('LISTING')
  listingContent(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, productId = null }: { merchantId: string; productId?: string | null },
  ) {
    const own = ownMerchant(actor, merchantId);
    return productId === null ? this.reader.lastContent(own) : this.reader.liveContent(productId, [own]);
  }

  @Mutation()
  @Allow('LISTING')
  async listingSave(@CurrentActor() actor: Actor, @Args('input') input: ListingDraft) {
    const saved = await this.service.saveDraft(input, authorOf(actor));
    return refused(saved) ? saved : { listing: await this.own(saved, actor) };
  }

  @Mutation()
  @Allow('LISTING')
  async listingSubmit(
    @CurrentActor() actor: Actor,
    @Args() { listingId, revision }: { listingId: string; revision: number },
  ) {
    const submitted = await this.service.submit(listingId, revision, authorOf(actor));
    return refused(submitted) ? submitted : { listing: await this.own(submitted, actor) };
  }

  @Mutation()
  @Allow('LISTING')
  async listingTakeBack(@CurrentActor() actor: Actor, @Args('listingId') listingId: string) {
    const taken = await this.service.takeBack(listingId, authorOf(actor));
    return refused(taken) ? taken : { listing: await this.own(taken, actor) };
  }

  @Mutation()
  @Allow('LISTING')
  async listingWithdraw(@CurrentActor() actor: Actor, @Args('listingId') listingId: string) {
    const withdrawn = await this.service.withdraw(listingId, authorOf(actor));
    return refused(withdrawn) ? withdrawn : { listing: await this.own(withdrawn, actor) };
  }

  @Mutation()
  @Allow('LISTING')
  async productTakeOff(
    @CurrentActor() actor: Actor,
    @Args() { productId, reason }: { productId: string; reason: string },
  ) {
    return this.moved(await this.shelf.takeOff(productId, reason, authorOf(actor)), actor);
  }

  @Mutation()
  @Allow('LISTING')
  async productPutOn(@CurrentActor() actor: Actor, @Args('productId') productId: string) {
    return this.moved(await this.shelf.putOn(productId, authorOf(actor)), actor);
  }

  private async moved<Refusal extends DomainError>(result: ProductId | Refusal, actor: Actor) {
    if (refused(result)) return result;
    const product = await this.products.byId(result, merchantsOf(actor, 'LISTING'));
    return { product: present(product, 'the goods just moved') };
  }

  private async own(id: ListingId, actor: Actor): Promise<ListingRow> {
    const scope = { merchantIds: merchantsOf(actor, 'LISTING') };
    return present(await this.reader.byId(id, scope), 'the listing just saved');
  }
}

@Resolver('OwnProduct')
export class OwnProductResolver {
  constructor(private readonly products: OwnProductReader) {}

  @ResolveField()
  variants(
    @Parent() { id }: OwnProductRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<OwnVariantRow[]> {
    const { products } = this;
    return loaders
      .listOf(
        OwnProductReader,
        (ids) => products.variantsOf(ids),
        ({ productId }: OwnVariantRow) => productId,
      )
      .load(id);
  }
}
