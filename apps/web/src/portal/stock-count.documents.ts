import { graphql } from './graphql.js';

export const STOCK_COUNT = graphql(`
  query StockCount($countId: ID!) {
    stockCount(countId: $countId) {
      id
      channelPointId
      state
      note
      valueFen
      isOwn
      postedBy
      openedAt
      lines {
        countedUnits
        difference
        adjusted
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
  }
`);

export const COUNT_OPEN = graphql(`
  mutation StockCountOpen($merchantId: ID!, $channelPointId: ID) {
    stockCountOpen(merchantId: $merchantId, channelPointId: $channelPointId) {
      __typename
      ... on StockCountOpenPayload {
        count {
          id
        }
      }
    }
  }
`);

export const COUNT_ENTER = graphql(`
  mutation StockCountEnter($countId: ID!, $entries: [StockCountEntryInput!]!) {
    stockCountEnter(countId: $countId, entries: $entries) {
      __typename
      ... on StockCountEnterPayload {
        count {
          id
          lines {
            countedUnits
            difference
            adjusted
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
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const COUNT_POST = graphql(`
  mutation StockCountPost($countId: ID!, $note: String!) {
    stockCountPost(countId: $countId, note: $note) {
      __typename
      ... on StockCountPostPayload {
        count {
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

export const COUNT_DECIDE = graphql(`
  mutation StockCountDecide($countId: ID!, $verdict: Verdict!, $reason: String) {
    stockCountDecide(countId: $countId, verdict: $verdict, reason: $reason) {
      __typename
      ... on StockCountDecidePayload {
        count {
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

export const COUNT_WITHDRAW = graphql(`
  mutation StockCountWithdraw($countId: ID!) {
    stockCountWithdraw(countId: $countId) {
      __typename
      ... on StockCountWithdrawPayload {
        count {
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

export const COUNT_DISCARD = graphql(`
  mutation StockCountDiscard($countId: ID!) {
    stockCountDiscard(countId: $countId) {
      __typename
      ... on StockCountDiscardPayload {
        count {
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
