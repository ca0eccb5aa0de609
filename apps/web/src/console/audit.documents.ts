import { graphql } from './graphql.js';

export const ENTRIES = graphql(`
  query ConsoleAuditEntries($filter: AuditFilter, $after: String) {
    auditEntries(filter: $filter, first: 50, after: $after) {
      nodes {
        id
        at
        act
        actor {
          id
          name
        }
        subject
        divisionCode
        words {
          name
          value
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ENTRY_PROOF = graphql(`
  query ConsoleAuditProof($id: ID!) {
    proof: auditProof(entryId: $id) {
      format
      stream
      seq
      leaf
      path
      checkpoint
      key
      qrText
    }
  }
`);
