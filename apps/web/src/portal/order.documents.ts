import { graphql } from './graphql.js';

/** What waits to leave, the most urgent first. */
export const TO_SHIP = graphql(`
  query ToShip($merchantId: ID!, $filter: OrdersToShipFilter, $after: String) {
    ordersToShip(merchantId: $merchantId, filter: $filter, first: 100, after: $after) {
      nodes {
        id
        state
        handover
        paymentTerm
        dueOn
        recipient {
          name
          phone
          address
          county {
            fullName
            name
          }
        }
        lines {
          id
          productName
          variantName
          quantity
          shippedQuantity
          calledOffQuantity
          batch {
            traceCode
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

export const TO_SHIP_COUNT = graphql(`
  query ToShipCount($merchantId: ID!) {
    ordersToShipCount(merchantId: $merchantId) {
      late
      today
      tomorrow
      later
    }
  }
`);

/** What somebody has to do something about, though it has left. */
export const TROUBLES = graphql(`
  query Troubles($merchantId: ID!) {
    parcelsInTrouble(merchantId: $merchantId, first: 24) {
      nodes {
        fulfillmentId
        carrier
        trackingNo
        trouble
        merchantOrder {
          id
          recipient {
            name
            phone
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

export const ORDERS = graphql(`
  query Orders($merchantId: ID!, $state: MerchantOrderState, $after: String) {
    merchantOrders(merchantId: $merchantId, state: $state, first: 24, after: $after) {
      nodes {
        id
        state
        handover
        goodsFen
        placedAt
        recipient {
          name
          county {
            name
          }
        }
        lines {
          id
          productName
          variantName
          quantity
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
    merchantOrder(id: $id) {
      id
      state
      handover
      paymentTerm
      daysToPay
      goodsFen
      freightFen
      placedAt
      dueOn
      paidAt
      shippedAt
      receivedAt
      receivedBy
      autoReceiptAt
      releaseDueAt
      completedAt
      recipient {
        name
        phone
        address
        county {
          fullName
        }
      }
      lines {
        id
        productName
        variantName
        quantity
        goodsFen
        netWeightG
        shippedQuantity
        calledOffQuantity
        batch {
          traceCode
        }
      }
      delayNotices {
        id
        promisedOn
        proposedOn
        reason
        state
      }
      fulfillments {
        id
        carrier
        trackingNo
        shippedAt
        receivedAt
        isReplacement
        tracking {
          kind
          place
          at
        }
        lines {
          quantity
          orderLine {
            id
            productName
            variantName
          }
        }
      }
    }
  }
`);

/** Another day, and why. */
export const DELAY = graphql(`
  mutation OrderDelayAnnounce($input: OrderDelayAnnounceInput!) {
    orderDelayAnnounce(input: $input) {
      __typename
      ... on OrderDelayAnnouncePayload {
        askedCount
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

/** The part that a merchant has of an order: statements name the order. */
export const PART_OF_ORDER = graphql(`
  query PartOfOrder($merchantId: ID!, $orderId: ID!) {
    merchantOrders(merchantId: $merchantId, orderId: $orderId, first: 1) {
      nodes {
        id
      }
    }
  }
`);

export const SHIP = graphql(`
  mutation MerchantOrderShip($input: MerchantOrderShipInput!) {
    merchantOrderShip(input: $input) {
      __typename
      ... on MerchantOrderShipPayload {
        merchantOrder {
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

export const READY = graphql(`
  mutation MerchantOrderReady($merchantOrderId: ID!) {
    merchantOrderReady(merchantOrderId: $merchantOrderId) {
      __typename
      ... on MerchantOrderReadyPayload {
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
