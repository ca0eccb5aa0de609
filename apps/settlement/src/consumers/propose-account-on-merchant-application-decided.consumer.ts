import { Injectable } from '@nestjs/common';
import { MerchantApplicationAccountService, type MerchantApplicationDecided } from '#libs/merchant';
import { PayeeAccountService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The account that an approved applicant has said waits to be verified, as if its owner had said it a moment later: four eyes and all. */
@Injectable()
export class ProposeAccountOnMerchantApplicationDecided implements Consumer<MerchantApplicationDecided> {
  readonly queue = 'money';

  constructor(
    private readonly applications: MerchantApplicationAccountService,
    private readonly accounts: PayeeAccountService,
  ) {}

  async apply(
    tx: Tx,
    { payload: { applicationId, userId, act } }: MerchantApplicationDecided,
  ): Promise<void> {
    const said = act === 'APPROVED' ? await this.applications.take(tx, applicationId, userId) : null;
    if (!said) return;
    const payee = { kind: 'MERCHANT', id: said.merchantId } as const;
    await this.accounts.proposeFirst(tx, said.saidBy, payee, {
      ...said.details,
      method: 'BANK',
      idempotencyKey: applicationId,
    });
  }
}
