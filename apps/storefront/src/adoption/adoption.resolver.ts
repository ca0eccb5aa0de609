import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ADOPTION_UPDATE_KEY_PARTS,
  type AdoptionHarvestRow,
  type AdoptionInstalmentState,
  AdoptionKeepingService,
  type AdoptionProgressRow,
  AdoptionReader,
  type AdoptionState,
  instalmentStateOf,
  stateOf,
} from '#libs/adoption';
import { AdoptionOfferReader, type AdoptionObjectRow, type AdoptionOfferRow } from '#libs/inventory';
import { businessDay, pageRequest, present, refused } from '#libs/kernel';
import { ADOPTION_KEY_PARTS, AdoptionOrderReader, type AdoptionRow, type Recipient } from '#libs/ordering';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Adoption')
export class AdoptionResolver {
  constructor(
    private readonly adoptionReader: AdoptionOrderReader,
    private readonly keeping: AdoptionKeepingService,
    private readonly reader: AdoptionReader,
    private readonly offers: AdoptionOfferReader,
  ) {}

  @Query()
  @Allow('SHOP')
  adoptions(@CurrentActor() { userId }: Actor, @Args() { first, after }: PageArgs) {
    return this.adoptionReader.pageForBuyer(userId, orThrow(pageRequest(first, after, ADOPTION_KEY_PARTS)));
  }

  @Query()
  @Allow('SHOP')
  adoption(@CurrentActor() { userId }: Actor, @Args('id') id: string): Promise<AdoptionRow | null> {
    return this.adoptionReader.byIdForBuyer(id, userId);
  }

  @Mutation()
  @Allow('SHOP')
  async adoptionPlateSet(
    @CurrentActor() { userId }: Actor,
    @Args() { adoptionId, name }: { readonly adoptionId: string; readonly name: string },
  ) {
    const named = await this.keeping.namePlate(userId, adoptionId, name);
    return refused(named) ? named : { adoption: await this.adoptionReader.byIdForBuyer(named, userId) };
  }

  @Mutation()
  @Allow('SHOP')
  async adoptionRecipientSet(
    @CurrentActor() { userId }: Actor,
    @Args() { instalmentId, recipient }: { readonly instalmentId: string; readonly recipient: Recipient },
  ) {
    const sent = await this.keeping.sendTo(userId, instalmentId, recipient);
    return refused(sent) ? sent : { adoption: await this.adoptionReader.byIdForBuyer(sent, userId) };
  }

  @Mutation()
  @Allow('SHOP')
  async adoptionInstalmentCallOff(
    @CurrentActor() { userId }: Actor,
    @Args('instalmentId') instalmentId: string,
  ) {
    const calledOff = await this.keeping.callOff(userId, instalmentId);
    return refused(calledOff)
      ? calledOff
      : { adoption: await this.adoptionReader.byIdForBuyer(calledOff, userId) };
  }

  @ResolveField()
  state(@Parent() adoption: AdoptionRow): AdoptionState {
    return stateOf(adoption);
  }

  @ResolveField()
  async offer(
    @Parent() { offerId }: AdoptionRow,
    @Context() context: GraphqlContext,
  ): Promise<AdoptionOfferRow> {
    const { offers } = this;
    const byId = context.loaders.byId(
      AdoptionOfferReader,
      (ids) => offers.byIds(ids),
      (offer: AdoptionOfferRow) => offer.id,
    );
    return present(await byId.load(offerId), 'the offer of an adoption');
  }

  @ResolveField()
  async object(
    @Parent() { objectId }: AdoptionRow,
    @Context() context: GraphqlContext,
  ): Promise<AdoptionObjectRow> {
    const { offers } = this;
    const byId = context.loaders.byId(
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

  @ResolveField()
  harvests(
    @Parent() { objectId, adoptedAt }: AdoptionRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<AdoptionHarvestRow[]> {
    const { reader } = this;
    const ofObject = loaders.listOf(
      `${AdoptionReader.name}.harvests`,
      (ids) => reader.harvestsOf(ids),
      (harvest: AdoptionHarvestRow) => harvest.objectId,
    );
    return ofObject.load(objectId).then((all) => all.filter(({ declaredAt }) => declaredAt >= adoptedAt));
  }

  @ResolveField()
  updates(@Parent() { offerId, objectId }: AdoptionRow, @Args() { first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, ADOPTION_UPDATE_KEY_PARTS));
    return this.reader.updatesOf(offerId, objectId, page);
  }

  @ResolveField()
  async certificate(@Parent() adoption: AdoptionRow, @Context() context: GraphqlContext) {
    if (adoption.orderState !== 'PAID') return null;
    const [{ objectKind, portions, portionG, firstOn, lastOn }, { tag, place }, plateName] =
      await Promise.all([
        this.offer(adoption, context),
        this.object(adoption, context),
        this.plateName(adoption, context),
      ]);
    const issuedOn = businessDay(adoption.adoptedAt);
    const guaranteedG = portions * portionG;
    const what = { objectKind, tag, place: place || null, plateName, guaranteedG, firstOn, lastOn };
    return { number: adoption.id, issuedOn, ...what };
  }
}

@Resolver('AdoptionInstalment')
export class AdoptionInstalmentResolver {
  constructor(private readonly reader: AdoptionReader) {}

  @ResolveField()
  id(@Parent() { orderLineId }: AdoptionProgressRow): string {
    return orderLineId;
  }

  @ResolveField()
  state(@Parent() instalment: AdoptionProgressRow): AdoptionInstalmentState {
    return instalmentStateOf(instalment);
  }

  @ResolveField()
  portions(@Parent() { quantity }: AdoptionProgressRow): number {
    return quantity;
  }

  @ResolveField()
  promisedDispatchOn(@Parent() { promisedOn }: AdoptionProgressRow): string {
    return promisedOn;
  }

  @ResolveField()
  delayReason(@Parent() { delayReason }: AdoptionProgressRow): string | null {
    return delayReason || null;
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
