import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type IdOf, NotFound, present, refused } from '#libs/kernel';
import { DispatchTermReader, DispatchTermService } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

function ownMerchant(actor: Actor, merchantId: string): IdOf<'mer'> {
  const own = merchantsOf(actor, 'OFFER_SET').find((id) => id === merchantId);
  if (!own) throw new NotFound('Merchant', merchantId);
  return own as IdOf<'mer'>;
}

@Resolver('DispatchTerm')
export class DispatchTermResolver {
  constructor(
    private readonly reader: DispatchTermReader,
    private readonly service: DispatchTermService,
  ) {}

  @Query()
  @Allow('OFFER_SET')
  async dispatchTerm(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    const own = ownMerchant(actor, merchantId);
    const days = await this.reader.daysOf([own]);
    return { days: present(days.get(own), 'days of every merchant') };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async dispatchTermSet(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, days }: { readonly merchantId: string; readonly days: number },
  ) {
    const set = await this.service.set(ownMerchant(actor, merchantId), days, actor.userId);
    return refused(set) ? set : { dispatchTerm: { days: set } };
  }
}
