import { Injectable } from '@nestjs/common';
import { CalendarReader } from '#libs/division';
import { Clock, type Fen } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { MerchantOrderReader } from '#libs/ordering';
import { PayeeShareReader, type PayoutOutlook, PayoutOutlookReader, payoutDayOf } from '#libs/settlement';
import { type OwnPayee, ownOutlook } from './own-payee.rules.js';

/** When a payee is paid next, and when more will be theirs. */
export interface OwnOutlook extends PayoutOutlook {
  readonly heldFen: Fen;
  /** When the next after-sale window ends; null while none is open. */
  readonly nextReleaseAt: Date | null;
  readonly nextReleaseOn: string | null;
}

@Injectable()
export class OwnOutlookReader {
  constructor(
    private readonly outlooks: PayoutOutlookReader,
    private readonly orders: MerchantOrderReader,
    private readonly shares: PayeeShareReader,
    private readonly ledger: LedgerReader,
    private readonly calendars: CalendarReader,
    private readonly clock: Clock,
  ) {}

  async of(own: OwnPayee): Promise<OwnOutlook> {
    const outlook = ownOutlook(own, await this.outlooks.of(own));
    const { held } = await this.ledger.balancesOfPayee(own.id);
    const nextReleaseAt = await this.nextReleaseOf(own);
    const calendar = await this.calendars.workingCalendar();
    const nextReleaseOn = nextReleaseAt && payoutDayOf(calendar, nextReleaseAt);
    return { ...outlook, heldFen: held, nextReleaseAt, nextReleaseOn };
  }

  /** Orders are those of sellers: what a counter waits for stands in its shares. */
  private async nextReleaseOf(own: OwnPayee): Promise<Date | null> {
    if (own.kind === 'MERCHANT') return this.orders.nextReleaseOf(own.id);
    return this.orders.nextReleaseAmong(await this.shares.heldOrdersOf(own, this.clock.now()));
  }
}
