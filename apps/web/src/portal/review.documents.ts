import { graphql } from './graphql.js';

export const REVIEWS = graphql(`
  query Reviews($merchantId: ID!, $after: String) {
    reviews(merchantId: $merchantId, first: 24, after: $after) {
      nodes {
        id
        variantName
        rating
        text
        shownName
        reply
        repliedAt
        postedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const REPLY = graphql(`
  mutation ReviewReply($id: ID!, $text: String!) {
    reviewReply(id: $id, text: $text) {
      __typename
      ... on ReviewReplyPayload {
        review {
          id
          reply
          repliedAt
        }
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
