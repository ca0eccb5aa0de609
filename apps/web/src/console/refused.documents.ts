import { graphql } from './graphql.js';

/** What every mutation may answer instead: no, why, and of what was typed wrong each fault. */
export const REFUSED = graphql(`
  fragment Refused on DomainError {
    code
    message
    ... on InvalidInputError {
      fields {
        message
      }
    }
  }
`);
