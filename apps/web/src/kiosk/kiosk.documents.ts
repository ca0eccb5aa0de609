import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

/** Public: the text is that of apps/storefront/documents, which answers it by GET. */
export const KIOSK = graphql(`
  query KioskAt($counterId: ID!) {
    kioskAt(counterId: $counterId) {
      cabinetId
      model
      serialNo
      placeName
      address
      operatorName
      obstacle
      lastSeenAt
      deciCelsius
      place {
        id
        openingHours
        paidTodayFen
      }
      papers {
        kind
        number
        authority
        validUntil
      }
      growers {
        pairingId
        slotCodes
        shownName
        villageName
        story
        hasPhoto
        paidFen
        paidMonth
      }
      slots {
        code
        productId
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
          isCertified
          linkedHouseholdCount
          householdShareBps
          category {
            code
          }
          merchant {
            name
          }
          originCounty {
            code
            name
          }
        }
      }
    }
  }
`);

export const CODE = graphql(`
  mutation KioskCodeIssue($cabinetId: ID!, $credentialId: ID!, $secret: String!) {
    kioskCodeIssue(cabinetId: $cabinetId, credentialId: $credentialId, secret: $secret) {
      __typename
      ... on KioskCodeIssuePayload {
        link
        goodForSeconds
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const CELL = graphql(`
  mutation KioskPickUpOpen($cabinetId: ID!, $credentialId: ID!, $secret: String!, $code: String!) {
    kioskPickUpOpen(cabinetId: $cabinetId, credentialId: $credentialId, secret: $secret, code: $code) {
      __typename
      ... on KioskPickUpOpenPayload {
        cellCode
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export type Kiosk = NonNullable<ResultOf<typeof KIOSK>['kioskAt']>;
export type Slot = Kiosk['slots'][number];
export type Grower = Kiosk['growers'][number];
