import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, present, refused } from '#libs/kernel';
import {
  type BroughtPaper,
  type MerchantPaperId,
  MerchantPaperReader,
  type MerchantPaperRow,
  MerchantPaperService,
} from '#libs/merchant';
import { paperFormOf } from '../application/paper-form.rules.js';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

const bringerOf = (actor: Actor) => ({ userId: actor.userId, merchantIds: merchantsOf(actor, 'PAPERS') });

@Resolver()
export class PaperResolver {
  constructor(
    private readonly service: MerchantPaperService,
    private readonly reader: MerchantPaperReader,
  ) {}

  @Query()
  @Allow('PAPERS')
  async merchantPapers(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    if (!merchantsOf(actor, 'PAPERS').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const [merchant, papers] = await Promise.all([
      this.reader.standingOf(merchantId),
      this.reader.ofMerchant(merchantId),
    ]);
    const standings = merchant.standings.map((each) => ({ ...each, form: paperFormOf(each.kind) }));
    return { merchantId, ...merchant, standings, papers };
  }

  @Mutation()
  @Allow('PAPERS')
  async merchantPaperHandIn(@CurrentActor() actor: Actor, @Args('input') input: BroughtPaper) {
    const handedIn = await this.service.handIn(input, bringerOf(actor));
    return refused(handedIn) ? handedIn : { paper: await this.own(handedIn, actor) };
  }

  @Mutation()
  @Allow('PAPERS')
  async merchantPaperWithdraw(@CurrentActor() actor: Actor, @Args('paperId') paperId: string) {
    const withdrawn = await this.service.withdraw(paperId, bringerOf(actor));
    return refused(withdrawn) ? withdrawn : { paper: await this.own(withdrawn, actor) };
  }

  private async own(id: MerchantPaperId, actor: Actor): Promise<MerchantPaperRow> {
    return present(
      await this.reader.byId(id, { merchantIds: merchantsOf(actor, 'PAPERS') }),
      'the paper just brought',
    );
  }
}
