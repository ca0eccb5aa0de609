import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const CONFIRMED = graphql(`
  query ConsoleConfirmed($after: String) {
    certificationApplications(states: [CONFIRMED], atMyDesk: true, first: 100, after: $after) {
      nodes {
        id
        schemeCode
        productName
        merchantName
        countyCode
        waitingSince
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SCHEMES = graphql(`
  query ConsoleSchemes {
    certificationSchemes {
      code
      nameZh
      nameEn
      validMonths
      recheckMonths
    }
  }
`);

export const CERTIFICATION_BATCHES = graphql(`
  query ConsoleCertificationBatches($after: String) {
    certificationBatches(after: $after) {
      nodes {
        id
        schemeCode
        batchNo
        desk
        entryCount
        validFrom
        issuedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CERTIFICATION_BATCH = graphql(`
  query ConsoleCertificationBatch($id: ID!) {
    certificationBatch(id: $id) {
      id
      schemeCode
      batchNo
      desk
      entryCount
      validFrom
      issuedAt
    }
    certificationSchemes {
      code
      nameZh
      nameEn
      validMonths
      recheckMonths
    }
  }
`);

export const BATCH_ENTRIES = graphql(`
  query ConsoleBatchEntries($id: ID!, $after: String) {
    certificationEntries(batchId: $id, first: 100, after: $after) {
      nodes {
        id
        catalogueNo
        productName
        countyCode
        state
        validFrom
        validTo
        linkedPersonCount
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const BATCH_ISSUE = graphql(
  `
    mutation ConsoleBatchIssue($input: CertificationBatchIssueInput!) {
      certificationBatchIssue(input: $input) {
        __typename
        ... on CertificationBatchIssuePayload {
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
