import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CalendarReader } from '#libs/division';
import { NotFound, type Page, isId, pageRequest, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { MerchantOrderReader } from '#libs/ordering';
import {
  type AccountProposal,
  PayeeAccountReader,
  type PayeeAccountRow,
  PayeeAccountService,
  PayoutOutlookReader,
  PayoutReader,
  type PayoutView,
  payoutDayOf,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, type Permission, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PayoutsArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface BankAccountSetInput extends Omit<AccountProposal, 'method' | 'bankCode'> {
  readonly merchantId: string;
  readonly bankCode?: string | null;
}

@Resolver('Payout')
export class PayoutResolver {
  constructor(
    private readonly outlooks: PayoutOutlookReader,
    private readonly reader: PayoutReader,
    private readonly orders: MerchantOrderReader,
    private readonly ledger: LedgerReader,
    private readonly calendars: CalendarReader,
  ) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async payouts(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: PayoutsArgs,
  ): Promise<Page<PayoutView>> {
    const payeeId = ownMerchant(actor, 'MERCHANT_MONEY', merchantId);
    return this.reader.page({ payeeId }, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('MERCHANT_MONEY')
  async payoutOutlook(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    const id = ownMerchant(actor, 'MERCHANT_MONEY', merchantId);
    const outlook = await this.outlooks.of({ kind: 'MERCHANT', id });
    const { held } = await this.ledger.balancesOfPayee(id);
    const nextReleaseAt = await this.orders.nextReleaseOf(id);
    const calendar = await this.calendars.workingCalendar();
    return {
      ...outlook,
      heldFen: held,
      nextReleaseAt,
      nextReleaseOn: nextReleaseAt && payoutDayOf(calendar, nextReleaseAt),
    };
  }
}

@Resolver('BankAccount')
export class BankAccountResolver {
  constructor(
    private readonly reader: PayeeAccountReader,
    private readonly accounts: PayeeAccountService,
  ) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async bankAccount(
    @CurrentActor() actor: Actor,
    @Args('merchantId') merchantId: string,
  ): Promise<PayeeAccountRow | null> {
    const [account] = await this.reader.currentOf([ownMerchant(actor, 'MERCHANT_MONEY', merchantId)]);
    return account ?? null;
  }

  @Mutation()
  @Allow('BANK_ACCOUNT')
  async bankAccountSet(
    @CurrentActor() actor: Actor,
    @Args('input') { merchantId, bankCode = null, ...details }: BankAccountSetInput,
  ) {
    const id = ownMerchant(actor, 'BANK_ACCOUNT', merchantId);
    const account = await this.accounts.propose(
      actor.userId,
      { kind: 'MERCHANT', id },
      { ...details, method: 'BANK', bankCode },
    );
    return refused(account) ? account : { bankAccount: account };
  }
}

function ownMerchant(actor: Actor, permission: Permission, merchantId: string): `mer_${string}` {
  if (!merchantsOf(actor, permission).includes(merchantId) || !isId('mer', merchantId))
    throw new NotFound('Merchant', merchantId);
  return merchantId;
}
