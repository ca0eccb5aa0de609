import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const BANK_REFUNDS = graphql(`
  query ConsoleBankRefunds($state: BankRefundState, $after: String) {
    bankRefunds(state: $state, after: $after) {
      nodes {
        refundId
        orderId
        amountFen
        state
        holderMasked
        bankName
        accountLastFour
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BANK_REFUND = graphql(`
  query ConsoleBankRefund($id: ID!) {
    bankRefund(refundId: $id) {
      refundId
      orderId
      amountFen
      note
      state
      holderMasked
      bankName
      accountLastFour
      accountDigest
      isSetAside
      createdAt
      instructedAt
      bankRef
      closedAt
      approval {
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
  }
`);

export const UNRETURNED = graphql(`
  query ConsoleUnreturned($after: String) {
    unreturnedPayments(after: $after) {
      nodes {
        paymentId
        orderId
        method
        leftFen
        failedRefundId
        failureCode
        failedAt
        windowEndsAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BANK_REFUND_VOTE = graphql(
  `
    mutation ConsoleBankRefundVote($id: ID!, $verdict: Verdict!, $reason: String, $contentHash: String) {
      bankRefundVote(refundId: $id, verdict: $verdict, reason: $reason, contentHash: $contentHash) {
        __typename
        ... on BankRefundVotePayload {
          bankRefund {
            refundId
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BANK_REFUND_INSTRUCT = graphql(
  `
    mutation ConsoleBankRefundInstruct($id: ID!) {
      bankRefundInstruct(refundId: $id) {
        __typename
        ... on BankRefundInstructPayload {
          instruction {
            amountFen
            holderName
            bankName
            accountNumber
            remark
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BANK_REFUND_CONFIRM = graphql(
  `
    mutation ConsoleBankRefundConfirm($id: ID!, $bankRef: String!) {
      bankRefundConfirm(refundId: $id, bankRef: $bankRef) {
        __typename
        ... on BankRefundConfirmPayload {
          bankRefund {
            refundId
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const BANK_REFUND_RETURN = graphql(
  `
    mutation ConsoleBankRefundReturn($id: ID!) {
      bankRefundReturn(refundId: $id) {
        __typename
        ... on BankRefundReturnPayload {
          bankRefund {
            refundId
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const WHOLE_REFUND = graphql(
  `
    mutation ConsoleUnreturnedBank($input: UnreturnedPaymentRefundInput!) {
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
