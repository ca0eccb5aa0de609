import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ApprovalReader } from '#libs/approval';
import { ProductNameReader } from '#libs/catalog';
import { InvalidInputError, type InvalidField, pageRequest, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import {
  type RuleState,
  type SplitRuleDraft,
  SplitRuleReader,
  SplitRuleService,
  type SplitRuleVersion,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { votesOn } from './rule-vote.loader.js';

export interface RulesArgs {
  readonly states?: readonly RuleState[] | null;
  readonly scope?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

type DraftInput = Omit<SplitRuleDraft, 'productId' | 'merchantId' | 'channelKind' | 'feeBearer'> &
  Partial<{ [K in 'productId' | 'merchantId' | 'channelKind']: string | null }> & {
    readonly feeBearer?: SplitRuleDraft['feeBearer'] | null;
  };

const UNKNOWN = {
  productId: { zh: '没有这个产品', en: 'There is no such product.' },
  merchantId: { zh: '没有这个商家', en: 'There is no such merchant.' },
};

@Resolver('SplitRule')
export class SplitRuleResolver {
  constructor(
    private readonly rules: SplitRuleService,
    private readonly reader: SplitRuleReader,
    private readonly approvals: ApprovalReader,
    private readonly products: ProductNameReader,
    private readonly merchants: MerchantReader,
  ) {}

  @Query()
  @Allow('SPLIT_RULE_READ')
  async splitRules(@CurrentActor() actor: Actor, @Args() { states, scope, first, after }: RulesArgs) {
    assertPlatformWide(actor, 'SPLIT_RULE_READ');
    const filter = { states: states ?? null, scopeKey: scope ?? null };
    return this.reader.splitRules(filter, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('SPLIT_RULE_READ')
  async splitRule(@CurrentActor() actor: Actor, @Args('ruleId') ruleId: string) {
    assertPlatformWide(actor, 'SPLIT_RULE_READ');
    return this.reader.splitRule(ruleId);
  }

  @Mutation()
  @Allow('SPLIT_RULE_PROPOSE')
  async splitRuleDraft(@CurrentActor() actor: Actor, @Args('input') input: DraftInput) {
    assertPlatformWide(actor, 'SPLIT_RULE_PROPOSE');
    const draft = {
      ...input,
      productId: input.productId ?? '',
      merchantId: input.merchantId ?? '',
      channelKind: input.channelKind ?? '*',
      feeBearer: input.feeBearer ?? 'PLATFORM',
    };
    const unknown = await this.refuseUnknown(draft);
    if (unknown) return unknown;
    const ruleId = await this.rules.draftSplit(draft, actor.userId);
    return refused(ruleId) ? ruleId : { splitRule: await this.reader.splitRule(ruleId) };
  }

  @ResolveField()
  scope(@Parent() { scopeKey }: SplitRuleVersion) {
    return scopeKey;
  }

  @ResolveField()
  productId(@Parent() { productId }: SplitRuleVersion) {
    return productId || null;
  }

  @ResolveField()
  merchantId(@Parent() { merchantId }: SplitRuleVersion) {
    return merchantId || null;
  }

  @ResolveField()
  channelKind(@Parent() { channelKind }: SplitRuleVersion) {
    return channelKind === '*' ? null : channelKind;
  }

  @ResolveField()
  createdBy(@Parent() { createdBy }: SplitRuleVersion) {
    return createdBy || null;
  }

  @ResolveField()
  votes(@Parent() rule: SplitRuleVersion, @Context() context: GraphqlContext) {
    return votesOn(rule, this.approvals, context);
  }

  /** A rule for what does not exist would never hold, and nobody would notice. */
  private async refuseUnknown({
    productId,
    merchantId,
  }: Pick<SplitRuleDraft, 'productId' | 'merchantId'>): Promise<InvalidInputError | null> {
    const products = productId ? await this.products.byIds([productId]) : [null];
    const merchants = merchantId ? await this.merchants.byIds([merchantId]) : [null];
    const fields: InvalidField[] = [
      ...(products.length === 0 ? [{ path: 'productId', message: UNKNOWN.productId }] : []),
      ...(merchants.length === 0 ? [{ path: 'merchantId', message: UNKNOWN.merchantId }] : []),
    ];
    return fields.length > 0 ? new InvalidInputError(fields) : null;
  }
}
