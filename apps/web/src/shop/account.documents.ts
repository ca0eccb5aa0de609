import { graphql } from './graphql.js';

export const VIEWER = graphql(`
  query Viewer {
    viewer {
      id
      phone
      displayName
    }
  }
`);

export const CODE_REQUEST = graphql(`
  mutation SignInCodeRequest($phone: String!) {
    signInCodeRequest(phone: $phone) {
      __typename
      ... on SignInCodeRequestPayload {
        expiresAt
        developmentCode
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const SIGN_IN = graphql(`
  mutation SignInWithCode($phone: String!, $code: String!) {
    signInWithCode(phone: $phone, code: $code) {
      __typename
      ... on SignInWithCodePayload {
        viewer {
          id
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut {
      __typename
    }
  }
`);

/** What one did as a guest, made one's own. */
export const GUEST_MERGE = graphql(`
  mutation GuestMerge {
    guestMerge {
      __typename
      ... on GuestMergePayload {
        cart {
          totalFen
        }
      }
    }
  }
`);
