import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const PRESALE_DAYS = graphql(`
  query PresaleDays($productId: ID!) {
    product(id: $productId) {
      id
      variants {
        id
        netWeightG
      }
      presales {
        id
        variantIds
        takesOrders
        firstOn
        lastOn
        days {
          day
          freeG
        }
      }
    }
  }
`);

export type PresaleProduct = NonNullable<ResultOf<typeof PRESALE_DAYS>['product']>;
