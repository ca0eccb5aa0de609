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
];
