import { Injectable } from '@nestjs/common';
import { ServiceFeeService } from '#libs/invoice';
import type { StatementChecked } from '#libs/statement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The platform's part of a merchant's month, once the month stands. Nobody else pays for the service. */
@Injectable()
export class BillServiceFeeOnStatementChecked implements Consumer<StatementChecked> {
  readonly queue = 'money';

  constructor(private readonly fees: ServiceFeeService) {}

  async apply(tx: Tx, { payload }: StatementChecked): Promise<void> {
    if (payload.payeeKind === 'MERCHANT') await this.fees.bill(tx, payload.payeeId);
  }
}
