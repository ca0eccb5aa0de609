import { graphql } from './graphql.js';

export const OFFTAKES = graphql(`
  query Offtakes($merchantId: ID!, $side: RangeSide!, $state: OfftakeState, $after: String) {
    offtakes(merchantId: $merchantId, side: $side, state: $state, first: 24, after: $after) {
      nodes {
        id
        placeName
        operatorName
        merchantName
        productName
        variantName
        quantity
        amountFen
        boughtOn
        documentNo
        state
        reason
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const OFFTAKE_TELL = graphql(`
  mutation OfftakeTell($input: OfftakeTellInput!) {
    offtakeTell(input: $input) {
      ... on OfftakeTellPayload {
        offtake {
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

export const OFFTAKE_DECIDE = graphql(`
  mutation OfftakeDecide($offtakeId: ID!, $act: OfftakeAct!, $reason: String) {
    offtakeDecide(offtakeId: $offtakeId, act: $act, reason: $reason) {
      ... on OfftakeDecidePayload {
        offtake {
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
