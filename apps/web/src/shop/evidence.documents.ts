import { graphql } from './graphql.js';

export const ADD_EVIDENCE = graphql(`
  mutation AfterSaleEvidenceAdd($id: ID!, $photos: [PhotoInput!]!, $text: String) {
    afterSaleEvidenceAdd(id: $id, photos: $photos, text: $text) {
      __typename
      ... on AfterSaleEvidenceAddPayload {
        afterSale {
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
          message
        }
      }
    }
  }
`);
