/** How the stand-in behaves where Stripe's behaviour depends on the account, the bank or the day. */
export interface Settings {
  /** Methods a payment may use before `allowed_payment_method_types` filters them. */
  readonly paymentMethodTypes: readonly string[];
  /** The currency of the platform's balance; a payment in another is converted at `exchangeRate`. */
  readonly settlementCurrency: string;
  /** Settlement units for one unit of presentment when the two currencies differ. */
  readonly exchangeRate: number;
  readonly walletFeeBasisPoints: number;
  readonly cardFeeBasisPoints: number;
  readonly cardFeeFixed: number;
  readonly disputeFee: number;
  /** Days until a payment's money may be refunded, transferred or paid out. */
  readonly availabilityDays: number;
  /** Seconds between `charge.succeeded` and the balance transaction that tells the fee. */
  readonly balanceTransactionDelaySeconds: number;
  /** Seconds until a wallet says how a refund ended; null leaves it to the control API. */
  readonly walletRefundSeconds: number | null;
  /** Seconds a wallet payment waits for the buyer; null waits for ever. */
  readonly walletAttemptSeconds: number | null;
  /** Seconds until a payout reaches the bank; null leaves it to the control API. */
  readonly payoutSeconds: number | null;
  /** Days for which a bank keeps the money of an authorisation ready; after that it lets go by itself. */
  readonly authorisationDays: number;
  readonly refundWindowDays: Readonly<Record<string, number>>;
  readonly amountMin: Readonly<Record<string, number>>;
  /** Search finds what is at least this old; Stripe's index lags by up to a minute. */
  readonly searchLagSeconds: number;
  /** Waits between the attempts to deliver a webhook; after the last the delivery is abandoned. */
  readonly webhookRetrySeconds: readonly number[];
  readonly webhookTimeoutMs: number;
  /** Seconds between two things that happen to a parcel: a way of minutes, for whoever looks on. */
  readonly carrierStepSeconds: number;
  /** Which clock the `t=` of a signature shows; receivers check it against their own. */
  readonly signatureClock: 'virtual' | 'wall';
}

export const DEFAULT_SETTINGS: Settings = {
  paymentMethodTypes: ['card', 'alipay', 'wechat_pay'],
  settlementCurrency: 'cny',
  exchangeRate: 1.08,
  walletFeeBasisPoints: 220,
  cardFeeBasisPoints: 290,
  cardFeeFixed: 30,
  disputeFee: 1500,
  availabilityDays: 2,
  balanceTransactionDelaySeconds: 0,
  walletRefundSeconds: 3,
  walletAttemptSeconds: 3600,
  payoutSeconds: 86_400,
  authorisationDays: 7,
  refundWindowDays: { alipay: 90, wechat_pay: 180 },
  amountMin: { cny: 100, hkd: 400, usd: 50 },
  searchLagSeconds: 0,
  webhookRetrySeconds: [1, 5, 30, 120, 600, 3600, 18_000],
  webhookTimeoutMs: 10_000,
  carrierStepSeconds: 30,
  signatureClock: 'wall',
};
