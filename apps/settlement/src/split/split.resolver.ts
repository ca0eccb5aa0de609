import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type Preview,
  type PreviewQuestion,
  SplitPreviewService,
  SplitReader,
  type SplitLineView,
  type SplitShareView,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

type PreviewInput = Pick<PreviewQuestion, 'amountFen' | 'channelKind'> &
  Partial<{ [K in 'productId' | 'merchantId' | 'ruleId']: string | null }> &
  Partial<{ [K in 'isCertified' | 'hasOperator']: boolean | null }> & { readonly at?: Date | null };

@Resolver('SplitShare')
export class SplitResolver {
  constructor(
    private readonly previews: SplitPreviewService,
    private readonly splits: SplitReader,
  ) {}

  @Query()
  @Allow('SPLIT_RULE_READ')
  async splitPreview(@CurrentActor() actor: Actor, @Args('input') input: PreviewInput) {
    assertPlatformWide(actor, 'SPLIT_RULE_READ');
    const { split, contribution, shares } = orThrow<Preview>(
      await this.previews.preview({
        amountFen: input.amountFen,
        channelKind: input.channelKind,
        productId: input.productId ?? '',
        merchantId: input.merchantId ?? '',
        isCertified: input.isCertified ?? false,
        hasOperator: input.hasOperator ?? input.channelKind === 'COUNTER',
        ruleId: input.ruleId ?? null,
        at: input.at ?? null,
      }),
    );
    return {
      ruleId: split.id,
      ruleVersion: split.version,
      contributionRuleId: contribution?.id ?? null,
      contributionRuleVersion: contribution?.version ?? null,
      shares: shares.map(({ payeeKind, shareFen }) => ({ payeeKind, amountFen: shareFen })),
    };
  }

  @Query()
  @Allow('SPLIT_RULE_READ')
  async splitOfOrder(
    @CurrentActor() actor: Actor,
    @Args('orderId') orderId: string,
  ): Promise<SplitLineView[]> {
    assertPlatformWide(actor, 'SPLIT_RULE_READ');
    return this.splits.ofOrder(orderId);
  }

  @ResolveField()
  amountFen(@Parent() { shareFen }: SplitShareView) {
    return shareFen;
  }

  @ResolveField()
  ruleId(@Parent() { ruleId }: SplitShareView) {
    return ruleId || null;
  }
}
