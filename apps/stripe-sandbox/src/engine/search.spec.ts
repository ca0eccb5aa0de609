import type Stripe from 'stripe';
import { Problem } from '../http/problem.js';
import { searchTest } from './search.js';

const intent = {
  amount: 500,
  created: 1_700_000_000,
  currency: 'cny',
  metadata: { payment_ref: 'pay_1', note: 'it is "here"' },
  status: 'succeeded',
} as unknown as Stripe.PaymentIntent;

it.each([
  [`metadata['payment_ref']:'pay_1'`, true],
  [`metadata["payment_ref"]:"pay_1"`, true],
  [`metadata['payment_ref']:'pay_2'`, false],
  [`metadata['note']:'it is "here"'`, true],
  [`metadata['absent']:null`, true],
  [`status:'succeeded' AND amount>499`, true],
  [`status:'succeeded' AND amount>500`, false],
  [`status:'canceled' OR amount<=500`, true],
  [`-status:'canceled'`, true],
  [`created>=1700000000 currency:'CNY'`, true],
])('%s is %s', (query, isFound) => {
  expect(searchTest(query)(intent)).toBe(isFound);
});

it.each([
  '',
  'status',
  `status:'a' AND amount>1 OR amount<2`,
  `colour:'red'`,
  'amount:many',
  `status:'a' nonsense`,
])('refuses %s', (query) => {
  expect(() => searchTest(query)).toThrow(Problem);
});
