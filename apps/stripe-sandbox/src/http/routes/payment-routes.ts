import { idOf } from '../../engine/core.js';
import { searchTest } from '../../engine/search.js';
import { limitOf, pageOf } from '../page.js';
import { PAGING, type Call, type Route } from '../route.js';

const CONFIRMING = [
  'allowed_payment_method_types',
  'capture_method',
  'excluded_payment_method_types',
  'payment_method',
  'payment_method_data',
  'payment_method_options',
  'receipt_email',
  'return_url',
] as const;

const CREATING = [
  ...CONFIRMING,
  'amount',
  'automatic_payment_methods',
  'confirm',
  'confirmation_method',
  'currency',
  'description',
  'metadata',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_group',
] as const;

const SESSION = [
  'adaptive_pricing',
  'allowed_payment_method_types',
  'cancel_url',
  'client_reference_id',
  'customer_email',
  'excluded_payment_method_types',
  'expires_at',
  'line_items',
  'locale',
  'metadata',
  'mode',
  'payment_intent_data',
  'success_url',
] as const;

function searchIntents({ engines, params }: Call): object {
  const { clock, settings } = engines.core;
  const isFound = searchTest(params.requiredText('query'));
  const indexedBefore = clock.nowSeconds() - settings.searchLagSeconds;
  const found = engines.paymentIntents
    .list()
    .filter((intent) => intent.created <= indexedBefore && isFound(intent));
  const start = Number(params.textOrNull('page') ?? 0);
  const end = start + limitOf(params);
  const hasMore = end < found.length;
  return {
    object: 'search_result',
    data: found.slice(start, end),
    has_more: hasMore,
    next_page: hasMore ? String(end) : null,
    url: '/v1/payment_intents/search',
  };
}

function listCharges({ engines, params }: Call): object {
  const intentId = params.textOrNull('payment_intent');
  const group = params.textOrNull('transfer_group');
  const charges = engines.core.store.charges
    .newestFirst()
    .filter((charge) => (intentId ?? idOf(charge.payment_intent)) === idOf(charge.payment_intent))
    .filter((charge) => (group ?? charge.transfer_group) === charge.transfer_group);
  return pageOf(charges, params, '/v1/charges');
}

function listRefunds({ engines, params }: Call): object {
  const intentId = params.textOrNull('payment_intent');
  const chargeId = params.textOrNull('charge');
  const refunds = engines.refunds
    .list()
    .filter((refund) => (intentId ?? idOf(refund.payment_intent)) === idOf(refund.payment_intent))
    .filter((refund) => (chargeId ?? idOf(refund.charge)) === idOf(refund.charge));
  return pageOf(refunds, params, '/v1/refunds');
}

function listSessions({ engines, params }: Call): object {
  const intentId = params.textOrNull('payment_intent');
  const status = params.textOrNull('status');
  const sessions = engines.checkoutSessions
    .list()
    .filter((session) => (intentId ?? idOf(session.payment_intent)) === idOf(session.payment_intent))
    .filter((session) => (status ?? session.status) === session.status);
  return pageOf(sessions, params, '/v1/checkout/sessions');
}

export const paymentRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/payment_intents',
    contract: 'PaymentIntentCreateParams',
    modelled: CREATING,
    run: ({ engines, params }) => engines.paymentIntents.create(params),
  },
  {
    method: 'GET',
    path: '/v1/payment_intents',
    contract: 'PaymentIntentListParams',
    modelled: PAGING,
    run: ({ engines, params }) => pageOf(engines.paymentIntents.list(), params, '/v1/payment_intents'),
  },
  {
    method: 'GET',
    path: '/v1/payment_intents/search',
    contract: 'PaymentIntentSearchParams',
    modelled: ['query', 'limit', 'page'],
    run: searchIntents,
  },
  {
    method: 'GET',
    path: '/v1/payment_intents/:id',
    contract: 'PaymentIntentRetrieveParams',
    modelled: ['client_secret'],
    run: ({ engines, id }) => engines.paymentIntents.retrieve(id),
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id',
    contract: 'PaymentIntentUpdateParams',
    modelled: [
      'amount',
      'currency',
      'description',
      'metadata',
      'payment_method',
      'payment_method_data',
      'payment_method_options',
      'receipt_email',
      'transfer_group',
    ],
    run: ({ engines, id, params }) => engines.paymentIntents.update(id, params),
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id/confirm',
    contract: 'PaymentIntentConfirmParams',
    modelled: [
      'capture_method',
      'payment_method',
      'payment_method_data',
      'payment_method_options',
      'return_url',
    ],
    run: ({ engines, id, params }) => engines.paymentIntents.confirm(id, params),
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id/cancel',
    contract: 'PaymentIntentCancelParams',
    modelled: ['cancellation_reason'],
    run: ({ engines, id, params }) => engines.paymentIntents.cancel(id, params),
  },
  {
    method: 'POST',
    path: '/v1/payment_intents/:id/capture',
    contract: 'PaymentIntentCaptureParams',
    modelled: ['amount_to_capture', 'metadata'],
    run: ({ engines, id, params }) => {
      const captured = engines.paymentIntents.capture(id, params);
      engines.checkoutSessions.onIntentSucceeded(id);
      return captured;
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_methods',
    contract: 'PaymentMethodCreateParams',
    modelled: ['alipay', 'card', 'metadata', 'type', 'wechat_pay'],
    run: ({ engines, params }) => engines.paymentMethods.create(params),
  },
  {
    method: 'GET',
    path: '/v1/payment_methods/:id',
    contract: 'PaymentMethodRetrieveParams',
    modelled: [],
    run: ({ engines, id }) => engines.paymentMethods.retrieve(id),
  },
  {
    method: 'GET',
    path: '/v1/charges',
    contract: 'ChargeListParams',
    modelled: [...PAGING, 'payment_intent', 'transfer_group'],
    run: listCharges,
  },
  {
    method: 'GET',
    path: '/v1/charges/:id',
    contract: 'ChargeRetrieveParams',
    modelled: [],
    run: ({ engines, id }) => engines.charges.retrieve(id),
  },
  {
    method: 'POST',
    path: '/v1/refunds',
    contract: 'RefundCreateParams',
    modelled: ['amount', 'charge', 'metadata', 'payment_intent', 'reason'],
    run: ({ engines, params }) => engines.refunds.create(params),
  },
  {
    method: 'GET',
    path: '/v1/refunds',
    contract: 'RefundListParams',
    modelled: [...PAGING, 'charge', 'payment_intent'],
    run: listRefunds,
  },
  {
    method: 'GET',
    path: '/v1/refunds/:id',
    contract: 'RefundRetrieveParams',
    modelled: [],
    run: ({ engines, id }) => engines.refunds.retrieve(id),
  },
  {
    method: 'POST',
    path: '/v1/refunds/:id',
    contract: 'RefundUpdateParams',
    modelled: ['metadata'],
    run: ({ engines, id, params }) => engines.refunds.update(id, params),
  },
  {
    method: 'POST',
    path: '/v1/checkout/sessions',
    contract: 'Checkout.SessionCreateParams',
    modelled: SESSION,
    run: ({ engines, params }) => engines.checkoutSessions.create(params),
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions',
    contract: 'Checkout.SessionListParams',
    modelled: [...PAGING, 'payment_intent', 'status'],
    run: listSessions,
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/:id',
    contract: 'Checkout.SessionRetrieveParams',
    modelled: [],
    run: ({ engines, id }) => engines.checkoutSessions.retrieve(id),
  },
  {
    method: 'POST',
    path: '/v1/checkout/sessions/:id/expire',
    contract: 'Checkout.SessionExpireParams',
    modelled: [],
    run: ({ engines, id }) => engines.checkoutSessions.expire(id),
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/:id/line_items',
    contract: 'Checkout.SessionListLineItemsParams',
    modelled: PAGING,
    run: ({ engines, id, params }) =>
      pageOf(engines.checkoutSessions.lineItems(id), params, `/v1/checkout/sessions/${id}/line_items`),
  },
];
