import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

const EFFECT = graphql(`
  fragment Effect on VolumeEffect {
    county {
      code
      name
    }
    month
    isLate
    paidFen
    recognisedFen
    declaredFen
  }
`);

const SIDE = graphql(`
  fragment Side on DuplicateLine {
    source
    sourceSystem
    orderNo
    county {
      name
    }
    product {
      name
    }
    amountFen
    day
  }
`);

export const CLAIMS = graphql(`
  query ConsoleClaims($states: [ClaimState!], $after: String) {
    claims(states: $states, after: $after) {
      nodes {
        id
        state
        claimantKind
        claimantName
        totalFen
        lineCount
        buyerName
        submittedAt
        heldCount
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CLAIM = graphql(
  `
    query ConsoleClaim($id: ID!) {
      claim(id: $id) {
        id
        state
        claimantKind
        claimantName
        countyCode
        revision
        totalFen
        lineCount
        heldCount
        submittedAt
        content {
          channelKind
          buyerKind
          buyerName
          buyerPhone
          buyerCreditCode
          note
          lines {
            soldOn
            amountFen
            quantity
            weightG
            productName
            batchId
            productId
            originCountyCode
          }
        }
        evidence {
          kind
          invoiceNo
          elsewhereCount
          file {
            id
            name
            mediaType
            sizeBytes
          }
        }
        steps {
          act
          reason
          at
          fields {
            path
            message
          }
        }
        effect {
          ...Effect
        }
      }
      suspectedDuplicates(states: [HELD, CLEARED, CONFIRMED], subjectId: $id, first: 100) {
        nodes {
          id
          state
          amountFen
          earlier {
            source
            orderNo
            day
            product {
              name
            }
          }
        }
      }
    }
  `,
  [EFFECT],
);

export const CLAIM_APPROVE = graphql(
  `
    mutation ConsoleClaimApprove($claimId: ID!) {
      claimApprove(claimId: $claimId) {
        __typename
        ... on ClaimApprovePayload {
          claim {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CLAIM_RETURN = graphql(
  `
    mutation ConsoleClaimReturn($claimId: ID!, $reason: String!, $fields: [ClaimReturnFieldInput!]!) {
      claimReturn(claimId: $claimId, reason: $reason, fields: $fields) {
        __typename
        ... on ClaimReturnPayload {
          claim {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CLAIM_REJECT = graphql(
  `
    mutation ConsoleClaimReject($claimId: ID!, $reason: String!) {
      claimReject(claimId: $claimId, reason: $reason) {
        __typename
        ... on ClaimRejectPayload {
          claim {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CLAIM_REVERSE = graphql(
  `
    mutation ConsoleClaimReverse($claimId: ID!, $reason: String!) {
      claimReverse(claimId: $claimId, reason: $reason) {
        __typename
        ... on ClaimReversePayload {
          claim {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const DUPLICATES = graphql(
  `
    query ConsoleDuplicates($states: [DuplicateState!], $after: String) {
      suspectedDuplicates(states: $states, after: $after) {
        nodes {
          id
          state
          subjectKind
          amountFen
          createdAt
          earlier {
            ...Side
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [SIDE],
);

export const DUPLICATE = graphql(
  `
    query ConsoleDuplicate($id: ID!) {
      suspectedDuplicate(id: $id) {
        id
        state
        subjectKind
        subjectId
        amountFen
        reason
        createdAt
        decidedAt
        later {
          ...Side
        }
        earlier {
          ...Side
        }
        effect {
          ...Effect
        }
      }
    }
  `,
  [EFFECT, SIDE],
);

export const DUPLICATE_CLEAR = graphql(
  `
    mutation ConsoleDuplicateClear($id: ID!, $reason: String!) {
      suspectedDuplicateClear(id: $id, reason: $reason) {
        __typename
        ... on SuspectedDuplicateClearPayload {
          suspectedDuplicate {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const DUPLICATE_CONFIRM = graphql(
  `
    mutation ConsoleDuplicateConfirm($id: ID!, $reason: String!) {
      suspectedDuplicateConfirm(id: $id, reason: $reason) {
        __typename
        ... on SuspectedDuplicateConfirmPayload {
          suspectedDuplicate {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const FLAGS = graphql(`
  query ConsoleFlags($states: [IntegrityFlagState!], $after: String) {
    integrityFlags(states: $states, after: $after) {
      nodes {
        id
        rule
        severity
        state
        merchantName
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const FLAG = graphql(
  `
    query ConsoleFlag($id: ID!) {
      integrityFlag(id: $id) {
        id
        rule
        severity
        state
        merchantName
        numbers {
          name
          value
        }
        facts {
          id
          sourceSystem
          orderNo
          product {
            name
          }
          recognisedFen
          at
        }
        steps {
          act
          reason
          fileIds
          at
        }
        effect {
          ...Effect
        }
        createdAt
      }
    }
  `,
  [EFFECT],
);

export const FLAG_DISMISS = graphql(
  `
    mutation ConsoleFlagDismiss($id: ID!, $reason: String!) {
      integrityFlagDismiss(id: $id, reason: $reason) {
        __typename
        ... on IntegrityFlagDismissPayload {
          flag {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const FLAG_CONFIRM = graphql(
  `
    mutation ConsoleFlagConfirm($id: ID!, $reason: String!) {
      integrityFlagConfirm(id: $id, reason: $reason) {
        __typename
        ... on IntegrityFlagConfirmPayload {
          flag {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const APPEAL_DECIDE = graphql(
  `
    mutation ConsoleAppealDecide($id: ID!, $isGranted: Boolean!, $reason: String!) {
      integrityAppealDecide(id: $id, isGranted: $isGranted, reason: $reason) {
        __typename
        ... on IntegrityAppealDecidePayload {
          flag {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
