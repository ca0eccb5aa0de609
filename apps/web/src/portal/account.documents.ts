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
      kind
      state
      suspension {
        reason
      }
    }
  }
`);

const request = graphql(`
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

const byCode = graphql(`
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

const byPassword = graphql(`
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

/** How one comes in: by a code that is sent, or by a password. */
export const SIGN_IN = { request, byCode, byPassword };

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
