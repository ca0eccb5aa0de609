import { graphql } from './graphql.js';

export const DEMAND_KINDS = graphql(`
  query DemandKinds {
    demandKinds {
      code
      nameZh
      nameEn
    }
  }
`);

export const DEMANDS = graphql(`
  query UnitDemandNotices($unitId: ID!, $after: String) {
    unitDemandNotices(unitId: $unitId, first: 10, after: $after) {
      nodes {
        id
        kind {
          nameZh
          nameEn
        }
        weightKg
        fromOn
        toOn
        countyName
        note
        state
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const DEMAND_PUBLISH = graphql(`
  mutation DemandNoticePublish($input: DemandNoticePublishInput!) {
    demandNoticePublish(input: $input) {
      __typename
      ... on DemandNoticePublishPayload {
        notice {
          id
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

export const DEMAND_WITHDRAW = graphql(`
  mutation DemandNoticeWithdraw($noticeId: ID!) {
    demandNoticeWithdraw(noticeId: $noticeId) {
      __typename
      ... on DemandNoticeWithdrawPayload {
        notice {
          id
          state
        }
      }
    }
  }
`);
