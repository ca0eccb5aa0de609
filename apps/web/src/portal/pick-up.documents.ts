import { graphql } from './graphql.js';

/** Only how many there are, for the first page. */
export const PICK_UP_TASKS = graphql(`
  query PickUpTasks($merchantId: ID!) {
    expected: pickUpsExpected(merchantId: $merchantId, first: 20) {
      nodes {
        merchantOrderId
      }
    }
    overdue: pickUps(merchantId: $merchantId, state: OVERDUE, first: 20) {
      nodes {
        id
      }
    }
    stuck: pickUps(merchantId: $merchantId, state: STUCK, first: 20) {
      nodes {
        id
      }
    }
  }
`);

/** What cabinets are called: a parcel says only in which one it lies. */
export const CABINET_NAMES = graphql(`
  query CabinetNames($merchantId: ID!, $after: String) {
    cabinets(merchantId: $merchantId, first: 100, after: $after) {
      nodes {
        id
        placeName
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PICK_UPS_EXPECTED = graphql(`
  query PickUpsExpected($merchantId: ID!, $after: String) {
    pickUpsExpected(merchantId: $merchantId, first: 24, after: $after) {
      nodes {
        merchantOrderId
        cabinetId
        placeName
        merchantName
        promisedOn
        weightG
        hasPerishables
        lines {
          id
          productName
          variantName
          quantity
        }
        fittingCells
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PICK_UPS = graphql(`
  query PickUps($merchantId: ID!, $state: PickUpState, $after: String) {
    pickUps(merchantId: $merchantId, state: $state, first: 24, after: $after) {
      nodes {
        id
        merchantOrderId
        cabinetId
        cellCode
        state
        placedAt
        keptUntil
        takenBackAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PICK_UP_PLACE = graphql(`
  mutation PickUpPlace($cabinetId: ID!, $merchantOrderId: ID!, $cellCode: ID!) {
    pickUpPlace(cabinetId: $cabinetId, merchantOrderId: $merchantOrderId, cellCode: $cellCode) {
      ... on PickUpPlacePayload {
        pickUp {
          id
          cellCode
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

export const PICK_UP_TAKE_BACK = graphql(`
  mutation PickUpTakeBack($pickUpId: ID!, $isAgain: Boolean!) {
    pickUpTakeBack(pickUpId: $pickUpId, isAgain: $isAgain) {
      ... on PickUpTakeBackPayload {
        pickUp {
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
