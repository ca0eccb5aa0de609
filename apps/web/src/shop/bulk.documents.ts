import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const BULK_ORDERS = graphql(`
  query BulkOrders($unitId: ID!, $after: String) {
    bulkOrders(unitId: $unitId, first: 12, after: $after) {
      nodes {
        id
        fileName
        reference
        state
        rowCount
        totalFen
        checkedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BULK_ORDER = graphql(`
  query BulkOrder($id: ID!) {
    bulkOrder(id: $id) {
      id
      unitId
      fileName
      reference
      state
      mode
      paymentTerm
      isForUnion
      rowCount
      faultyRowCount
      goodsFen
      freightFen
      totalFen
      checkedAt
      progress {
        waiting
        placed
        signed
        refused
        undone
      }
    }
  }
`);

export const BULK_FAULTS = graphql(`
  query BulkOrderRows($bulkOrderId: ID!, $after: String) {
    bulkOrderRows(bulkOrderId: $bulkOrderId, isFaultyOnly: true, first: 12, after: $after) {
      nodes {
        rowNo
        recipient
        faults {
          column
          message
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BULK_PARCELS = graphql(`
  query BulkOrderParcels($bulkOrderId: ID!, $after: String) {
    bulkOrderParcels(bulkOrderId: $bulkOrderId, first: 12, after: $after) {
      nodes {
        parcelNo
        name
        address
        totalFen
        state
        orderId
        refusal {
          message
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BULK_CHECK = graphql(`
  mutation BulkOrderCheck($bulkOrderId: ID!) {
    bulkOrderCheck(bulkOrderId: $bulkOrderId) {
      __typename
      ... on BulkOrderCheckPayload {
        bulkOrder {
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

export const BULK_DISCARD = graphql(`
  mutation BulkOrderDiscard($bulkOrderId: ID!) {
    bulkOrderDiscard(bulkOrderId: $bulkOrderId) {
      __typename
      ... on BulkOrderDiscardPayload {
        bulkOrder {
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

export const BULK_SIGN = graphql(`
  mutation BulkOrderSign($bulkOrderId: ID!) {
    bulkOrderSign(bulkOrderId: $bulkOrderId) {
      __typename
      ... on BulkOrderSignPayload {
        bulkOrder {
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

export const BULK_CANCEL = graphql(`
  mutation BulkOrderCancel($bulkOrderId: ID!) {
    bulkOrderCancel(bulkOrderId: $bulkOrderId) {
      __typename
      ... on BulkOrderCancelPayload {
        bulkOrder {
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

export const BULK_CONFIRM = graphql(`
  mutation BulkOrderConfirm($input: BulkOrderConfirmInput!) {
    bulkOrderConfirm(input: $input) {
      __typename
      ... on BulkOrderConfirmPayload {
        bulkOrder {
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
          message
        }
      }
    }
  }
`);

export type BulkOrder = NonNullable<ResultOf<typeof BULK_ORDER>['bulkOrder']>;
