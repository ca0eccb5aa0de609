import { graphql } from './graphql.js';

export const TRANSFERS = graphql(`
  query StockTransfers($merchantId: ID!, $after: String) {
    stockTransfers(merchantId: $merchantId, first: 24, after: $after) {
      nodes {
        id
        state
        note
        draftedAt
        sentAt
        from {
          name
        }
        to {
          name
        }
        lines {
          quantity
          receivedUnits
          lostUnits
          returnedUnits
          variant {
            id
            name
            productName
          }
          batch {
            id
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

export const DESTINATIONS = graphql(`
  query StockDestinations($kind: StockDestinationKind!, $after: String) {
    stockDestinations(kind: $kind, first: 100, after: $after) {
      nodes {
        channelPointId
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Where one's goods lie besides the warehouse. */
export const STOCKED_PLACES = graphql(`
  query StockedPlaces($merchantId: ID!, $after: String) {
    stockItems(merchantId: $merchantId, first: 100, after: $after) {
      nodes {
        places {
          channelPointId
          kind
          name
          onHand
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const TRANSFER_DRAFT = graphql(`
  mutation StockTransferDraft($input: StockTransferInput!) {
    stockTransferDraft(input: $input) {
      __typename
      ... on StockTransferDraftPayload {
        transfer {
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

export const TRANSFER_SEND = graphql(`
  mutation StockTransferSend($transferId: ID!) {
    stockTransferSend(transferId: $transferId) {
      __typename
      ... on StockTransferSendPayload {
        transfer {
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

export const TRANSFER_RECEIVE = graphql(`
  mutation StockTransferReceive($transferId: ID!, $lines: [StockLineInput!]!, $causeKey: ID!) {
    stockTransferReceive(transferId: $transferId, lines: $lines, causeKey: $causeKey) {
      __typename
      ... on StockTransferReceivePayload {
        transfer {
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

export const TRANSFER_CANCEL = graphql(`
  mutation StockTransferCancel($transferId: ID!) {
    stockTransferCancel(transferId: $transferId) {
      __typename
      ... on StockTransferCancelPayload {
        transfer {
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
