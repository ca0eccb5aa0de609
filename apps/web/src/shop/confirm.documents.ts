import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const CONFIRMATION = graphql(`
  query LinkageConfirmation($token: String!) {
    linkageConfirmation(token: $token) {
      merchantName
      kind
      amountFen
      paidOn
      state
      expiresAt
    }
  }
`);

export const CONFIRM = graphql(`
  mutation LinkageConfirm($token: String!, $isReceived: Boolean!, $reason: String) {
    linkageConfirm(token: $token, isReceived: $isReceived, reason: $reason) {
      __typename
      ... on LinkageConfirmPayload {
        confirmation {
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

export type Confirmation = NonNullable<ResultOf<typeof CONFIRMATION>['linkageConfirmation']>;
