import { graphql } from './graphql.js';

/** What was sold, where and to whom, and who came back. */
export const INSIGHT = graphql(`
  query Insight($merchantId: ID!, $from: Date!, $to: Date!) {
    merchantInsight(merchantId: $merchantId, from: $from, to: $to) {
      soldFen
      refundedFen
      days {
        day
        soldFen
      }
      products {
        productId
        name
        soldFen
        quantity
      }
      channels {
        channel
        soldFen
      }
      publicShareBps
      isDependent
      orderCount
      againCount
      againBps
      countyYear
      counties {
        county {
          code
          name
          fullName
        }
        soldFen
        buyerCount
      }
      otherCountiesFen
    }
  }
`);
