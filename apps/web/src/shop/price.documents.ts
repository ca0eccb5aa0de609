import { graphql } from './graphql.js';

export const PRICE_HISTORY = graphql(`
  query PriceHistory($productId: ID!, $after: String) {
    priceHistory(productId: $productId, first: 24, after: $after) {
      nodes {
        id
        variantId
        variantName
        grade
        netWeightG
        priceFen
        pricePer500gFen
        reason
        changedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
