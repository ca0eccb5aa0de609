import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const DESK = graphql(`
  query ConsoleDesk {
    viewer {
      id
      phone
      displayName
      grants {
        role
        scopeKind
        scopeId
      }
    }
    desk {
      permissions
      isPlatformWide
      divisions {
        code
        name
        cityCode
        hasFigures
        counties {
          code
          name
        }
      }
    }
  }
`);

const request = graphql(
  `
    mutation SignInCodeRequest($phone: String!) {
      signInCodeRequest(phone: $phone) {
        __typename
        ... on SignInCodeRequestPayload {
          expiresAt
          developmentCode
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

const byCode = graphql(
  `
    mutation SignInWithCode($phone: String!, $code: String!) {
      signInWithCode(phone: $phone, code: $code) {
        __typename
        ... on SignInWithCodePayload {
          viewer {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

const byPassword = graphql(
  `
    mutation SignInWithPassword($phone: String!, $password: String!) {
      signInWithPassword(phone: $phone, password: $password) {
        __typename
        ... on SignInWithPasswordPayload {
          viewer {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

/** How one comes in: by a code that is sent, or by a password. */
export const SIGN_IN = { request, byCode, byPassword };

export const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut {
      __typename
    }
  }
`);
