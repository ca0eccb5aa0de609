import { graphql } from './graphql.js';

export const POST_REVIEW = graphql(`
  mutation ReviewPost($input: ReviewPostInput!) {
    reviewPost(input: $input) {
      __typename
      ... on ReviewPostPayload {
        review {
          id
          state
          stateReason
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

export const OWN_REVIEWS = graphql(`
  query OwnReviews($after: String) {
    ownReviews(first: 24, after: $after) {
      nodes {
        id
        productId
        rating
        text
        state
        stateReason
        reply
        postedAt
        photos {
          path
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
