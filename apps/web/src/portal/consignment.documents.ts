import { graphql } from './graphql.js';

export const RANGE_ASKED = graphql(`
  query RangeAsked($merchantId: ID!, $state: RangeOfferState, $after: String) {
    rangeOffers(merchantId: $merchantId, side: SELLER, state: $state, first: 24, after: $after) {
      nodes {
        id
        placeName
        operatorName
        productName
        state
        proposedAt
        decidedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RANGE_DECIDE = graphql(`
  mutation RangeDecide($offerId: ID!, $act: RangeAct!, $reason: String) {
    rangeDecide(offerId: $offerId, act: $act, reason: $reason) {
      ... on RangeDecidePayload {
        offer {
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

export const CONSIGNMENT_SALES = graphql(`
  query ConsignmentSales($merchantId: ID!, $month: Date!, $after: String) {
    consignmentSales(merchantId: $merchantId, month: $month, first: 24, after: $after) {
      nodes {
        placeId
        placeName
        variantId
        productName
        variantName
        quantity
        amountFen
        shortUnits
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
