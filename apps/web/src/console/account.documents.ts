import { graphql } from './graphql.js';

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

export const SIGN_IN_BY_CODE = graphql(`
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

export const SIGN_IN_BY_PASSWORD = graphql(`
  mutation SignInWithPassword($phone: String!, $password: String!) {
    signInWithPassword(phone: $phone, password: $password) {
      __typename
      ... on SignInWithPasswordPayload {
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
