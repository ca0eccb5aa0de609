import { graphql } from './graphql.js';

export const CASES = graphql(`
  query Cases($merchantId: ID!, $states: [AfterSaleState!], $after: String) {
    afterSales(merchantId: $merchantId, states: $states, first: 24, after: $after) {
      nodes {
        id
        kind
        reason
        state
        productName
        variantName
        quantity
        askedFen
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
      merchantOrderId
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
        isReused
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

export const APPROVE = graphql(`
  mutation AfterSaleApprove($id: ID!, $returnAddress: String) {
    afterSaleApprove(id: $id, returnAddress: $returnAddress) {
      __typename
      ... on AfterSaleApprovePayload {
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

export const REFUSE = graphql(`
  mutation AfterSaleRefuse($id: ID!, $reason: String!, $photos: [PhotoInput!]) {
    afterSaleRefuse(id: $id, reason: $reason, photos: $photos) {
      __typename
      ... on AfterSaleRefusePayload {
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

export const APPEAL = graphql(`
  mutation AfterSaleAppeal($id: ID!, $reason: String!, $photos: [PhotoInput!]) {
    afterSaleAppeal(id: $id, reason: $reason, photos: $photos) {
      __typename
      ... on AfterSaleAppealPayload {
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

export const CONFIRM_RETURN = graphql(`
  mutation AfterSaleReturnConfirm($id: ID!) {
    afterSaleReturnConfirm(id: $id) {
      __typename
      ... on AfterSaleReturnConfirmPayload {
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

export const REPLACE = graphql(`
  mutation AfterSaleReplacementShip($id: ID!, $carrier: String!, $trackingNo: String!) {
    afterSaleReplacementShip(id: $id, carrier: $carrier, trackingNo: $trackingNo) {
      __typename
      ... on AfterSaleReplacementShipPayload {
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
