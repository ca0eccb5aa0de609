import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type MerchantClosureId,
  MerchantClosureReader,
  type MerchantClosureRow,
  MerchantClosureService,
} from '#libs/closure';
import { NotFound, present, refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

interface Wish {
  readonly merchantId: string;
  readonly reason: string;
}

function ownerOf(actor: Actor, merchantId: string) {
  if (!merchantsOf(actor, 'MERCHANT_CLOSE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
  return { userId: actor.userId, as: 'OWNER', scope: 'ALL' } as const;
}

@Resolver()
export class ClosureResolver {
  constructor(
    private readonly service: MerchantClosureService,
    private readonly reader: MerchantClosureReader,
  ) {}

  @Query()
  @Allow('MERCHANT_CLOSE')
  merchantClosure(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    ownerOf(actor, merchantId);
    return this.reader.latestOf(merchantId);
  }

  @Mutation()
  @Allow('MERCHANT_CLOSE')
  async merchantClosureAsk(@CurrentActor() actor: Actor, @Args() { merchantId, reason }: Wish) {
    const asked = await this.service.ask(merchantId, reason, ownerOf(actor, merchantId));
    return refused(asked) ? asked : this.answer(asked);
  }

  @Mutation()
  @Allow('MERCHANT_CLOSE')
  async merchantClosureReopen(@CurrentActor() actor: Actor, @Args() { merchantId, reason }: Wish) {
    const reopened = await this.service.reopen(merchantId, reason, ownerOf(actor, merchantId));
    return refused(reopened) ? reopened : this.answer(reopened);
  }

  private async answer(id: MerchantClosureId): Promise<{ closure: MerchantClosureRow }> {
    return { closure: present(await this.reader.byId(id), 'the closure just written') };
  }
}
