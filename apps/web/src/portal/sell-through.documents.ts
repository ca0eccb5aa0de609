import { graphql } from './graphql.js';

export const SELL_THROUGHS = graphql(`
  query SellThroughs($merchantId: ID!, $after: String) {
    sellThroughs(merchantId: $merchantId, first: 24, after: $after) {
      nodes {
        id
        month
        fileName
        state
        rowCount
        faultyCount
        amountFen
        isCounted
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SELL_THROUGH = graphql(`
  query SellThrough($id: ID!) {
    sellThrough(id: $id) {
      id
      month
      fileName
      state
      rowCount
      faultyCount
      newCount
      changedCount
      amountFen
      isAfterClose
      reason
      takenCount
      isCounted
      rejectedCount
    }
  }
`);

export const SELL_THROUGH_FAULTS = graphql(`
  query SellThroughFaults($id: ID!, $after: String) {
    sellThroughRows(sellThroughId: $id, isFaulty: true, first: 24, after: $after) {
      nodes {
        rowNo
        key
        place
        goods
        quantity
        amount
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

export const SELL_THROUGH_CONFIRM = graphql(`
  mutation SellThroughConfirm($id: ID!, $reason: String) {
    sellThroughConfirm(sellThroughId: $id, reason: $reason) {
      ... on SellThroughConfirmPayload {
        sellThrough {
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
