import { graphql } from './graphql.js';

export const STOCK_ITEMS = graphql(`
  query StockItems($merchantId: ID!, $after: String) {
    stockItems(merchantId: $merchantId, first: 24, after: $after) {
      nodes {
        variant {
          id
          name
          productName
        }
        isOnSale
        onHand
        reserved
        available
        expected
        held
        coverDays
        places {
          id
          kind
          name
          onHand
        }
        thresholds {
          channelPointId
          units
          lowSince
        }
        presale {
          id
          capacityG
          promisedG
          heldG
          nextOn
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** What goes on: what is to be looked at, by whom it may be. */
export const STOCK_TASKS = graphql(`
  query StockTasks($merchantId: ID!) {
    stockAlerts(merchantId: $merchantId, first: 24) {
      nodes {
        variant {
          id
          name
          productName
        }
        channelPointId
        placeName
        units
      }
    }
    stockCounts(merchantId: $merchantId, first: 10) {
      nodes {
        id
        state
        openedAt
      }
    }
  }
`);

/** What waits for somebody else: a second person, or a van. */
export const STOCK_WAITING = graphql(`
  query StockWaiting($merchantId: ID!) {
    stockWriteOffs(merchantId: $merchantId, state: REQUESTED, first: 24) {
      nodes {
        id
        why
        note
        valueFen
        isOwn
        requestedBy
        lines {
          quantity
          variant {
            name
            productName
          }
        }
      }
    }
    stockTransfers(merchantId: $merchantId, state: SENT, first: 24) {
      nodes {
        id
        to {
          name
        }
        from {
          name
        }
        lines {
          quantity
          receivedUnits
          lostUnits
          returnedUnits
        }
      }
    }
  }
`);

/** Only how many there are, for the first page. */
export const STOCK_ALERTS = graphql(`
  query StockAlerts($merchantId: ID!) {
    stockAlerts(merchantId: $merchantId, first: 24) {
      nodes {
        variant {
          id
        }
      }
    }
  }
`);

export const STOCK_ITEM = graphql(`
  query StockItem($merchantId: ID!, $variantId: ID!) {
    stockItem(merchantId: $merchantId, variantId: $variantId) {
      variant {
        id
        name
        productName
        priceFen
      }
      onHand
      reserved
      available
      expected
      held
      soldUnits
      coverDays
      places {
        id
        kind
        name
        channelPointId
        onHand
        reserved
      }
      thresholds {
        channelPointId
        placeName
        units
        lowSince
      }
    }
  }
`);

export const STOCK_MOVEMENTS = graphql(`
  query StockMovements($merchantId: ID!, $variantId: ID!, $channelPointId: ID, $after: String) {
    stockMovements(
      merchantId: $merchantId
      variantId: $variantId
      channelPointId: $channelPointId
      first: 24
      after: $after
    ) {
      nodes {
        id
        kind
        quantity
        movedAt
        cause
        documentId
        note
        merchantOrderId
        movedBy
        batch {
          id
          traceCode
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** What lies in a place, batch by batch. */
export const STOCK_SHEET = graphql(`
  query StockSheet($merchantId: ID!, $channelPointId: ID, $after: String) {
    stockLevels(merchantId: $merchantId, channelPointId: $channelPointId, first: 100, after: $after) {
      nodes {
        id
        onHand
        reserved
        variant {
          id
          name
          productName
        }
        batch {
          id
          traceCode
          harvestedOn
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const THRESHOLD_SET = graphql(`
  mutation StockThresholdSet($merchantId: ID!, $variantId: ID!, $channelPointId: ID, $units: Int) {
    stockThresholdSet(
      merchantId: $merchantId
      variantId: $variantId
      channelPointId: $channelPointId
      units: $units
    ) {
      __typename
      ... on StockThresholdSetPayload {
        item {
          onHand
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

export const WRITE_OFF = graphql(`
  mutation StockWriteOff($input: StockWriteOffInput!) {
    stockWriteOffRequest(input: $input) {
      __typename
      ... on StockWriteOffRequestPayload {
        writeOff {
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

export const WRITE_OFF_DECIDE = graphql(`
  mutation StockWriteOffDecide($writeOffId: ID!, $verdict: Verdict!, $reason: String) {
    stockWriteOffDecide(writeOffId: $writeOffId, verdict: $verdict, reason: $reason) {
      __typename
      ... on StockWriteOffDecidePayload {
        writeOff {
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

export const WRITE_OFF_WITHDRAW = graphql(`
  mutation StockWriteOffWithdraw($writeOffId: ID!) {
    stockWriteOffWithdraw(writeOffId: $writeOffId) {
      __typename
      ... on StockWriteOffWithdrawPayload {
        writeOff {
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
