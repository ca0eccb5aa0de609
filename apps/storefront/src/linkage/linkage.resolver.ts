import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { LinkageAgreementReader, LinkageConfirmationService } from '#libs/household';
import { present, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Public } from '#platform/auth';
import { Throttled } from '#platform/throttle';

interface ConfirmArgs {
  readonly token: string;
  readonly isReceived: boolean;
  readonly reason?: string | null;
}

@Resolver('LinkageConfirmation')
export class LinkageResolver {
  constructor(
    private readonly confirmations: LinkageConfirmationService,
    private readonly agreements: LinkageAgreementReader,
    private readonly merchants: MerchantReader,
  ) {}

  /** Whoever tries links is held to what signing in is held to. */
  @Query()
  @Public()
  @Throttled('SIGN_IN')
  linkageConfirmation(@Args('token') token: string) {
    return this.shown(token);
  }

  @Mutation()
  @Public()
  @Throttled('SIGN_IN')
  async linkageConfirm(@Args() { token, isReceived, reason }: ConfirmArgs) {
    const answer = isReceived ? 'RECEIVED' : 'NOT_RECEIVED';
    const said = await this.confirmations.answer(token, answer, reason ?? '');
    return refused(said) ? said : { confirmation: await this.shown(token) };
  }

  private async shown(token: string) {
    const payment = await this.confirmations.asked(token);
    if (!payment) return null;
    const { merchantId, agreementId, amountFen, paidOn, confirmationState, expiresAt } = payment;
    const [merchant, agreement] = await Promise.all([
      this.merchants.byId(merchantId),
      this.agreements.byId(agreementId, { merchantIds: [merchantId] }),
    ]);
    const { kind } = present(agreement, 'the agreement of a payment');
    return {
      merchantName: merchant?.name ?? '',
      kind,
      amountFen,
      paidOn,
      state: confirmationState,
      expiresAt,
    };
  }
}
