import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { InvalidInputError, refused } from '#libs/kernel';
import { type BuyerAccount, RefundReader, type RefundRequestChannel } from '#libs/payment';
import { MismatchedMoneyService, ReconciliationBreakReader } from '#libs/reconciliation';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';

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

@Resolver()
export class MismatchedMoneyResolver {
  constructor(
    private readonly money: MismatchedMoneyService,
    private readonly refunds: RefundReader,
    private readonly breaks: ReconciliationBreakReader,
  ) {}

  @Mutation()
  @Allow('REFUND')
  async mismatchedPaymentRefund(@CurrentActor() actor: Actor, @Args('input') input: RefundInput) {
    assertPlatformWide(actor, 'REFUND');
    const { paymentId, note, channel, bankAccount = null } = input;
    if ((channel === 'MANUAL_BANK') !== (bankAccount !== null))
      return new InvalidInputError([{ path: 'bankAccount', message: ACCOUNT_FITS }]);
    const asked = await this.money.giveBack({ paymentId, note, requestedBy: actor.userId, bankAccount });
    if (refused(asked)) return asked;
    return {
      refund: await this.refunds.byId(asked.refundId),
      break: asked.breakId && (await this.breaks.byId(asked.breakId)),
    };
  }
}
