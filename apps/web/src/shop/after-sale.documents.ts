import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const CASES = graphql(`
  query Cases($after: String) {
    afterSales(first: 24, after: $after) {
      nodes {
        id
        kind
        reason
        state
        productName
        variantName
        quantity
        askedFen
        grantedFen
        dueAt
        openedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CASE = graphql(`
  query Case($id: ID!) {
    afterSale(id: $id) {
      id
      kind
      reason
      state
      orderId
      productName
      variantName
      quantity
      badWeightG
      badShareBps
      askedFen
      grantedFen
      returnAddress
      returnCarrier
      returnTrackingNo
      replacement {
        carrier
        trackingNo
      }
      photos {
        id
        side
        subject
        path
      }
      steps {
        act
        side
        note
        at
      }
      dueAt
      openedAt
    }
  }
`);

export const WITHDRAW = graphql(`
  mutation AfterSaleWithdraw($id: ID!) {
    afterSaleWithdraw(id: $id) {
      __typename
      ... on AfterSaleWithdrawPayload {
        afterSale {
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

export const ACCEPT = graphql(`
  mutation AfterSaleAccept($id: ID!) {
    afterSaleAccept(id: $id) {
      __typename
      ... on AfterSaleAcceptPayload {
        afterSale {
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

export const CONTEST = graphql(`
  mutation AfterSaleContest($id: ID!, $text: String!) {
    afterSaleContest(id: $id, text: $text) {
      __typename
      ... on AfterSaleContestPayload {
        afterSale {
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

export const SEND_BACK = graphql(`
  mutation AfterSaleSendBack($id: ID!, $carrier: String!, $trackingNo: String!) {
    afterSaleSendBack(id: $id, carrier: $carrier, trackingNo: $trackingNo) {
      __typename
      ... on AfterSaleSendBackPayload {
        afterSale {
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

export const REPLACEMENT_HERE = graphql(`
  mutation AfterSaleReplacementReceive($id: ID!) {
    afterSaleReplacementReceive(id: $id) {
      __typename
      ... on AfterSaleReplacementReceivePayload {
        afterSale {
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

export type Case = NonNullable<ResultOf<typeof CASE>['afterSale']>;
