import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ADOPTION_UPDATE_KEY_PARTS,
  AdoptionGrowerService,
  type AdoptionHarvestRow,
  AdoptionReader,
  type HarvestCorrection,
  type HarvestWish,
  type InstalmentDelay,
  type UpdateWish,
} from '#libs/adoption';
import {
  ADOPTION_OBJECT_KEY_PARTS,
  ADOPTION_OFFER_KEY_PARTS,
  AdoptionOfferReader,
  type AdoptionObjectRow,
  type AdoptionObjectWish,
  type AdoptionOfferRow,
  AdoptionOfferService,
  type AdoptionOfferWish,
  type AdoptionScheduleRow,
} from '#libs/inventory';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('AdoptionOffer')
export class AdoptionOfferResolver {
  constructor(
    private readonly service: AdoptionOfferService,
    private readonly reader: AdoptionOfferReader,
    private readonly growers: AdoptionGrowerService,
    private readonly kept: AdoptionReader,
  ) {}

  @Query()
  @Allow('STOCK')
  adoptionOffers(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: PageArgs & { readonly merchantId: string },
  ) {
    if (!merchantsOf(actor, 'STOCK').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, ADOPTION_OFFER_KEY_PARTS));
    return this.reader.pageForMerchant(merchantId, page);
  }

  @Query()
  @Allow('STOCK')
  adoptionOffer(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<AdoptionOfferRow | null> {
    return this.reader.byIdForMerchants(id, merchantsOf(actor, 'STOCK'));
  }

  @Mutation()
  @Allow('OFFER_SET')
  async adoptionOfferOpen(@CurrentActor() actor: Actor, @Args('input') input: AdoptionOfferWish) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const id = await this.service.open(merchantIds, input, actor.userId);
    return refused(id) ? id : { offer: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async adoptionObjectsAdd(
    @CurrentActor() actor: Actor,
    @Args()
    { offerId, objects }: { readonly offerId: string; readonly objects: readonly AdoptionObjectWish[] },
  ) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const id = await this.service.addObjects(merchantIds, offerId, objects, actor.userId);
    return refused(id) ? id : { offer: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async adoptionObjectWithdraw(@CurrentActor() actor: Actor, @Args('objectId') objectId: string) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const id = await this.service.withdraw(merchantIds, objectId);
    return refused(id) ? id : { offer: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async adoptionOfferClose(@CurrentActor() actor: Actor, @Args('offerId') offerId: string) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const id = await this.service.close(merchantIds, offerId);
    return { offer: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('FULFILL')
  async adoptionUpdatePublish(@CurrentActor() actor: Actor, @Args('input') input: UpdateWish) {
    const id = await this.growers.publish(merchantsOf(actor, 'FULFILL'), input, actor.userId);
    return refused(id) ? id : { update: await this.kept.updateById(id) };
  }

  @Mutation()
  @Allow('FULFILL')
  async adoptionHarvestDeclare(@CurrentActor() actor: Actor, @Args('input') input: HarvestWish) {
    const merchantIds = merchantsOf(actor, 'FULFILL');
    const id = await this.growers.declareHarvest(merchantIds, input, actor.userId);
    return refused(id) ? id : { offer: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('FULFILL')
  async adoptionHarvestCorrect(@CurrentActor() actor: Actor, @Args('input') input: HarvestCorrection) {
    const merchantIds = merchantsOf(actor, 'FULFILL');
    const id = await this.growers.correctHarvest(merchantIds, input, actor.userId);
    return refused(id) ? id : { offer: await this.reader.byIdForMerchants(id, merchantIds) };
  }

  @Mutation()
  @Allow('FULFILL')
  async adoptionDelayAnnounce(@CurrentActor() actor: Actor, @Args('input') input: InstalmentDelay) {
    const merchantIds = merchantsOf(actor, 'FULFILL');
    const toldCount = await this.growers.announceDelay(merchantIds, input, actor.userId);
    if (refused(toldCount)) return toldCount;
    return { toldCount, offer: await this.reader.byIdForMerchants(input.offerId, merchantIds) };
  }

  @ResolveField()
  instalments(
    @Parent() { id }: AdoptionOfferRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<AdoptionScheduleRow[]> {
    const { reader } = this;
    const ofOffer = loaders.listOf(
      `${AdoptionOfferReader.name}.schedule`,
      (ids) => reader.scheduleOf(ids),
      (window: AdoptionScheduleRow) => window.offerId,
    );
    return ofOffer.load(id);
  }

  @ResolveField()
  objects(@Parent() { id }: AdoptionOfferRow, @Args() { first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, ADOPTION_OBJECT_KEY_PARTS));
    return this.reader.objectsOf(id, page, { isShop: false });
  }

  @ResolveField()
  updates(@Parent() { id }: AdoptionOfferRow, @Args() { first, after }: PageArgs) {
    return this.kept.updatesOf(id, null, orThrow(pageRequest(first, after, ADOPTION_UPDATE_KEY_PARTS)));
  }
}

@Resolver('AdoptionObject')
export class AdoptionObjectResolver {
  constructor(private readonly kept: AdoptionReader) {}

  @ResolveField()
  place(@Parent() { place }: AdoptionObjectRow): string | null {
    return place || null;
  }

  @ResolveField()
  harvests(
    @Parent() { id }: AdoptionObjectRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<AdoptionHarvestRow[]> {
    const { kept } = this;
    const ofObject = loaders.listOf(
      `${AdoptionReader.name}.harvests`,
      (ids) => kept.harvestsOf(ids),
      (harvest: AdoptionHarvestRow) => harvest.objectId,
    );
    return ofObject.load(id);
  }
}
