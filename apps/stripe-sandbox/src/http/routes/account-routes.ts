import { idOf } from '../../engine/core.js';
import { pageOf } from '../page.js';
import { PAGING, type Call, type Route } from '../route.js';

function listTransactions({ engines, params, accountId }: Call): object {
  const [type, source, currency] = ['type', 'source', 'currency'].map((name) => params.textOrNull(name));
  const transactions = engines.balances
    .list(accountId, params.textOrNull('payout'))
    .filter((row) => (type ?? row.type) === row.type)
    .filter((row) => (source ?? idOf(row.source)) === idOf(row.source))
    .filter((row) => (currency ?? row.currency) === row.currency);
  return pageOf(transactions, params, '/v1/balance_transactions');
}

function listTransfers({ engines, params }: Call): object {
  const destination = params.textOrNull('destination');
  const group = params.textOrNull('transfer_group');
  const transfers = engines.transfers
    .list()
    .filter((transfer) => (destination ?? idOf(transfer.destination)) === idOf(transfer.destination))
    .filter((transfer) => (group ?? transfer.transfer_group) === transfer.transfer_group);
  return pageOf(transfers, params, '/v1/transfers');
}

function listDisputes({ engines, params }: Call): object {
  const chargeId = params.textOrNull('charge');
  const intentId = params.textOrNull('payment_intent');
  const disputes = engines.disputes
    .list()
    .filter((dispute) => (chargeId ?? idOf(dispute.charge)) === idOf(dispute.charge))
    .filter((dispute) => (intentId ?? idOf(dispute.payment_intent)) === idOf(dispute.payment_intent));
  return pageOf(disputes, params, '/v1/disputes');
}

export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/balance',
    contract: 'BalanceRetrieveParams',
    modelled: [],
    isPerAccount: true,
    run: ({ engines, accountId }) => engines.balances.balance(accountId),
  },
  {
    method: 'GET',
    path: '/v1/balance_transactions',
    contract: 'BalanceTransactionListParams',
    modelled: [...PAGING, 'currency', 'payout', 'source', 'type'],
    isPerAccount: true,
    run: listTransactions,
  },
  {
    method: 'GET',
    path: '/v1/balance_transactions/:id',
    contract: 'BalanceTransactionRetrieveParams',
    modelled: [],
    isPerAccount: true,
    run: ({ engines, id, accountId }) => engines.balances.retrieve(id, accountId),
  },
  {
    method: 'POST',
    path: '/v1/accounts',
    contract: 'AccountCreateParams',
    modelled: ['business_type', 'capabilities', 'country', 'default_currency', 'email', 'metadata', 'type'],
    run: ({ engines, params }) => engines.accounts.create(params),
  },
  {
    method: 'GET',
    path: '/v1/accounts',
    contract: 'AccountListParams',
    modelled: PAGING,
    run: ({ engines, params }) => pageOf(engines.accounts.list(), params, '/v1/accounts'),
  },
  {
    method: 'GET',
    path: '/v1/accounts/:id',
    contract: 'AccountRetrieveParams',
    modelled: [],
    run: ({ engines, id }) => engines.accounts.retrieve(id),
  },
  {
    method: 'POST',
    path: '/v1/accounts/:id',
    contract: 'AccountUpdateParams',
    modelled: ['capabilities', 'email', 'metadata'],
    run: ({ engines, id, params }) => engines.accounts.update(id, params),
  },
  {
    method: 'POST',
    path: '/v1/transfers',
    contract: 'TransferCreateParams',
    modelled: [
      'amount',
      'currency',
      'description',
      'destination',
      'metadata',
      'source_transaction',
      'transfer_group',
    ],
    run: ({ engines, params }) => engines.transfers.create(params),
  },
  {
    method: 'GET',
    path: '/v1/transfers',
    contract: 'TransferListParams',
    modelled: [...PAGING, 'destination', 'transfer_group'],
    run: listTransfers,
  },
  {
    method: 'GET',
    path: '/v1/transfers/:id',
    contract: 'TransferRetrieveParams',
    modelled: [],
    run: ({ engines, id }) => engines.transfers.retrieve(id),
  },
  {
    method: 'POST',
    path: '/v1/transfers/:id',
    contract: 'TransferUpdateParams',
    modelled: ['description', 'metadata'],
    run: ({ engines, id, params }) => engines.transfers.update(id, params),
  },
  {
    method: 'POST',
    path: '/v1/transfers/:id/reversals',
    contract: 'TransferCreateReversalParams',
    modelled: ['amount', 'metadata'],
    run: ({ engines, id, params }) => engines.transfers.reverse(id, params),
  },
  {
    method: 'GET',
    path: '/v1/transfers/:id/reversals',
    contract: 'TransferListReversalsParams',
    modelled: PAGING,
    run: ({ engines, id, params }) =>
      pageOf(engines.transfers.reversals(id), params, `/v1/transfers/${id}/reversals`),
  },
  {
    method: 'GET',
    path: '/v1/transfers/:id/reversals/:subId',
    contract: 'TransferRetrieveReversalParams',
    modelled: [],
    run: ({ engines, id, subId }) => engines.transfers.reversal(id, subId),
  },
  {
    method: 'POST',
    path: '/v1/payouts',
    contract: 'PayoutCreateParams',
    modelled: ['amount', 'currency', 'description', 'metadata', 'statement_descriptor'],
    isPerAccount: true,
    run: ({ engines, params, accountId }) => engines.payouts.create(params, accountId),
  },
  {
    method: 'GET',
    path: '/v1/payouts',
    contract: 'PayoutListParams',
    modelled: [...PAGING, 'status'],
    isPerAccount: true,
    run: ({ engines, params, accountId }) => {
      const status = params.textOrNull('status');
      const payouts = engines.payouts
        .list(accountId)
        .filter((payout) => (status ?? payout.status) === payout.status);
      return pageOf(payouts, params, '/v1/payouts');
    },
  },
  {
    method: 'GET',
    path: '/v1/payouts/:id',
    contract: 'PayoutRetrieveParams',
    modelled: [],
    isPerAccount: true,
    run: ({ engines, id, accountId }) => engines.payouts.retrieve(id, accountId),
  },
  {
    method: 'POST',
    path: '/v1/payouts/:id/cancel',
    contract: 'PayoutCancelParams',
    modelled: [],
    isPerAccount: true,
    run: ({ engines, id, accountId }) => engines.payouts.cancel(id, accountId),
  },
  {
    method: 'GET',
    path: '/v1/disputes',
    contract: 'DisputeListParams',
    modelled: [...PAGING, 'charge', 'payment_intent'],
    run: listDisputes,
  },
  {
    method: 'GET',
    path: '/v1/disputes/:id',
    contract: 'DisputeRetrieveParams',
    modelled: [],
    run: ({ engines, id }) => engines.disputes.retrieve(id),
  },
  {
    method: 'POST',
    path: '/v1/disputes/:id',
    contract: 'DisputeUpdateParams',
    modelled: ['evidence', 'metadata', 'submit'],
    run: ({ engines, id, params }) => engines.disputes.update(id, params),
  },
  {
    method: 'POST',
    path: '/v1/disputes/:id/close',
    contract: 'DisputeCloseParams',
    modelled: [],
    run: ({ engines, id }) => engines.disputes.close(id, 'lost'),
  },
];
