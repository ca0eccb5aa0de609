import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const COUPONS = graphql(`
  query Coupons {
    promotionsToClaim(first: 50) {
      nodes {
        id
        name
        amountFen
        percentBps
        thresholdFen
        personMax
        claimUntil
        validUntil
      }
    }
    coupons(first: 50) {
      nodes {
        id
        state
        orderId
        promotion {
          id
          name
          amountFen
          percentBps
          thresholdFen
          personMax
          claimUntil
          validUntil
        }
      }
    }
  }
`);

export const COUPON_CLAIM = graphql(`
  mutation CouponClaim($promotionId: ID!, $idempotencyKey: ID!) {
    couponClaim(promotionId: $promotionId, idempotencyKey: $idempotencyKey) {
      __typename
      ... on CouponClaimPayload {
        coupon {
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

export type Promotion = ResultOf<typeof COUPONS>['promotionsToClaim']['nodes'][number];
