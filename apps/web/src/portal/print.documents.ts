import { graphql } from './graphql.js';

export const PRINT = graphql(`
  query Print($merchantId: ID!) {
    waybillNumbersLeft(merchantId: $merchantId) {
      carrier
      left
    }
    printBatches(merchantId: $merchantId, first: 6) {
      nodes {
        id
        carrier
        openedAt
        packingPath
        labelsPath
        manifestPath
        waybills {
          id
          state
        }
      }
    }
  }
`);

export const PRINT_OPEN = graphql(`
  mutation PrintBatchOpen($input: PrintBatchOpenInput!) {
    printBatchOpen(input: $input) {
      __typename
      ... on PrintBatchOpenPayload {
        printBatch {
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

export const NUMBERS_ADD = graphql(`
  mutation WaybillNumbersAdd($input: WaybillNumbersAddInput!) {
    waybillNumbersAdd(input: $input) {
      __typename
      ... on WaybillNumbersAddPayload {
        addedCount
        knownCount
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const SCAN = graphql(`
  mutation WaybillShip($trackingNo: String!) {
    waybillShip(trackingNo: $trackingNo) {
      __typename
      ... on WaybillShipPayload {
        wasShipped
        merchantOrder {
          id
          recipient {
            name
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
