import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Page, pageRequest, refused } from '#libs/kernel';
import {
  type AccountProposal,
  PayeeAccountReader,
  type PayeeAccountRow,
  PayeeAccountService,
  PayoutReader,
  type PayoutView,
} from '#libs/settlement';
import {
  type OwnOutlook,
  OwnOutlookReader,
  OwnPayeeReader,
  type PayeeChoice,
  isInOwnTime,
  ownFrom,
} from '#libs/statement';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PayoutsArgs extends PayeeChoice {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface BankAccountSetInput extends PayeeChoice, Omit<AccountProposal, 'method' | 'bankCode'> {
  readonly bankCode?: string | null;
}

@Resolver('Payout')
export class PayoutResolver {
  constructor(
    private readonly outlooks: OwnOutlookReader,
    private readonly reader: PayoutReader,
    private readonly payees: OwnPayeeReader,
  ) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async payouts(
    @CurrentActor() actor: Actor,
    @Args() { first, after, ...choice }: PayoutsArgs,
  ): Promise<Page<PayoutView>> {
    const own = await this.payees.chosen(choice, merchantsOf(actor, 'MERCHANT_MONEY'));
    return this.reader.page({ payeeId: own.id }, orThrow(pageRequest(first, after, 1)), ownFrom('pyo', own));
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async payoutOutlook(@CurrentActor() actor: Actor, @Args() choice: PayeeChoice): Promise<OwnOutlook> {
    return this.outlooks.of(await this.payees.chosen(choice, merchantsOf(actor, 'MERCHANT_MONEY')));
  }
}

@Resolver('BankAccount')
export class BankAccountResolver {
  constructor(
    private readonly reader: PayeeAccountReader,
    private readonly accounts: PayeeAccountService,
    private readonly payees: OwnPayeeReader,
  ) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async bankAccount(
    @CurrentActor() actor: Actor,
    @Args() choice: PayeeChoice,
  ): Promise<PayeeAccountRow | null> {
    const own = await this.payees.chosen(choice, merchantsOf(actor, 'MERCHANT_MONEY'));
    const [account] = await this.reader.currentOf([own.id]);
    return account && isInOwnTime(own, account.proposedAt) ? account : null;
  }

  @Mutation()
  @Allow('BANK_ACCOUNT')
  async bankAccountSet(
    @CurrentActor() actor: Actor,
    @Args('input') { merchantId, counterId = null, bankCode = null, ...details }: BankAccountSetInput,
  ) {
    const { kind, id } = await this.payees.chosen(
      { merchantId, counterId },
      merchantsOf(actor, 'BANK_ACCOUNT'),
    );
    const account = await this.accounts.propose(
      actor.userId,
      { kind, id },
      { ...details, method: 'BANK', bankCode },
    );
    return refused(account) ? account : { bankAccount: account };
  }
}
