import { graphql } from './graphql.js';

export const TEAM = graphql(`
  query Team($merchantId: ID!) {
    merchantTeam(merchantId: $merchantId) {
      userId
      role
      maskedPhone
      since
    }
    merchantTeamInvitations(merchantId: $merchantId) {
      id
      role
      state
      maskedPhone
      sentAt
      expiresAt
    }
  }
`);

export const INVITE = graphql(`
  mutation TeamMemberInvite($merchantId: ID!, $phone: String!, $role: TeamRole!) {
    teamMemberInvite(merchantId: $merchantId, phone: $phone, role: $role) {
      __typename
      ... on TeamMemberInvitePayload {
        invitation {
          id
        }
      }
      ... on DomainError {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`);

export const RESEND = graphql(`
  mutation TeamInvitationResend($invitationId: ID!) {
    teamInvitationResend(invitationId: $invitationId) {
      __typename
      ... on TeamInvitationResendPayload {
        invitation {
          id
          state
          sentAt
          expiresAt
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const WITHDRAW = graphql(`
  mutation TeamInvitationWithdraw($invitationId: ID!) {
    teamInvitationWithdraw(invitationId: $invitationId) {
      __typename
      ... on TeamInvitationWithdrawPayload {
        invitation {
          id
          state
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const MEMBER_END = graphql(`
  mutation TeamMemberEnd($merchantId: ID!, $userId: ID!, $role: TeamRole!) {
    teamMemberEnd(merchantId: $merchantId, userId: $userId, role: $role) {
      __typename
      ... on TeamMemberEndPayload {
        team {
          userId
          role
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const INVITATIONS = graphql(`
  query Invitations {
    teamInvitations {
      id
      merchantName
      role
      expiresAt
    }
  }
`);

export const ACCEPT = graphql(`
  mutation TeamInvitationAccept($invitationId: ID!) {
    teamInvitationAccept(invitationId: $invitationId) {
      __typename
      ... on TeamInvitationAcceptPayload {
        invitation {
          id
          merchantId
        }
      }
      ... on DomainError {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`);

export const DECLINE = graphql(`
  mutation TeamInvitationDecline($invitationId: ID!) {
    teamInvitationDecline(invitationId: $invitationId) {
      __typename
      ... on TeamInvitationDeclinePayload {
        invitation {
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
