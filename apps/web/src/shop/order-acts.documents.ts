import { graphql } from './graphql.js';

export const RECEIVE = graphql(`
  mutation MerchantOrderReceive($merchantOrderId: ID!) {
    merchantOrderReceive(merchantOrderId: $merchantOrderId) {
      __typename
      ... on MerchantOrderReceivePayload {
        merchantOrder {
          id
          state
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const RECEIVE_PARCEL = graphql(`
  mutation FulfillmentReceive($fulfillmentId: ID!) {
    fulfillmentReceive(fulfillmentId: $fulfillmentId) {
      __typename
      ... on FulfillmentReceivePayload {
        merchantOrder {
          id
          state
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const CALL_OFF_REST = graphql(`
  mutation MerchantOrderCallOffRest($merchantOrderId: ID!) {
    merchantOrderCallOffRest(merchantOrderId: $merchantOrderId) {
      __typename
      ... on MerchantOrderCallOffRestPayload {
        merchantOrder {
          id
          state
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const ANSWER_DELAY = graphql(`
  mutation DelayNoticeAnswer($noticeId: ID!, $choice: DelayChoice!) {
    delayNoticeAnswer(noticeId: $noticeId, choice: $choice) {
      __typename
      ... on DelayNoticeAnswerPayload {
        order {
          id
          state
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const BUY_AGAIN = graphql(`
  mutation OrderBuyAgain($orderId: ID!) {
    orderBuyAgain(orderId: $orderId) {
      __typename
      ... on OrderBuyAgainPayload {
        cart {
          totalFen
        }
        lines {
          variantId
          productName
          variantName
          cartQuantity
          outcome
          changes
        }
      }
    }
  }
`);

/** Of a guest, by their phone. */
export const CLAIM_ORDER = graphql(`
  mutation GuestOrderClaim($orderId: ID!) {
    guestOrderClaim(orderId: $orderId) {
      __typename
      ... on GuestOrderClaimPayload {
        order {
          id
        }
      }
    }
  }
`);
