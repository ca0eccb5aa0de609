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

/** What is too much, and which units need some. */
export const SEASON_BOARD = graphql(`
  query SeasonBoard($merchantId: ID!) {
    seasonBoard(merchantId: $merchantId) {
      kindCode
      nameZh
      nameEn
      season {
        opensOn
        closesOn
        isOpen
      }
      freeKg
      comingKg
      soldKg
      coverDays
      cover
      overKg
      demands {
        id
        unitName
        weightKg
        fromOn
        toOn
        county {
          fullName
        }
        note
      }
    }
  }
`);
