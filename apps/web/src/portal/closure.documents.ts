import { graphql } from './graphql.js';

export const CLOSURE = graphql(`
  query Closure($merchantId: ID!) {
    merchantClosure(merchantId: $merchantId) {
      id
      state
      askedAs
      reason
      askedAt
      endedAt
      endedReason
      papersKeptUntil
      obstacles {
        kind
        count
        amountFen
      }
    }
  }
`);

export const CLOSURE_ASK = graphql(`
  mutation MerchantClosureAsk($merchantId: ID!, $reason: String!) {
    merchantClosureAsk(merchantId: $merchantId, reason: $reason) {
      __typename
      ... on MerchantClosureAskPayload {
        closure {
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

export const CLOSURE_REOPEN = graphql(`
  mutation MerchantClosureReopen($merchantId: ID!, $reason: String!) {
    merchantClosureReopen(merchantId: $merchantId, reason: $reason) {
      __typename
      ... on MerchantClosureReopenPayload {
        closure {
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
