import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const MEASURES = graphql(`
  query ConsoleReconciliationMeasures {
    reconciliationMeasures {
      clearingBp
      completenessBp
      oldestBreakSeconds
      open {
        check
        class
        count
        oldestAt
      }
      checks {
        check
        isOverdue
        lastRun {
          examinedCount
          matchedCount
          finishedAt
        }
      }
    }
  }
`);

export const BREAKS = graphql(`
  query ConsoleBreaks($filter: ReconciliationBreakFilter, $first: Int, $after: String) {
    reconciliationBreaks(filter: $filter, first: $first, after: $after) {
      nodes {
        id
        check
        class
        subject
        expectedFen
        actualFen
        differenceFen
        ageSeconds
        state
        vanishedAt
        closedAt
        owner {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BREAK = graphql(`
  query ConsoleBreak($id: ID!) {
    reconciliationBreak(id: $id) {
      id
      check
      class
      subject
      expectedFen
      actualFen
      differenceFen
      detail {
        name
        value
      }
      happenedAt
      firstSeenAt
      lastSeenAt
      vanishedAt
      ageSeconds
      state
      owner {
        id
        name
      }
      closedAt
      reason
      journalId
      refundId
      steps {
        act
        actor {
          id
          name
        }
        note
        at
      }
    }
  }
`);

export const BREAK_ASSIGN = graphql(
  `
    mutation ConsoleBreakAssign($id: ID!, $ownerId: ID) {
      breakAssign(id: $id, ownerId: $ownerId) {
        __typename
        ... on BreakAssignPayload {
          break {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BREAK_OWNERS = graphql(`
  query ConsoleBreakOwners {
    reconciliationOwners {
      id
      name
    }
  }
`);

export const BREAK_NOTE = graphql(
  `
    mutation ConsoleBreakNote($id: ID!, $note: String!) {
      breakNote(id: $id, note: $note) {
        __typename
        ... on BreakNotePayload {
          break {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BREAK_RESOLVE = graphql(
  `
    mutation ConsoleBreakResolve($input: BreakResolveInput!) {
      breakResolve(input: $input) {
        __typename
        ... on BreakResolvePayload {
          break {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const MISMATCHED_REFUND = graphql(
  `
    mutation ConsoleMismatchedRefund($input: MismatchedPaymentRefundInput!) {
      mismatchedPaymentRefund(input: $input) {
        __typename
        ... on MismatchedPaymentRefundPayload {
          refund {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const UNRETURNED_REFUND = graphql(
  `
    mutation ConsoleUnreturnedRefund($input: UnreturnedPaymentRefundInput!) {
      unreturnedPaymentRefund(input: $input) {
        __typename
        ... on UnreturnedPaymentRefundPayload {
          refund {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
