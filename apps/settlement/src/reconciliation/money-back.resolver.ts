import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock, InvalidInputError, type Page, pageRequest, refused } from '#libs/kernel';
import {
  type BuyerAccount,
  RefundReader,
  type RefundRequestChannel,
  type UnreturnedPayment,
  UnreturnedPaymentReader,
  WholeRefundService,
} from '#libs/payment';
import { type MoneyBack, MoneyBackService, ReconciliationBreakReader } from '#libs/reconciliation';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface RefundInput {
  readonly paymentId: string;
  readonly note: string;
  readonly channel?: RefundRequestChannel | null;
  readonly bankAccount?: BuyerAccount | null;
}

const ACCOUNT_FITS = {
  zh: '银行转账退款须提供买家银行账户，原路退款则不需要',
  en: 'A refund by bank needs an account, and one by the provider none.',
};

/** The two fields say the same, or the request is malformed. */
function requestOf({ userId }: Actor, input: RefundInput) {
  const { paymentId, note, channel, bankAccount = null } = input;
  return (channel === 'MANUAL_BANK') === (bankAccount !== null)
    ? { paymentId, note, requestedBy: userId, bankAccount }
    : new InvalidInputError([{ path: 'bankAccount', message: ACCOUNT_FITS }]);
}

/** Payments have no divisions: whoever answers for one sees none of them. */
@Resolver('UnreturnedPayment')
export class MoneyBackResolver {
  constructor(
    private readonly money: MoneyBackService,
    private readonly unreturned: UnreturnedPaymentReader,
    private readonly wholes: WholeRefundService,
    private readonly refunds: RefundReader,
    private readonly breaks: ReconciliationBreakReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('REFUND_READ')
  async unreturnedPayments(
    @CurrentActor() actor: Actor,
    @Args() { first, after }: { first?: number | null; after?: string | null },
  ): Promise<Page<UnreturnedPayment>> {
    assertPlatformWide(actor, 'REFUND_READ');
    return this.unreturned.page(orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('REFUND')
  async mismatchedPaymentRefund(@CurrentActor() actor: Actor, @Args('input') input: RefundInput) {
    assertPlatformWide(actor, 'REFUND');
    const request = requestOf(actor, input);
    if (refused(request)) return request;
    const asked = await this.money.ofMismatched(request);
    return refused(asked) ? asked : this.shown(asked);
  }

  @Mutation()
  @Allow('REFUND')
  async unreturnedPaymentRefund(@CurrentActor() actor: Actor, @Args('input') input: RefundInput) {
    assertPlatformWide(actor, 'REFUND');
    const request = requestOf(actor, input);
    if (refused(request)) return request;
    const asked = await this.money.ofUnreturned(request);
    return refused(asked) ? asked : this.shown(asked);
  }

  @ResolveField()
  ageSeconds(@Parent() { failedAt }: UnreturnedPayment): number {
    return Math.max(0, Math.floor((this.clock.now().getTime() - failedAt.getTime()) / 1_000));
  }

  @ResolveField()
  windowEndsAt(@Parent() payment: UnreturnedPayment): Date | null {
    return this.wholes.windowEndsAt(payment);
  }

  private async shown({ refundId, breakId }: MoneyBack) {
    return {
      refund: await this.refunds.byId(refundId),
      break: breakId && (await this.breaks.byId(breakId)),
    };
  }
}
