import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const ASKABLE = graphql(`
  query Askable($orderId: ID!) {
    order(id: $orderId) {
      id
      merchantOrders {
        id
        merchant {
          name
        }
        fulfillments {
          receivedAt
          isReplacement
          lines {
            quantity
            orderLine {
              id
            }
          }
        }
        lines {
          id
          productName
          variantName
          quantity
          netWeightG
          goodsFen
          afterSaleUntil
          afterSaleOptions {
            kind
            reasons
          }
          review {
            id
          }
        }
      }
    }
  }
`);

export const PREVIEW_CASE = graphql(`
  query AfterSalePreview($input: AfterSaleAskInput!) {
    afterSalePreview(input: $input) {
      askedFen
      freightFen
      badShareBps
    }
  }
`);

export const OPEN_CASE = graphql(`
  mutation AfterSaleOpen($input: AfterSaleOpenInput!) {
    afterSaleOpen(input: $input) {
      __typename
      ... on AfterSaleOpenPayload {
        afterSale {
          id
          state
        }
      }
      ... on DomainError {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          message
        }
      }
    }
  }
`);

export type AskableLine = NonNullable<
  ResultOf<typeof ASKABLE>['order']
>['merchantOrders'][number]['lines'][number];
