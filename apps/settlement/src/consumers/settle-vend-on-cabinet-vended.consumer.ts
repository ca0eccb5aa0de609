import { Injectable } from '@nestjs/common';
import type { CabinetVended } from '#libs/counter';
import { VendService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What came out is delivered; what did not goes back. */
@Injectable()
export class SettleVendOnCabinetVended implements Consumer<CabinetVended> {
  readonly queue = 'money';

  constructor(private readonly vends: VendService) {}

  apply(tx: Tx, { payload }: CabinetVended): Promise<void> {
    return this.vends.settle(tx, payload.cabinetId, payload.messageId);
  }
}
