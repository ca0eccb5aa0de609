import { graphql } from './graphql.js';

export const STOCK = graphql(`
  query Stock($merchantId: ID!, $after: String) {
    stockLevels(merchantId: $merchantId, first: 100, after: $after) {
      nodes {
        id
        onHand
        reserved
        variant {
          id
          name
          productName
          priceFen
        }
        batch {
          id
          traceCode
          harvestedOn
          bestBeforeOn
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RECEIVE = graphql(`
  mutation StockReceive($input: StockReceiveInput!) {
    stockReceive(input: $input) {
      __typename
      ... on StockReceivePayload {
        stockLevel {
          id
          onHand
          reserved
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);
