import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type AdoptionProgressRow, AdoptionReader } from '#libs/adoption';
import { AdoptionOfferReader, type AdoptionObjectRow } from '#libs/inventory';
import { pageRequest, present } from '#libs/kernel';
import {
  ADOPTION_KEY_PARTS,
  AdoptionOrderReader,
  type AdoptionRow,
  MerchantOrderReader,
  type MerchantOrderRow,
  type Recipient,
} from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface AdoptionsArgs {
  readonly offerId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Adoption')
export class AdoptionResolver {
  constructor(
    private readonly adoptionReader: AdoptionOrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly offers: AdoptionOfferReader,
    private readonly reader: AdoptionReader,
  ) {}

  @Query()
  @Allow('FULFILL')
  adoptions(@CurrentActor() actor: Actor, @Args() { offerId, first, after }: AdoptionsArgs) {
    const page = orThrow(pageRequest(first, after, ADOPTION_KEY_PARTS));
    return this.adoptionReader.pageForMerchants(merchantsOf(actor, 'FULFILL'), offerId, page);
  }

  @ResolveField()
  async merchantOrder(
    @Parent() { merchantOrderId, orderId }: AdoptionRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<MerchantOrderRow> {
    const { merchantOrders } = this;
    const ofOrder = loaders.listOf(
      MerchantOrderReader,
      (orderIds) => merchantOrders.ofOrders(orderIds),
      (part: MerchantOrderRow) => part.orderId,
    );
    const parts = await ofOrder.load(orderId);
    return present(
      parts.find(({ id }) => id === merchantOrderId),
      'the part of an adoption',
    );
  }

  @ResolveField()
  async object(
    @Parent() { objectId }: AdoptionRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<AdoptionObjectRow> {
    const { offers } = this;
    const byId = loaders.byId(
      `${AdoptionOfferReader.name}.objects`,
      (ids) => offers.objectsByIds(ids),
      (object: AdoptionObjectRow) => object.id,
    );
    return present(await byId.load(objectId), 'the object of an adoption');
  }

  @ResolveField()
  async plateName(
    @Parent() { id }: AdoptionRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string | null> {
    const { reader } = this;
    const byAdoption = loaders.byId(
      `${AdoptionReader.name}.plates`,
      (ids) => reader.platesOf(ids),
      (plate: { readonly adoptionId: string; readonly name: string }) => plate.adoptionId,
    );
    return (await byAdoption.load(id))?.name ?? null;
  }

  @ResolveField()
  instalments(
    @Parent() { id }: AdoptionRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<AdoptionProgressRow[]> {
    const { reader } = this;
    const ofAdoption = loaders.listOf(
      `${AdoptionReader.name}.progress`,
      (ids) => reader.progressOf(ids),
      (instalment: AdoptionProgressRow) => instalment.adoptionId,
    );
    return ofAdoption.load(id);
  }
}

@Resolver('AdoptionInstalment')
export class AdoptionInstalmentResolver {
  constructor(private readonly reader: AdoptionReader) {}

  @ResolveField()
  promisedDispatchOn(@Parent() { promisedOn }: AdoptionProgressRow): string {
    return promisedOn;
  }

  @ResolveField()
  recipient(
    @Parent() { orderLineId }: AdoptionProgressRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Recipient | null> {
    const { reader } = this;
    const byLine = loaders.byId(
      `${AdoptionReader.name}.recipients`,
      (ids) => reader.recipientsOf(ids),
      (recipient: Recipient & { readonly orderLineId: string }) => recipient.orderLineId,
    );
    return byLine.load(orderLineId);
  }
}
