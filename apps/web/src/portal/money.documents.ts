import { graphql } from './graphql.js';

export const MONEY = graphql(`
  query Money($merchantId: ID!, $counterId: ID) {
    payoutOutlook(merchantId: $merchantId, counterId: $counterId) {
      nextOn
      nextFen
      obstacle
      minimumFen
      laterFen
      laterOn
      onTheWayFen
      availableFen
      heldFen
      nextReleaseAt
      nextReleaseOn
      clawbackFen
      isCalendarKnown
    }
    receivableTotal(merchantId: $merchantId) {
      openFen
      oldestDueOn
    }
    bankAccount(merchantId: $merchantId, counterId: $counterId) {
      id
      state
    }
  }
`);

/** What counters have earned whoever runs them: all, or the one that is named. */
export const COUNTER_MONEY = graphql(`
  query CounterMoney($merchantId: ID!, $counterId: ID, $after: String) {
    counterMoney(merchantId: $merchantId, counterId: $counterId, first: 24, after: $after) {
      nodes {
        counterId
        name
        address
        since
        bankAccountState
        amounts {
          netFen
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PAYOUTS = graphql(`
  query Payouts($merchantId: ID!, $counterId: ID, $after: String) {
    payouts(merchantId: $merchantId, counterId: $counterId, first: 12, after: $after) {
      nodes {
        id
        amountFen
        state
        plannedAt
        sentAt
        settledAt
        returnedAt
        failureNote
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BANK_ACCOUNT = graphql(`
  query BankAccount($merchantId: ID!, $counterId: ID) {
    bankAccount(merchantId: $merchantId, counterId: $counterId) {
      id
      method
      accountName
      bankName
      lastFour
      state
      proposedAt
      verifiedAt
      blockReason
    }
  }
`);

export const BANK_ACCOUNT_SET = graphql(`
  mutation BankAccountSet($input: BankAccountSetInput!) {
    bankAccountSet(input: $input) {
      __typename
      ... on BankAccountSetPayload {
        bankAccount {
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

export const STATEMENTS = graphql(`
  query Statements($merchantId: ID!, $counterId: ID, $after: String) {
    statements(merchantId: $merchantId, counterId: $counterId, first: 24, after: $after) {
      nodes {
        id
        kind
        month
        fromOn
        toOn
        opening {
          netFen
        }
        closing {
          netFen
        }
        revisions {
          rev
          state
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** A month's, or (without one) the latest of all: an address says the month, because a statement is not asked for by its id. */
export const STATEMENT = graphql(`
  query Statement($merchantId: ID!, $counterId: ID, $month: String) {
    statements(merchantId: $merchantId, counterId: $counterId, month: $month, first: 12) {
      nodes {
        id
        month
        fromOn
        toOn
        lineCount
        opening {
          heldFen
          availableFen
          netFen
        }
        closing {
          heldFen
          availableFen
          owedFen
          netFen
        }
        totals {
          kind
          count
          amounts {
            availableFen
            netFen
          }
        }
        revisions {
          rev
          number
          state
          files {
            format
            path
          }
        }
      }
    }
  }
`);

export const STATEMENT_LINES = graphql(`
  query StatementLines($statementId: ID!, $after: String) {
    statementLines(statementId: $statementId, first: 30, after: $after) {
      nodes {
        journalId
        partNo
        kind
        orderId
        wording
        effectiveAt
        amounts {
          availableFen
          netFen
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const MONEY_LINES = graphql(`
  query MoneyLines($merchantId: ID!, $counterId: ID, $after: String) {
    moneyLines(merchantId: $merchantId, counterId: $counterId, first: 30, after: $after) {
      nodes {
        journalId
        kind
        orderId
        payoutId
        wording
        grossFen
        deductions {
          kind
          amountFen
        }
        amounts {
          availableFen
          netFen
        }
        effectiveAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PAYOUT_LINES = graphql(`
  query PayoutLines($payoutId: ID!, $after: String) {
    payoutLines(payoutId: $payoutId, first: 30, after: $after) {
      nodes {
        journalId
        kind
        orderId
        payoutId
        wording
        grossFen
        deductions {
          kind
          amountFen
        }
        amounts {
          availableFen
          netFen
        }
        effectiveAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
