import { graphql } from './graphql.js';

export const DESK = graphql(`
  query Desk {
    viewer {
      id
      phone
      displayName
      hasPassword
      grants {
        role
        scopeId
      }
    }
    merchants {
      id
      name
      state
      suspension {
        reason
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

export const PASSWORD_SET = graphql(`
  mutation PasswordSet($newPassword: String!, $currentPassword: String) {
    passwordSet(newPassword: $newPassword, currentPassword: $currentPassword) {
      __typename
      ... on PasswordSetPayload {
        viewer {
          id
          hasPassword
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
