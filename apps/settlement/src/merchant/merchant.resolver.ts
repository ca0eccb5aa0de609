import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Page, pageRequest, refused } from '#libs/kernel';
import {
  MERCHANT_KEY_PARTS,
  MerchantReader,
  type MerchantRow,
  MerchantStandingReader,
  MerchantStandingService,
  type MerchantState,
} from '#libs/merchant';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface Decision {
  readonly merchantId: string;
  readonly reason: string;
}

interface MerchantsArgs {
  readonly state?: MerchantState | null;
  readonly named?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver()
export class MerchantResolver {
  constructor(
    private readonly standings: MerchantStandingService,
    private readonly standing: MerchantStandingReader,
    private readonly reader: MerchantReader,
  ) {}

  @Query()
  @Allow('MERCHANT_READ')
  merchants(
    @CurrentActor() actor: Actor,
    @Args()
    { state, named, first, after }: MerchantsArgs,
  ): Promise<Page<MerchantRow>> {
    const page = orThrow(pageRequest(first, after, MERCHANT_KEY_PARTS));
    const such = { state: state ?? null, named: named?.trim() ?? '' };
    return this.standing.page(divisionsOf(actor, 'MERCHANT_READ'), such, page);
  }

  @Mutation()
  @Allow('MERCHANT_SUSPEND')
  async merchantSuspend(@CurrentActor() actor: Actor, @Args() { merchantId, reason }: Decision) {
    const scope = divisionsOf(actor, 'MERCHANT_SUSPEND');
    const id = await this.standings.suspend(merchantId, reason, { userId: actor.userId, scope });
    return refused(id) ? id : { merchant: await this.reader.byId(id) };
  }

  @Mutation()
  @Allow('MERCHANT_SUSPEND')
  async merchantReinstate(@CurrentActor() actor: Actor, @Args() { merchantId, reason }: Decision) {
    const scope = divisionsOf(actor, 'MERCHANT_SUSPEND');
    const id = await this.standings.reinstate(merchantId, reason, { userId: actor.userId, scope });
    return refused(id) ? id : { merchant: await this.reader.byId(id) };
  }
}
