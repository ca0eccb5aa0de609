import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { fen } from '#libs/kernel';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { type Outcome, askStripe, callStripe, isMissing, stripeClient } from '#platform/stripe';
import {
  type PayoutCapabilities,
  PayoutTransferGateway,
  type TransferOrder,
  type TransferSnapshot,
} from './payout.gateway.js';

/** Ours on every transfer: Stripe lists by it at once, while its search lags behind. */
const groupOf = (payoutId: string) => `payout:${payoutId}`;

function snapshotOf({ id, amount, amount_reversed: reversed }: Stripe.Transfer): TransferSnapshot {
  return { providerRef: id, amountFen: fen(amount), reversedFen: fen(reversed) };
}

/** From the platform's balance at Stripe to the payee's connected account. */
@Injectable()
export class StripeTransferGateway extends PayoutTransferGateway {
  readonly capabilities: PayoutCapabilities = {
    method: 'STRIPE',
    mode: 'api',
    linesMax: 500,
    // Stripe's own bound on an amount.
    amountMaxFen: 99_999_999n,
    isReversible: true,
  };
  private readonly stripe: Stripe;
  private readonly env: string;

  constructor(
    config: Config,
    private readonly database: Database,
  ) {
    super();
    this.stripe = stripeClient(config);
    this.env = config.isProduction ? 'production' : 'development';
  }

  /** Everything sent derives from the payout alone, so that asking again sends the same bytes under the same key. */
  send({
    payoutId,
    destination,
    amountFen,
    idempotencyKey,
  }: TransferOrder): Promise<Outcome<TransferSnapshot>> {
    return callStripe(this.database, async () => {
      const transfer = await this.stripe.transfers.create(
        {
          amount: Number(amountFen),
          currency: 'cny',
          destination,
          transfer_group: groupOf(payoutId),
          metadata: { payout_ref: payoutId, env: this.env },
        },
        { idempotencyKey },
      );
      return { kind: 'succeeded', value: snapshotOf(transfer) };
    });
  }

  async query(payoutId: string): Promise<Outcome<TransferSnapshot> | null> {
    const answer = await askStripe(this.database, async (): Promise<Outcome<TransferSnapshot> | null> => {
      const { data } = await this.stripe.transfers.list({ transfer_group: groupOf(payoutId), limit: 2 });
      const [transfer] = data;
      return transfer ? { kind: 'succeeded', value: snapshotOf(transfer) } : null;
    });
    return answer && isMissing(answer) ? null : answer;
  }

  reverse(payoutId: string, providerRef: string): Promise<Outcome<TransferSnapshot>> {
    return callStripe(this.database, async () => {
      const metadata = { payout_ref: payoutId, env: this.env };
      await this.stripe.transfers.createReversal(
        providerRef,
        { metadata },
        { idempotencyKey: `reversal:${payoutId}` },
      );
      return { kind: 'succeeded', value: snapshotOf(await this.stripe.transfers.retrieve(providerRef)) };
    });
  }
}
