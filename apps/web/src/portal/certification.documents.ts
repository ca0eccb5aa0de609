import { graphql } from './graphql.js';

export const CERTIFICATIONS = graphql(`
  query Certifications($after: String) {
    certificationApplications(first: 24, after: $after) {
      nodes {
        id
        state
        productName
        merchantId
        merchantName
        desk
        waitingSince
        noticeTo
        updatedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CERTIFICATES = graphql(`
  query Certificates($after: String) {
    certificationEntries(first: 24, after: $after) {
      nodes {
        id
        state
        productName
        catalogueNo
        validTo
        termEndsAt
        revocation {
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

export const SCHEMES = graphql(`
  query Schemes {
    certificationSchemes {
      code
      nameZh
      nameEn
      isOpen
      commodityValueMinFen
      householdMin
      chain {
        kind
        office
        days
      }
    }
  }
`);

export const CERTIFICATION = graphql(`
  query Certification($id: ID!) {
    certificationApplication(id: $id) {
      id
      state
      revision
      schemeCode
      productId
      productName
      countyCode
      stepNo
      desk
      waitingSince
      noticeTo
      linkedPersonCount
      commodityValueFen
      content {
        townshipCode
        commodityValueFen
        agreementIds
        priceComparison
        afterSale
        isProcessedFood
        papers {
          kind
          number
          validFrom
          validTo
          fileIds
        }
      }
      chain {
        kind
        office
        days
      }
      files {
        id
        name
        mediaType
      }
      steps {
        stepNo
        office
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

export const RUNNING_AGREEMENTS = graphql(`
  query RunningAgreements($merchantId: ID!) {
    linkageAgreements(merchantId: $merchantId, first: 100) {
      nodes {
        id
        kind
        state
        startsOn
        households {
          householdId
        }
      }
    }
  }
`);

export const CERTIFICATION_SAVE = graphql(`
  mutation CertificationSave($input: CertificationApplicationSaveInput!) {
    certificationApplicationSave(input: $input) {
      __typename
      ... on CertificationApplicationSavePayload {
        application {
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

export const CERTIFICATION_SUBMIT = graphql(`
  mutation CertificationSubmit($id: ID!, $revision: Int!) {
    certificationApplicationSubmit(applicationId: $id, revision: $revision) {
      __typename
      ... on CertificationApplicationSubmitPayload {
        application {
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

export const CERTIFICATION_WITHDRAW = graphql(`
  mutation CertificationWithdraw($id: ID!) {
    certificationApplicationWithdraw(applicationId: $id) {
      __typename
      ... on CertificationApplicationWithdrawPayload {
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
