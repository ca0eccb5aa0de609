import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { refused } from '#libs/kernel';
import { type DelayNoticeRow, type PartDelay, PartDelayService, PresaleOrderReader } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('MerchantOrder')
export class OrderDelayResolver {
  constructor(
    private readonly service: PartDelayService,
    private readonly reader: PresaleOrderReader,
  ) {}

  @Mutation()
  @Allow('FULFILL')
  async orderDelayAnnounce(@CurrentActor() actor: Actor, @Args('input') input: PartDelay) {
    const asked = await this.service.announce(merchantsOf(actor, 'FULFILL'), input, actor.userId);
    return refused(asked) ? asked : { askedCount: asked };
  }

  @ResolveField()
  delayNotices(
    @Parent() { id }: { readonly id: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<DelayNoticeRow[]> {
    const { reader } = this;
    const ofPart = loaders.listOf(
      `${PresaleOrderReader.name}.noticesOfParts`,
      (ids) => reader.noticesOfParts(ids),
      (notice: DelayNoticeRow) => notice.merchantOrderId ?? '',
    );
    return ofPart.load(id);
  }
}
