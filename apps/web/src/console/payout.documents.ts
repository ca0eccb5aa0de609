import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const BATCHES = graphql(`
  query ConsolePayoutBatches($state: PayoutBatchState, $after: String) {
    payoutBatches(state: $state, after: $after) {
      nodes {
        id
        batchNo
        method
        lineCount
        totalFen
        state
        createdAt
        maker {
          id
          name
        }
        approval {
          id
          requiredCount
          approvals
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CALENDAR = graphql(`
  query ConsolePayoutCalendar {
    payoutCalendar {
      isWorkingDay
      nextRunOn
      isYearKnown
    }
  }
`);

export const BATCH = graphql(`
  query ConsolePayoutBatch($id: ID!) {
    payoutBatch(batchId: $id) {
      id
      batchNo
      method
      encoding
      lineCount
      totalFen
      contentHash
      state
      createdAt
      voidReason
      exportedAt
      fileHash
      maker {
        id
        name
      }
      exporter {
        id
        name
      }
      approval {
        id
        contentHash
        requestedAt
        requestedBy {
          id
          name
        }
        state
        requiredCount
        votes {
          by {
            id
            name
          }
          verdict
          reason
          at
        }
      }
    }
    payoutImports(batchId: $id) {
      id
      outcome
      breakCode
      breakNote
      lineCount
      paidFen
      unpaidFen
      importedAt
    }
  }
`);

export const PAYOUTS = graphql(`
  query ConsolePayouts($batchId: ID!, $after: String) {
    payouts(filter: { batchId: $batchId }, first: 100, after: $after) {
      nodes {
        id
        lineNo
        payeeKind
        payeeId
        payeeName
        amountFen
        state
        failureCode
        failureNote
        account {
          id
          maskedName
          bankName
          lastFour
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ITEMS = graphql(`
  query ConsolePayoutItems($id: ID!, $after: String) {
    payoutItems(payoutId: $id, after: $after) {
      nodes {
        journalId
        lineNo
        kind
        subject
        amountFen
        effectiveAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BATCH_CREATE = graphql(
  `
    mutation ConsolePayoutBatchCreate($input: PayoutBatchCreateInput!) {
      payoutBatchCreate(input: $input) {
        __typename
        ... on PayoutBatchCreatePayload {
          batch {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BATCH_APPROVE = graphql(
  `
    mutation ConsolePayoutBatchApprove($id: ID!, $contentHash: String) {
      payoutBatchApprove(batchId: $id, contentHash: $contentHash) {
        __typename
        ... on PayoutBatchApprovePayload {
          batch {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BATCH_REJECT = graphql(
  `
    mutation ConsolePayoutBatchReject($id: ID!, $reason: String!, $contentHash: String) {
      payoutBatchReject(batchId: $id, reason: $reason, contentHash: $contentHash) {
        __typename
        ... on PayoutBatchRejectPayload {
          batch {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BATCH_WITHDRAW = graphql(
  `
    mutation ConsolePayoutBatchWithdraw($id: ID!) {
      payoutBatchWithdraw(batchId: $id) {
        __typename
        ... on PayoutBatchWithdrawPayload {
          batch {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BATCH_VOID = graphql(
  `
    mutation ConsolePayoutBatchVoid($id: ID!, $reason: String!) {
      payoutBatchVoid(batchId: $id, reason: $reason) {
        __typename
        ... on PayoutBatchVoidPayload {
          batch {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BATCH_EXPORT = graphql(
  `
    mutation ConsolePayoutBatchExport($id: ID!) {
      payoutBatchExport(batchId: $id) {
        __typename
        ... on PayoutBatchExportPayload {
          batch {
            id
          }
          file {
            name
            contentBase64
            hash
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const RESULT_IMPORT = graphql(
  `
    mutation ConsolePayoutResultImport($id: ID!, $contentBase64: String!) {
      payoutResultImport(batchId: $id, contentBase64: $contentBase64) {
        __typename
        ... on PayoutResultImportPayload {
          import {
            id
            outcome
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
