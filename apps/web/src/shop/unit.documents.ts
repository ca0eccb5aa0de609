import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const UNITS = graphql(`
  query MyUnits {
    myProcurementUnits {
      id
      name
      kind
      canteen
      divisionCode
      myRoles
      invoiceTitle
      taxNo
      hasDuty
    }
  }
`);

export const CREDIT = graphql(`
  query UnitCredit($unitId: ID!) {
    unitCredit(unitId: $unitId) {
      limitFen
      usedFen
      daysToPay
    }
  }
`);

export const SHARE = graphql(`
  query UnitShareProgress($unitId: ID!, $year: Int!) {
    unitShareProgress(unitId: $unitId, year: $year) {
      unitId
      year
      reservedFen
      boughtFen
      completionBps
      missingFen
      daysLeft
      byKind {
        kind
        boughtFen
      }
    }
  }
`);

export const UNIT_ORDERS = graphql(`
  query UnitOrders($unitId: ID!, $after: String) {
    unitOrders(unitId: $unitId, first: 12, after: $after) {
      nodes {
        orderId
        state
        paymentTerm
        totalFen
        countedFen
        placedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RECEIVABLES = graphql(`
  query UnitReceivables($unitId: ID!) {
    unitReceivables(unitId: $unitId, first: 24) {
      nodes {
        orderId
        dueOn
        openFen
        state
      }
    }
  }
`);

export const TO_SIGN = graphql(`
  query OrdersToSign {
    ordersToSign(first: 24) {
      nodes {
        id
        totalFen
        placedAt
        expiresAt
        unitId
        daysToPay
        merchantOrders {
          id
          lines {
            id
            productName
            variantName
            quantity
          }
        }
      }
    }
  }
`);

export const SIGN = graphql(`
  mutation OrderSign($orderId: ID!) {
    orderSign(orderId: $orderId) {
      __typename
      ... on OrderSignPayload {
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

export const DECLINE = graphql(`
  mutation OrderDecline($orderId: ID!) {
    orderDecline(orderId: $orderId) {
      __typename
      ... on OrderDeclinePayload {
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

export type Unit = ResultOf<typeof UNITS>['myProcurementUnits'][number];
