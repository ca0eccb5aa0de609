import { graphql } from './graphql.js';

export const NOTICES = graphql(`
  query CertificationNotices($after: String) {
    certificationNotices(first: 12, after: $after) {
      nodes {
        id
        productName
        merchantName
        schemeNameZh
        schemeNameEn
        noticeTo
        county {
          code
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const NOTICE = graphql(`
  query CertificationNotice($id: ID!) {
    certificationNotice(id: $id) {
      id
      productId
      productName
      merchantName
      schemeNameZh
      schemeNameEn
      commodityValueFen
      linkedHouseholdCount
      noticeFrom
      noticeTo
      county {
        code
        name
      }
    }
  }
`);

export const OBJECT = graphql(`
  mutation CertificationObject($noticeId: ID!, $input: CertificationObjectInput!) {
    certificationObject(noticeId: $noticeId, input: $input) {
      __typename
      ... on CertificationObjectPayload {
        objectionId
      }
      ... on DomainError {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          message
        }
      }
    }
  }
`);
