import { graphql } from './graphql.js';

export const PAPERS = graphql(`
  query Papers($merchantId: ID!) {
    merchantPapers(merchantId: $merchantId) {
      licensedUntil
      standings {
        kind
        standing
        endsOn
        isLicence
        isWaiting
        form {
          number
          validTo
          ageDaysMax
        }
      }
      papers {
        id
        kind
        state
        number
        validFrom
        endsOn
        isCounting
        reason
        broughtAt
        files {
          id
          name
        }
      }
    }
  }
`);

export const PAPER_HAND_IN = graphql(`
  mutation MerchantPaperHandIn($input: MerchantPaperHandInInput!) {
    merchantPaperHandIn(input: $input) {
      __typename
      ... on MerchantPaperHandInPayload {
        paper {
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

export const PAPER_WITHDRAW = graphql(`
  mutation MerchantPaperWithdraw($paperId: ID!) {
    merchantPaperWithdraw(paperId: $paperId) {
      __typename
      ... on MerchantPaperWithdrawPayload {
        paper {
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

export const PRESALE_TASK = graphql(`
  fragment PresaleTask on Presale {
    id
    state
    waitingG
    variants {
      productName
    }
    days {
      day
      reservedG
    }
  }
`);

/** What an owner has to see to besides orders: papers that end, and goods that were sent back. */
export const OWNER_TASKS = graphql(
  `
    query OwnerTasks($merchantId: ID!) {
      merchantPapers(merchantId: $merchantId) {
        standings {
          kind
          standing
          endsOn
          isLicence
          isWaiting
        }
      }
      listings(merchantId: $merchantId, states: [RETURNED], first: 20) {
        nodes {
          id
          name
        }
      }
      asked: rangeOffers(merchantId: $merchantId, side: SELLER, state: PROPOSED, first: 20) {
        nodes {
          id
        }
      }
      sold: sellThroughs(merchantId: $merchantId, first: 10) {
        nodes {
          id
          month
          state
          faultyCount
        }
      }
      told: offtakes(merchantId: $merchantId, side: SELLER, state: TOLD, first: 20) {
        nodes {
          id
        }
      }
      open: presales(merchantId: $merchantId, state: OPEN, first: 50) {
        nodes {
          ...PresaleTask
        }
      }
      closed: presales(merchantId: $merchantId, state: CLOSED, first: 50) {
        nodes {
          ...PresaleTask
        }
      }
    }
  `,
  [PRESALE_TASK],
);

/** Beside the other: together they would be more than a document may ask. */
export const RECOGNITION_TASKS = graphql(`
  query RecognitionTasks {
    certificationApplications(first: 100) {
      nodes {
        id
        state
        merchantId
        productName
      }
    }
    certificationEntries(first: 100) {
      nodes {
        id
        state
        merchantId
        productName
        validTo
        termEndsAt
      }
    }
  }
`);
