import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { type Outcome, askStripe, callStripe, isMissing, stripeClient } from '#platform/stripe';
import type { PaymentId } from './payment.entity.js';
import {
  type CaptureHold,
  type CreateHold,
  type CreatePayment,
  type CreateRefund,
  type DisputeSnapshot,
  type KeptNotification,
  type NotificationSubject,
  PaymentGateway,
  type PaymentRef,
  type PaymentSnapshot,
  type RefundSnapshot,
  type VerifiedNotification,
} from './payment.gateway.js';
import { outcomeOfDispute } from './stripe-dispute.rules.js';
import {
  type NotifiedObject,
  type OurMetadata,
  RARE_TYPES,
  STRIPE_CAPABILITIES,
  outcomeOfIntent,
  outcomeOfRefund,
  outcomeOfSession,
  subjectOfType,
} from './stripe.rules.js';

/** How far a notification's clock may be from ours, in either direction. */
const SIGNATURE_AGE_MAX_SECONDS = 300;

/** A payment is paid once and refunded a few times. */
const REFUNDS_MAX = 100;

/** Pages of one look at the rare events; more than that asks for a shorter time. */
const EVENT_PAGES_MAX = 5;
const EVENTS_PER_PAGE = 100;

const INTENT_FIELDS = ['latest_charge.balance_transaction'];
const SESSION_FIELDS = INTENT_FIELDS.map((field) => `payment_intent.${field}`);

/** Some eighty kinds of object; two fields are all that is read of any. */
function objectOf(event: Stripe.Event): NotifiedObject {
  return event.data.object as NotifiedObject;
}

/** As the webhook would have brought it. */
function keptOf(event: Stripe.Event): KeptNotification {
  const objectId = objectOf(event).id ?? '';
  return { providerEventId: event.id, type: event.type, objectId, body: JSON.stringify(event) };
}

/** Stripe through its own SDK. Wallets are confirmed in the call that creates them; cards are entered on Stripe's page. */
@Injectable()
export class StripeGateway extends PaymentGateway {
  readonly capabilities = STRIPE_CAPABILITIES;
  private readonly stripe: Stripe;
  private readonly webhookSecrets: readonly string[];
  private readonly publicUrl: string;
  private readonly env: string;

  constructor(
    config: Config,
    private readonly database: Database,
  ) {
    super();
    this.stripe = stripeClient(config);
    this.webhookSecrets = config.stripe.webhookSecrets;
    this.publicUrl = config.publicUrl;
    this.env = config.isProduction ? 'production' : 'development';
  }

  /** Everything sent derives from the payment alone, so that asking again sends the same bytes under the same key. */
  create(command: CreatePayment): Promise<Outcome<PaymentSnapshot>> {
    return command.method === 'CARD'
      ? this.createSession(command)
      : this.createIntent(command, command.method);
  }

  /** A page of its own, for a card: wallets keep nothing ready at this provider. */
  hold({ paymentId, subjectId, amountFen }: CreateHold): Promise<Outcome<PaymentSnapshot>> {
    const metadata = this.metadata({ orderId: subjectId, paymentId });
    const page = this.pageOf(`/openings/${subjectId}`);
    return this.openPage(
      { paymentId, amountFen, name: `桃源开门柜预授权 ${subjectId}`, page },
      { metadata, capture_method: 'manual' },
    );
  }

  async capture({ paymentId, intentRef, amountFen }: CaptureHold): Promise<Outcome<PaymentSnapshot> | null> {
    const outcome = await callStripe(this.database, async () => {
      const intent = await this.stripe.paymentIntents.capture(
        intentRef,
        { amount_to_capture: Number(amountFen), expand: INTENT_FIELDS },
        { idempotencyKey: `${paymentId}:capture` },
      );
      return outcomeOfIntent(intent, this.env);
    });
    // Refused, because it is captured or let go already: then it says itself which.
    return outcome.kind === 'failed' && outcome.value === null
      ? this.query({ intentRef, checkoutRef: null })
      : outcome;
  }

  async query(ref: PaymentRef): Promise<Outcome<PaymentSnapshot> | null> {
    const outcome = await askStripe(this.database, async () => {
      if (ref.checkoutRef !== null) return this.session(ref.checkoutRef);
      const intent = await this.stripe.paymentIntents.retrieve(ref.intentRef ?? '', {
        expand: INTENT_FIELDS,
      });
      return outcomeOfIntent(intent, this.env);
    });
    return isMissing(outcome) ? null : outcome;
  }

  queryByPaymentId(paymentId: PaymentId): Promise<Outcome<PaymentSnapshot> | null> {
    return askStripe(this.database, async () => {
      const { data } = await this.stripe.paymentIntents.search({
        query: `metadata['payment_ref']:'${paymentId}'`,
        limit: 1,
        expand: INTENT_FIELDS.map((field) => `data.${field}`),
      });
      const [intent] = data;
      return intent ? outcomeOfIntent(intent, this.env) : null;
    });
  }

  async cancel(ref: PaymentRef): Promise<Outcome<PaymentSnapshot> | null> {
    const outcome = await callStripe(this.database, async () => {
      if (ref.checkoutRef !== null) {
        const session = await this.stripe.checkout.sessions.expire(ref.checkoutRef, {
          expand: SESSION_FIELDS,
        });
        return outcomeOfSession(session, this.env);
      }
      const intent = await this.stripe.paymentIntents.cancel(ref.intentRef ?? '', { expand: INTENT_FIELDS });
      return outcomeOfIntent(intent, this.env);
    });
    // Refused, because it is not open any more: then it says itself what it has become.
    return outcome.kind === 'failed' && outcome.value === null ? this.query(ref) : outcome;
  }

  refund({
    refundId,
    paymentId,
    orderId,
    intentRef,
    amountFen,
    idempotencyKey,
  }: CreateRefund): Promise<Outcome<RefundSnapshot>> {
    return callStripe(this.database, async () => {
      const metadata = { ...this.metadata({ orderId, paymentId }), refund_ref: refundId };
      const refund = await this.stripe.refunds.create(
        { payment_intent: intentRef, amount: Number(amountFen), metadata },
        { idempotencyKey },
      );
      return outcomeOfRefund(refund);
    });
  }

  refundsOf(intentRef: string): Promise<Outcome<readonly RefundSnapshot[]>> {
    return askStripe(this.database, async (): Promise<Outcome<readonly RefundSnapshot[]>> => {
      const { data } = await this.stripe.refunds.list({ payment_intent: intentRef, limit: REFUNDS_MAX });
      const snapshots: RefundSnapshot[] = [];
      for (const refund of data) {
        const outcome = outcomeOfRefund(refund);
        if (outcome.kind === 'unknown') return outcome;
        if (outcome.value) snapshots.push(outcome.value);
      }
      return { kind: 'succeeded', value: snapshots };
    });
  }

  async dispute(disputeRef: string): Promise<Outcome<DisputeSnapshot> | null> {
    const outcome = await askStripe(this.database, async () =>
      outcomeOfDispute(await this.stripe.disputes.retrieve(disputeRef)),
    );
    return isMissing(outcome) ? null : outcome;
  }

  rareNotifications(from: Date, to: Date): Promise<Outcome<readonly KeptNotification[] | null>> {
    const created = { gte: Math.floor(from.getTime() / 1000), lt: Math.ceil(to.getTime() / 1000) };
    return askStripe(this.database, async (): Promise<Outcome<readonly KeptNotification[] | null>> => {
      const kept: KeptNotification[] = [];
      for (let page = 0; page < EVENT_PAGES_MAX; page += 1) {
        const last = kept.at(-1)?.providerEventId;
        const { data, has_more: hasMore } = await this.stripe.events.list({
          created,
          types: [...RARE_TYPES],
          limit: EVENTS_PER_PAGE,
          ...(last !== undefined && { starting_after: last }),
        });
        kept.push(...data.map(keptOf));
        if (!hasMore) return { kind: 'succeeded', value: kept.toReversed() };
      }
      return { kind: 'succeeded', value: null };
    });
  }

  verifyNotification(rawBody: Buffer, signature: string, now: Date): VerifiedNotification | null {
    // The last one, because that is the one the SDK signs with.
    const signedAt = Number([...signature.matchAll(/(?:^|,)t=(\d+)/g)].at(-1)?.[1]);
    const age = Math.floor(now.getTime() / 1000) - signedAt;
    // The SDK looks only at the past; a clock that runs ahead by an hour would keep a stolen body valid for that hour.
    if (!(Math.abs(age) <= SIGNATURE_AGE_MAX_SECONDS)) return null;
    for (const secret of this.webhookSecrets) {
      try {
        const event = this.stripe.webhooks.constructEvent(
          rawBody,
          signature,
          secret,
          SIGNATURE_AGE_MAX_SECONDS,
          undefined,
          now.getTime(),
        );
        return { providerEventId: event.id, type: event.type, objectId: objectOf(event).id ?? '' };
      } catch {
        // Not signed with this secret; while secrets are rotated the next one may fit.
      }
    }
    return null;
  }

  subjectOf(body: string): NotificationSubject {
    const event = this.stripe.webhooks.constructEventWithoutVerification(body);
    return subjectOfType(event.type, objectOf(event));
  }

  private createIntent(
    command: CreatePayment,
    method: 'ALIPAY' | 'WECHAT_PAY',
  ): Promise<Outcome<PaymentSnapshot>> {
    const type = method === 'ALIPAY' ? 'alipay' : 'wechat_pay';
    return callStripe(this.database, async () => {
      const intent = await this.stripe.paymentIntents.create(
        {
          amount: Number(command.amountFen),
          currency: 'cny',
          confirm: true,
          // A filter on what the account may take; the data is what chooses the wallet.
          allowed_payment_method_types: [type],
          payment_method_data: { type },
          ...(method === 'WECHAT_PAY' && { payment_method_options: { wechat_pay: { client: 'web' } } }),
          return_url: this.pageOf(`/orders/${command.orderId}`),
          metadata: this.metadata(command),
          transfer_group: command.orderId,
          expand: INTENT_FIELDS,
        },
        { idempotencyKey: command.paymentId },
      );
      return outcomeOfIntent(intent, this.env);
    });
  }

  private createSession(command: CreatePayment): Promise<Outcome<PaymentSnapshot>> {
    const { orderId, paymentId, amountFen } = command;
    const metadata = this.metadata(command);
    const page = this.pageOf(`/orders/${orderId}`);
    return this.openPage(
      { paymentId, amountFen, name: `桃源订单 ${orderId}`, page },
      { metadata, transfer_group: orderId },
    );
  }

  /** Everything derives from what is paid for, as above. */
  private openPage(
    {
      paymentId,
      amountFen,
      name,
      page,
    }: Pick<CreatePayment, 'paymentId' | 'amountFen'> & { readonly name: string; readonly page: string },
    intent: Stripe.Checkout.SessionCreateParams.PaymentIntentData & { readonly metadata: Stripe.Metadata },
  ): Promise<Outcome<PaymentSnapshot>> {
    return callStripe(this.database, async () => {
      const session = await this.stripe.checkout.sessions.create(
        {
          mode: 'payment',
          allowed_payment_method_types: ['card'],
          // Prices are shown and paid in CNY, whatever the card's home is.
          adaptive_pricing: { enabled: false },
          line_items: [
            {
              quantity: 1,
              price_data: { currency: 'cny', unit_amount: Number(amountFen), product_data: { name } },
            },
          ],
          success_url: page,
          cancel_url: page,
          client_reference_id: paymentId,
          metadata: intent.metadata,
          payment_intent_data: intent,
          expand: SESSION_FIELDS,
        },
        { idempotencyKey: paymentId },
      );
      return outcomeOfSession(session, this.env);
    });
  }

  private async session(checkoutRef: string): Promise<Outcome<PaymentSnapshot>> {
    const session = await this.stripe.checkout.sessions.retrieve(checkoutRef, { expand: SESSION_FIELDS });
    return outcomeOfSession(session, this.env);
  }

  private metadata({
    orderId,
    paymentId,
  }: {
    readonly orderId: string;
    readonly paymentId: PaymentId;
  }): OurMetadata & Stripe.Metadata {
    return { order_id: orderId, payment_ref: paymentId, env: this.env };
  }

  private pageOf(path: string): string {
    return new URL(path, this.publicUrl).toString();
  }
}
