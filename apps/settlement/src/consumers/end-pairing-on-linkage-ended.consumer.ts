import { Injectable } from '@nestjs/common';
import type { LinkageEnded } from '#libs/household';
import { PairingService } from '#libs/pairing';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** Whose agreement has ended stands behind no slot any more. */
@Injectable()
export class EndPairingOnLinkageEnded implements Consumer<LinkageEnded> {
  readonly queue = 'money';

  constructor(private readonly pairings: PairingService) {}

  apply(tx: Tx, { payload }: LinkageEnded): Promise<void> {
    return this.pairings.agreementEnded(tx, payload.agreementId, payload.endsBefore);
  }
}
