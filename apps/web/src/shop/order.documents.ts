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
      paymentTerm
      unitId
      presale {
        promisedDispatchOn
      }
      adoptions {
        id
      }
      delayNotices {
        id
        merchantOrderId
        cause
        reason
        promisedOn
        proposedOn
        state
        answerDueAt
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
        autoReceiptAt
        pickUp {
          id
          state
          cellCode
          code
          keptUntil
          takenAt
        }
        fulfillments {
          id
          carrier
          trackingNo
          shippedAt
          receivedAt
          isReplacement
          lines {
            quantity
            orderLine {
              id
            }
          }
        }
        lines {
          id
          productId
          productName
          variantName
          quantity
          goodsFen
          promisedDispatchOn
          afterSaleOptions {
            kind
          }
          afterSales {
            id
            state
          }
          review {
            id
          }
          originCounty {
            name
          }
        }
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
