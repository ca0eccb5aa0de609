import { Injectable } from '@nestjs/common';
import { MerchantReader } from '#libs/merchant';
import { CalendarReader, isKnownYear } from '#libs/division';
import { Clock, type Fen } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { clawbackAccount } from './clawback.rules.js';
import { PayeeAccountReader, type PayeeAccountRow } from './payee-account.reader.js';
import type { Payee } from './payee-account.rules.js';
import { PayoutCoverReader } from './payout-cover.reader.js';
import type { PayoutSkipReason } from './payout.entity.js';
import { PayoutFileGateway, PayoutTransferGateway } from './payout.gateway.js';
import { PayoutPolicyReader } from './payout-policy.reader.js';
import { PayoutReader } from './payout.reader.js';
import {
  amountOf,
  availableAccount,
  coversBefore,
  nextRunDay,
  payoutDayOf,
  ripe,
  skipReason,
} from './payout.rules.js';

/** When somebody is paid, how much, and why not more. */
export interface PayoutOutlook {
  /** The next working day with payouts. */
  readonly nextOn: string;
  /** What it would pay as things stand; nothing while something is in the way. */
  readonly nextFen: Fen;
  /** Released too late for it. */
  readonly laterFen: Fen;
  /** When the first of that is paid; null where there is none. */
  readonly laterOn: string | null;
  /** Set aside for payouts of which it is not known yet that they have arrived. */
  readonly onTheWayFen: Fen;
  readonly availableFen: Fen;
  /** Owed back for refunds after a payout; taken from what comes in. */
  readonly clawbackFen: Fen;
  readonly minimumFen: Fen;
  readonly obstacle: PayoutSkipReason | null;
  readonly account: PayeeAccountRow | null;
  /** False while the holidays of the coming payout's year are not on file. */
  readonly isCalendarKnown: boolean;
}

@Injectable()
export class PayoutOutlookReader {
  constructor(
    private readonly covers: PayoutCoverReader,
    private readonly accounts: PayeeAccountReader,
    private readonly payouts: PayoutReader,
    private readonly merchants: MerchantReader,
    private readonly ledger: LedgerReader,
    private readonly policies: PayoutPolicyReader,
    private readonly calendars: CalendarReader,
    private readonly bankFiles: PayoutFileGateway,
    private readonly transfers: PayoutTransferGateway,
    private readonly clock: Clock,
  ) {}

  async of(payee: Payee): Promise<PayoutOutlook> {
    const calendar = await this.calendars.workingCalendar();
    const nextOn = nextRunDay(calendar, this.clock.now());
    const [open, [account = null], policy, onTheWayFen, available, clawback, closing] = await Promise.all([
      this.covers.openOf([payee]).then(([first]) => first?.open ?? []),
      this.accounts.currentOf([payee.id]),
      this.policies.on(nextOn),
      this.payouts.onTheWayFen(payee.id),
      this.ledger.accountByCode(availableAccount(payee)),
      this.ledger.accountByCode(clawbackAccount(availableAccount(payee))),
      this.merchants.closingOf([payee.id]),
    ]);
    const minimumFen = closing.has(payee.id) ? 1n : policy.of(`MINIMUM_${payee.kind}`);
    const ripeMovements = ripe(open, coversBefore(nextOn));
    const ripeFen = amountOf(ripeMovements);
    const [firstLater] = open
      .filter((movement) => !ripeMovements.includes(movement))
      .toSorted((a, b) => a.effectiveAt.getTime() - b.effectiveAt.getTime());
    const { amountMaxFen } = (account?.method === 'STRIPE' ? this.transfers : this.bankFiles).capabilities;
    // What is frozen shows in the books only when somebody wants to pay it.
    const bounds = { minimumFen, maximumFen: amountMaxFen, freeFen: available?.state === 'OPEN' ? null : 0n };
    const found = amountOf(open) > 0n ? skipReason(ripeFen, bounds, account?.state ?? null) : null;
    // Of what comes later nobody can say yet that it is too little.
    const obstacle = found === 'BELOW_MINIMUM' && ripeFen <= 0n ? null : found;
    return {
      nextOn,
      nextFen: obstacle === null && ripeFen > 0n ? ripeFen : 0n,
      laterFen: amountOf(open) - ripeFen,
      laterOn: firstLater ? payoutDayOf(calendar, firstLater.effectiveAt) : null,
      onTheWayFen,
      availableFen: available?.balanceFen ?? 0n,
      clawbackFen: clawback?.balanceFen ?? 0n,
      minimumFen,
      obstacle,
      account,
      isCalendarKnown: isKnownYear(calendar, nextOn),
    };
  }
}
