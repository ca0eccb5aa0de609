import { graphql } from './graphql.js';

export const APPLICATIONS = graphql(`
  query Applications {
    viewer {
      id
    }
    merchantApplications(first: 20) {
      nodes {
        id
        state
        name
        updatedAt
      }
    }
  }
`);

export const APPLICATION = graphql(`
  query Application($id: ID!) {
    merchantApplication(id: $id) {
      id
      state
      revision
      merchantId
      bankAccount {
        accountName
        bankName
        lastFour
      }
      content {
        kind
        name
        creditCode
        countyCode
        townshipCode
        legalPersonName
        contactName
        contactPhone
        goods
        processedFood
        papers {
          kind
          number
          validFrom
          validTo
          fileIds
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
    }
  }
`);

export const PAPERS_REQUIRED = graphql(`
  query PapersRequired($kind: MerchantKind!, $processedFood: ProcessedFood!) {
    merchantPapersRequired(kind: $kind, processedFood: $processedFood) {
      kind
      number
      validTo
      ageDaysMax
    }
  }
`);

export const APPLICATION_SAVE = graphql(`
  mutation MerchantApplicationSave($input: MerchantApplicationSaveInput!) {
    merchantApplicationSave(input: $input) {
      __typename
      ... on MerchantApplicationSavePayload {
        application {
          id
          revision
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

export const APPLICATION_ACCOUNT_SET = graphql(`
  mutation MerchantApplicationBankAccountSet($input: MerchantApplicationBankAccountSetInput!) {
    merchantApplicationBankAccountSet(input: $input) {
      __typename
      ... on MerchantApplicationBankAccountSetPayload {
        application {
          id
          revision
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

export const APPLICATION_SUBMIT = graphql(`
  mutation MerchantApplicationSubmit($applicationId: ID!, $revision: Int!) {
    merchantApplicationSubmit(applicationId: $applicationId, revision: $revision) {
      __typename
      ... on MerchantApplicationSubmitPayload {
        application {
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

export const APPLICATION_WITHDRAW = graphql(`
  mutation MerchantApplicationWithdraw($applicationId: ID!) {
    merchantApplicationWithdraw(applicationId: $applicationId) {
      __typename
      ... on MerchantApplicationWithdrawPayload {
        application {
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
