import { graphql } from './graphql.js';

/** A hundred at a time, to choose from. */
export const OWN_PLACES = graphql(`
  query OwnPlaces($merchantId: ID!, $kind: ChannelKind, $after: String) {
    places(merchantId: $merchantId, kind: $kind, first: 100, after: $after) {
      nodes {
        id
        name
        state
        countyCode
        operatorId
        contractSeriesId
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RANGE_OFFERS = graphql(`
  query RangeOffers($merchantId: ID!, $placeId: ID, $state: RangeOfferState, $after: String) {
    rangeOffers(
      merchantId: $merchantId
      side: OPERATOR
      placeId: $placeId
      state: $state
      first: 24
      after: $after
    ) {
      nodes {
        id
        placeName
        productName
        merchantName
        state
        proposedAt
        decidedAt
        reason
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RANGE_GOODS = graphql(`
  query RangeGoods($placeId: ID!, $text: String!, $after: String) {
    rangeGoods(placeId: $placeId, text: $text, first: 24, after: $after) {
      nodes {
        productId
        name
        merchantId
        merchantName
        originName
        isCertified
        priceFromFen
        variants {
          id
          name
          priceFen
        }
        offer {
          id
          state
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RANGE_PROPOSE = graphql(`
  mutation RangePropose($placeId: ID!, $productIds: [ID!]!) {
    rangePropose(placeId: $placeId, productIds: $productIds) {
      ... on RangeProposePayload {
        offers {
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
          path
          message
        }
      }
    }
  }
`);
