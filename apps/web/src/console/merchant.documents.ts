import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const MERCHANTS = graphql(`
  query ConsoleMerchants($state: MerchantState, $named: String, $after: String) {
    merchants(state: $state, named: $named, first: 24, after: $after) {
      nodes {
        id
        name
        kind
        countyCode
        state
        licensedUntil
        suspension {
          reason
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CLOSURE = graphql(`
  query ConsoleClosure($merchantId: ID!) {
    merchantClosure(merchantId: $merchantId) {
      id
      state
      askedAs
      reason
      askedAt
      obstacles {
        kind
        count
        amountFen
      }
    }
  }
`);

export const MERCHANT_SUSPEND = graphql(
  `
    mutation ConsoleMerchantSuspend($id: ID!, $reason: String!) {
      merchantSuspend(merchantId: $id, reason: $reason) {
        __typename
        ... on MerchantSuspendPayload {
          merchant {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const MERCHANT_REINSTATE = graphql(
  `
    mutation ConsoleMerchantReinstate($id: ID!, $reason: String!) {
      merchantReinstate(merchantId: $id, reason: $reason) {
        __typename
        ... on MerchantReinstatePayload {
          merchant {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CLOSURE_ASK = graphql(
  `
    mutation ConsoleClosureAsk($id: ID!, $reason: String!) {
      merchantClosureAsk(merchantId: $id, reason: $reason) {
        __typename
        ... on MerchantClosureAskPayload {
          closure {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CLOSURE_REOPEN = graphql(
  `
    mutation ConsoleClosureReopen($id: ID!, $reason: String!) {
      merchantClosureReopen(merchantId: $id, reason: $reason) {
        __typename
        ... on MerchantClosureReopenPayload {
          closure {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CLOSURE_FINISH = graphql(
  `
    mutation ConsoleClosureFinish($id: ID!) {
      merchantClosureFinish(merchantId: $id) {
        __typename
        ... on MerchantClosureFinishPayload {
          closure {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
