import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const MONTHS = graphql(`
  query ConsoleMonths($after: String) {
    monthCloses(first: 24, after: $after) {
      nodes {
        month
        state
        cutOffOn
        reviewUntil
        recognisedFen
        certifiedFen
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const MONTH = graphql(`
  query ConsoleMonth($month: Date!) {
    monthClose(month: $month) {
      month
      state
      cutOffOn
      reviewUntil
      frozenThrough
      recognisedFen
      certifiedFen
      contentHash
      steps {
        state
        at
      }
      blockers {
        kind
        count
        stopsLock
      }
      disagreeing
      requests {
        id
        kind
        state
        requestedBy
        requestedAt
      }
    }
  }
`);

export const CUT_OFF = graphql(
  `
    mutation ConsoleMonthCutOff($month: Date!) {
      monthCloseCutOff(month: $month) {
        __typename
        ... on MonthCloseCutOffPayload {
          close {
            month
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const REVIEW = graphql(
  `
    mutation ConsoleMonthReview($month: Date!) {
      monthCloseReview(month: $month) {
        __typename
        ... on MonthCloseReviewPayload {
          close {
            month
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const LOCK_REQUEST = graphql(
  `
    mutation ConsoleMonthLockRequest($month: Date!) {
      monthCloseLockRequest(month: $month) {
        __typename
        ... on MonthCloseLockRequestPayload {
          requestId
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const LOCK_DECIDE = graphql(
  `
    mutation ConsoleMonthLockDecide($input: MonthCloseDecisionInput!) {
      monthCloseLockDecide(input: $input) {
        __typename
        ... on MonthCloseLockDecidePayload {
          close {
            month
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const PUBLISH_REQUEST = graphql(
  `
    mutation ConsoleMonthPublishRequest($month: Date!) {
      monthClosePublishRequest(month: $month) {
        __typename
        ... on MonthClosePublishRequestPayload {
          requestId
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const PUBLISH_DECIDE = graphql(
  `
    mutation ConsoleMonthPublishDecide($input: MonthCloseDecisionInput!) {
      monthClosePublishDecide(input: $input) {
        __typename
        ... on MonthClosePublishDecidePayload {
          close {
            month
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const MONTH_WITHDRAW = graphql(
  `
    mutation ConsoleMonthWithdraw($requestId: ID!) {
      monthCloseWithdraw(requestId: $requestId) {
        __typename
        ... on MonthCloseWithdrawPayload {
          requestId
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
