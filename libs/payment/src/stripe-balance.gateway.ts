import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { type Fen, fen, sumFen } from '#libs/kernel';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { type Outcome, askStripe, stripeClient } from '#platform/stripe';
import {
  type MovementPage,
  type MovementQuestion,
  ProviderBalanceGateway,
} from './provider-balance.gateway.js';
import { movementOf } from './stripe-movement.rules.js';

const MOVEMENTS_PER_PAGE = 100;

/** Balance and balance transactions of the platform's account. */
@Injectable()
export class StripeBalanceGateway extends ProviderBalanceGateway {
  private readonly stripe: Stripe;

  constructor(
    config: Config,
    private readonly database: Database,
  ) {
    super();
    this.stripe = stripeClient(config);
  }

  movements({ from, to, after }: MovementQuestion): Promise<Outcome<MovementPage>> {
    const created = { gte: Math.floor(from.getTime() / 1000), lt: Math.ceil(to.getTime() / 1000) };
    return askStripe(this.database, async (): Promise<Outcome<MovementPage>> => {
      const { data, has_more: hasMore } = await this.stripe.balanceTransactions.list({
        created,
        currency: 'cny',
        limit: MOVEMENTS_PER_PAGE,
        expand: ['data.source'],
        ...(after !== null && { starting_after: after }),
      });
      return { kind: 'succeeded', value: { movements: data.map(movementOf), hasMore } };
    });
  }

  balanceFen(): Promise<Outcome<Fen>> {
    return askStripe(this.database, async (): Promise<Outcome<Fen>> => {
      const { available, pending } = await this.stripe.balance.retrieve();
      const inCny = [...available, ...pending].filter(({ currency }) => currency === 'cny');
      return { kind: 'succeeded', value: sumFen(inCny.map(({ amount }) => fen(amount))) };
    });
  }
}
