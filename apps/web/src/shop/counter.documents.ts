import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const KIOSK = graphql(`
  query Kiosk($visit: String!) {
    kiosk(visit: $visit) {
      cabinetId
      model
      serialNo
      placeName
      address
      operatorName
      obstacle
      help
      slots {
        code
        productName
        variantId
        variantName
        priceFen
        pricePer500gFen
        availability
        lock
        available
        bestBeforeOn
        product {
          id
          category {
            code
          }
          originCounty {
            name
          }
        }
      }
    }
  }
`);

export const SCAN = graphql(`
  mutation KioskScan($code: String!) {
    kioskScan(code: $code) {
      __typename
      ... on KioskScanPayload {
        visit
        visitEndsAt
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const KIOSK_BUY = graphql(`
  mutation KioskOrderPlace($visit: String!, $input: KioskOrderPlaceInput!) {
    kioskOrderPlace(visit: $visit, input: $input) {
      __typename
      ... on KioskOrderPlacePayload {
        order {
          id
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const OPENING_START = graphql(`
  mutation DoorOpeningStart($visit: String!, $idempotencyKey: ID!) {
    doorOpeningStart(visit: $visit, idempotencyKey: $idempotencyKey) {
      __typename
      ... on DoorOpeningStartPayload {
        doorOpening {
          id
          state
          action {
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

export const OPENING = graphql(`
  query DoorOpening($id: ID!) {
    doorOpening(id: $id) {
      id
      state
      heldFen
      billedFen
      action {
        url
      }
      items {
        slotCode
        variantId
        quantity
        priceFen
      }
      order {
        id
        state
        totalFen
        merchantOrders {
          id
          lines {
            id
            variantId
            productName
            variantName
          }
        }
      }
      dispute {
        state
        said
        dueAt
        note
      }
    }
  }
`);

export const DISPUTE_DEBT = graphql(`
  mutation DoorDebtDispute($openingId: ID!, $text: String!) {
    doorDebtDispute(openingId: $openingId, text: $text) {
      __typename
      ... on DoorDebtDisputePayload {
        doorOpening {
          id
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

export const DOOR_OPEN = graphql(`
  mutation DoorOpen($visit: String!, $openingId: ID!) {
    doorOpen(visit: $visit, openingId: $openingId) {
      __typename
      ... on DoorOpenPayload {
        doorOpening {
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

export const OPENING_CANCEL = graphql(`
  mutation DoorOpeningCancel($openingId: ID!) {
    doorOpeningCancel(openingId: $openingId) {
      __typename
      ... on DoorOpeningCancelPayload {
        doorOpening {
          id
          state
        }
      }
    }
  }
`);

export const OWN_HERE = graphql(`
  query PickUpsHere($visit: String!) {
    pickUpsHere(visit: $visit) {
      id
      orderId
      state
      cellCode
      keptUntil
    }
  }
`);

export const OPEN_OWN = graphql(`
  mutation PickUpOpen($visit: String!, $pickUpId: ID!) {
    pickUpOpen(visit: $visit, pickUpId: $pickUpId) {
      __typename
      ... on PickUpOpenPayload {
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

export const OPEN_BY_CODE = graphql(`
  mutation PickUpOpenByCode($visit: String!, $code: String!) {
    pickUpOpenByCode(visit: $visit, code: $code) {
      __typename
      ... on PickUpOpenByCodePayload {
        cellCode
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export type OwnParcel = ResultOf<typeof OWN_HERE>['pickUpsHere'][number];
export type Kiosk = NonNullable<ResultOf<typeof KIOSK>['kiosk']>;
export type Slot = Kiosk['slots'][number];
export type Opening = NonNullable<ResultOf<typeof OPENING>['doorOpening']>;
