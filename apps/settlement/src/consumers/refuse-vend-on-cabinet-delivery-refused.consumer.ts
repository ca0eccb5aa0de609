import { Injectable } from '@nestjs/common';
import type { CabinetDeliveryRefused } from '#libs/counter';
import { VendService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What the cabinet will not begin goes back at once. */
@Injectable()
export class RefuseVendOnCabinetDeliveryRefused implements Consumer<CabinetDeliveryRefused> {
  readonly queue = 'money';

  constructor(private readonly vends: VendService) {}

  apply(tx: Tx, { payload }: CabinetDeliveryRefused): Promise<void> {
    return this.vends.refuse(tx, payload.cabinetId, payload.commandId);
  }
}
