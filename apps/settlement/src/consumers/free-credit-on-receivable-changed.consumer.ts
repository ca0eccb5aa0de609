import { Injectable } from '@nestjs/common';
import { CreditService } from '#libs/procurement';
import { type ReceivableChanged, ReceivableReader } from '#libs/receivable';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What a unit has paid it may order for again. */
@Injectable()
export class FreeCreditOnReceivableChanged implements Consumer<ReceivableChanged> {
  readonly queue = 'money';

  constructor(
    private readonly credit: CreditService,
    private readonly receivables: ReceivableReader,
  ) {}

  apply(tx: Tx, { payload: { orderId } }: ReceivableChanged): Promise<void> {
    return this.credit.follow(tx, orderId, () => this.receivables.openFenOf(orderId, tx));
  }
}
