import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  AFTER_SALE_KEY_PARTS,
  AfterSaleReader,
  type AfterSaleRow,
  AfterSaleService,
  type AfterSaleState,
  type Evidence,
} from '#libs/aftersale';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface CasesArgs {
  readonly merchantId: string;
  readonly states?: readonly AfterSaleState[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface ArgueArgs {
  readonly id: string;
  readonly reason: string;
  readonly photos?: readonly Evidence[] | null;
}

function sellerOf(actor: Actor) {
  return { userId: actor.userId, merchantIds: merchantsOf(actor, 'AFTER_SALE') };
}

@Resolver('AfterSale')
export class AfterSaleResolver {
  constructor(
    private readonly service: AfterSaleService,
    private readonly reader: AfterSaleReader,
  ) {}

  @Query()
  @Allow('AFTER_SALE')
  afterSales(@CurrentActor() actor: Actor, @Args() { merchantId, states, first, after }: CasesArgs) {
    if (!merchantsOf(actor, 'AFTER_SALE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, AFTER_SALE_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, { states: states ?? null, kinds: null }, page);
  }

  @Query()
  @Allow('AFTER_SALE')
  afterSale(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<AfterSaleRow | null> {
    return this.reader.byId(id, sellerOf(actor));
  }

  @Mutation()
  @Allow('AFTER_SALE')
  async afterSaleApprove(
    @CurrentActor() actor: Actor,
    @Args() { id, returnAddress }: { readonly id: string; readonly returnAddress?: string | null },
  ) {
    const done = await this.service.approve(id, returnAddress ?? null, sellerOf(actor));
    return refused(done) ? done : this.own(actor, done);
  }

  @Mutation()
  @Allow('AFTER_SALE')
  async afterSaleRefuse(@CurrentActor() actor: Actor, @Args() { id, reason, photos }: ArgueArgs) {
    const done = await this.service.refuse(id, reason, photos ?? [], sellerOf(actor));
    return refused(done) ? done : this.own(actor, done);
  }

  @Mutation()
  @Allow('AFTER_SALE')
  async afterSaleAppeal(@CurrentActor() actor: Actor, @Args() { id, reason, photos }: ArgueArgs) {
    const done = await this.service.appeal(id, reason, photos ?? [], sellerOf(actor));
    return refused(done) ? done : this.own(actor, done);
  }

  @Mutation()
  @Allow('AFTER_SALE')
  async afterSaleEvidenceAdd(
    @CurrentActor() actor: Actor,
    @Args()
    {
      id,
      photos,
      text,
    }: { readonly id: string; readonly photos: readonly Evidence[]; readonly text?: string | null },
  ) {
    const done = await this.service.addEvidence(id, photos, text ?? '', sellerOf(actor));
    return refused(done) ? done : this.own(actor, done);
  }

  @Mutation()
  @Allow('AFTER_SALE')
  async afterSaleReturnConfirm(@CurrentActor() actor: Actor, @Args('id') id: string) {
    const done = await this.service.confirmReturn(id, sellerOf(actor));
    return refused(done) ? done : this.own(actor, done);
  }

  @Mutation()
  @Allow('AFTER_SALE')
  async afterSaleReplacementShip(
    @CurrentActor() actor: Actor,
    @Args()
    {
      id,
      carrier,
      trackingNo,
    }: { readonly id: string; readonly carrier: string; readonly trackingNo: string },
  ) {
    const done = await this.service.shipReplacement(id, { carrier, trackingNo }, sellerOf(actor));
    return refused(done) ? done : this.own(actor, done);
  }

  private async own(actor: Actor, id: string): Promise<{ afterSale: AfterSaleRow | null }> {
    return { afterSale: await this.reader.byId(id, sellerOf(actor)) };
  }
}
