import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type MerchantClosureId,
  MerchantClosureReader,
  type MerchantClosureRow,
  MerchantClosureService,
} from '#libs/closure';
import { isWithin } from '#libs/division';
import { NotFound, present, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';

interface Wish {
  readonly merchantId: string;
  readonly reason: string;
}

const officeOf = (actor: Actor) =>
  ({ userId: actor.userId, as: 'OFFICE', scope: divisionsOf(actor, 'MERCHANT_SUSPEND') }) as const;

@Resolver()
export class ClosureResolver {
  constructor(
    private readonly service: MerchantClosureService,
    private readonly reader: MerchantClosureReader,
    private readonly merchants: MerchantReader,
  ) {}

  @Query()
  @Allow('MERCHANT_READ')
  async merchantClosure(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    const merchant = await this.merchants.byId(merchantId);
    if (!merchant || !isWithin(merchant.countyCode, divisionsOf(actor, 'MERCHANT_READ')))
      throw new NotFound('Merchant', merchantId);
    return this.reader.latestOf(merchant.id);
  }

  @Mutation()
  @Allow('MERCHANT_SUSPEND')
  async merchantClosureAsk(@CurrentActor() actor: Actor, @Args() { merchantId, reason }: Wish) {
    const asked = await this.service.ask(merchantId, reason, officeOf(actor));
    return refused(asked) ? asked : this.answer(asked);
  }

  @Mutation()
  @Allow('MERCHANT_SUSPEND')
  async merchantClosureReopen(@CurrentActor() actor: Actor, @Args() { merchantId, reason }: Wish) {
    const reopened = await this.service.reopen(merchantId, reason, officeOf(actor));
    return refused(reopened) ? reopened : this.answer(reopened);
  }

  @Mutation()
  @Allow('MERCHANT_SUSPEND')
  async merchantClosureFinish(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    const finished = await this.service.finish(merchantId, officeOf(actor));
    return refused(finished) ? finished : this.answer(finished);
  }

  private async answer(id: MerchantClosureId): Promise<{ closure: MerchantClosureRow }> {
    return { closure: present(await this.reader.byId(id), 'the closure just written') };
  }
}
