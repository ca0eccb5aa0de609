import { graphql } from './graphql.js';

export const PAY = graphql(`
  mutation PaymentStart($orderId: ID!, $method: PaymentMethod!) {
    paymentStart(orderId: $orderId, method: $method) {
      __typename
      ... on PaymentStartPayload {
        payment {
          id
          state
          action {
            kind
            url
          }
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);
