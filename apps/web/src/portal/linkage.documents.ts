import { graphql } from './graphql.js';

export const LINKAGES = graphql(`
  query Linkages($merchantId: ID!, $after: String) {
    linkageAgreements(merchantId: $merchantId, first: 24, after: $after) {
      nodes {
        id
        kind
        state
        startsOn
        endsBefore
        createdAt
        households {
          householdId
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const LINKAGE = graphql(`
  query Linkage($id: ID!) {
    linkageAgreement(id: $id) {
      id
      kind
      state
      startsOn
      endsBefore
      signedAt
      revision
      terms {
        id
        unitFen
        statedYearFen
        shareBps
        note
        setAt
        photoIds
      }
      households {
        householdId
        headName
        villageCode
        weight
      }
    }
  }
`);

export const LINKAGE_PAYMENTS = graphql(`
  query LinkagePayments($agreementId: ID!, $after: String) {
    linkagePayments(agreementId: $agreementId, first: 24, after: $after) {
      nodes {
        id
        householdId
        category
        amountFen
        paidOn
        note
        reversesId
        reversedById
        confirmationState
        isUpheld
        photoIds
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const LINKAGE_HOUSEHOLDS = graphql(`
  query LinkageHouseholds($merchantId: ID!, $after: String) {
    linkageHouseholds(merchantId: $merchantId, first: 100, after: $after) {
      nodes {
        id
        headName
        villageCode
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const LINKAGE_DRAFT = graphql(`
  mutation LinkageDraft($input: LinkageAgreementDraftInput!) {
    linkageAgreementDraft(input: $input) {
      __typename
      ... on LinkageAgreementDraftPayload {
        agreement {
          id
        }
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const LINKAGE_REDRAFT = graphql(`
  mutation LinkageRedraft($input: LinkageAgreementRedraftInput!) {
    linkageAgreementRedraft(input: $input) {
      __typename
      ... on LinkageAgreementRedraftPayload {
        agreement {
          id
          revision
        }
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const LINKAGE_SIGN = graphql(`
  mutation LinkageSign($id: ID!, $revision: Int!, $photoIds: [ID!]!) {
    linkageAgreementSign(agreementId: $id, revision: $revision, photoIds: $photoIds) {
      __typename
      ... on LinkageAgreementSignPayload {
        agreement {
          id
          state
        }
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const LINKAGE_AMEND = graphql(`
  mutation LinkageAmend($input: LinkageAgreementAmendInput!) {
    linkageAgreementAmend(input: $input) {
      __typename
      ... on LinkageAgreementAmendPayload {
        agreement {
          id
          revision
        }
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const LINKAGE_END = graphql(`
  mutation LinkageEnd($id: ID!, $endsBefore: Date!) {
    linkageAgreementEnd(agreementId: $id, endsBefore: $endsBefore) {
      __typename
      ... on LinkageAgreementEndPayload {
        agreement {
          id
          endsBefore
        }
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const PAYMENT_RECORD = graphql(`
  mutation LinkagePaymentRecord($input: LinkagePaymentRecordInput!) {
    linkagePaymentRecord(input: $input) {
      __typename
      ... on LinkagePaymentRecordPayload {
        payment {
          id
        }
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const PAYMENT_REVERSE = graphql(`
  mutation LinkagePaymentReverse($id: ID!, $reason: String!, $key: ID!) {
    linkagePaymentReverse(paymentId: $id, reason: $reason, idempotencyKey: $key) {
      __typename
      ... on LinkagePaymentReversePayload {
        payment {
          id
        }
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);
