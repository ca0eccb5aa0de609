import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const OWN_DATA = graphql(`
  query OwnData {
    viewer {
      id
      sessions {
        id
        createdAt
        refreshedAt
        deviceName
        isCurrent
      }
    }
    accountDeletion {
      requestedAt
      dueAt
    }
  }
`);

export const EXPORT = graphql(`
  mutation PersonalDataExport($code: String!) {
    personalDataExport(code: $code) {
      __typename
      ... on PersonalDataExportPayload {
        fileName
        content
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const DELETE = graphql(`
  mutation AccountDeletionRequest($code: String!) {
    accountDeletionRequest(code: $code) {
      __typename
      ... on AccountDeletionRequestPayload {
        accountDeletion {
          dueAt
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const KEEP = graphql(`
  mutation AccountDeletionWithdraw {
    accountDeletionWithdraw {
      __typename
    }
  }
`);

export const REVOKE = graphql(`
  mutation SessionRevoke($sessionId: ID!) {
    sessionRevoke(sessionId: $sessionId) {
      __typename
    }
  }
`);

export type OwnSession = NonNullable<ResultOf<typeof OWN_DATA>['viewer']>['sessions'][number];
