import { graphql } from './graphql.js';

export const ORDERS = graphql(`
  query Orders($after: String) {
    orders(first: 12, after: $after) {
      nodes {
        id
        state
        totalFen
        placedAt
        expiresAt
        depositPaidAt
        cancelReason
        merchantOrders {
          id
          state
          handover
          merchant {
            name
          }
          lines {
            id
            productId
            productName
            variantName
            quantity
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ORDER = graphql(`
  query Order($id: ID!) {
    order(id: $id) {
      id
      state
      goodsFen
      subsidyFen
      freightFen
      totalFen
      placedAt
      expiresAt
      paidAt
      cancelReason
      depositFen
      depositPaidAt
      balanceFen
      balanceDueAt
      recipient {
        name
        phone
        address
        county {
          fullName
        }
      }
      payments {
        id
        state
        createdAt
      }
      refunds {
        id
        reason
        state
        amountFen
      }
      timeline {
        kind
        at
        isAhead
        text
      }
      vend {
        state
        items {
          orderLineId
          slotCode
          quantity
          deliveredUnits
        }
      }
      merchantOrders {
        id
        state
        handover
        merchant {
          name
        }
        fulfillments {
          id
          carrier
          trackingNo
        }
        lines {
          id
          productId
          productName
          variantName
          quantity
          goodsFen
          promisedDispatchOn
          originCounty {
            name
          }
        }
      }
    }
  }
`);

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

export const CANCEL = graphql(`
  mutation OrderCancel($orderId: ID!) {
    orderCancel(orderId: $orderId) {
      __typename
      ... on OrderCancelPayload {
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

export const IMPACT = graphql(`
  query ImpactReceipt($orderId: ID!) {
    impactReceipt(orderId: $orderId) {
      orderId
      state
      householdCount
      householdFen
      lines {
        orderLineId
        productName
        quantity
        reach
        householdCount
        householdFen
        originCounty {
          name
        }
      }
    }
  }
`);
