import { graphql } from './graphql.js';

export const PREVIEW = graphql(`
  query CheckoutPreview($input: CheckoutPreviewInput!) {
    checkoutPreview(input: $input) {
      goodsFen
      discountFen
      subsidyFen
      freightFen
      totalFen
      dueNowFen
      promisedDispatchOn
      suggestedCouponIds
      lines {
        variantId
        variantName
        productId
        productName
        quantity
        goodsFen
        promisedDispatchOn
      }
      parts {
        merchant {
          id
          name
        }
        freightFen
        isServed
      }
      presale {
        payment
        depositBps
        balanceDueOn
        firstOn
        lastOn
      }
      coupons {
        couponId
        savesFen
        obstacle
        missingFen
        promotion {
          name
        }
      }
      obstacles {
        __typename
        code
        message
      }
    }
  }
`);

export const PLACE = graphql(`
  mutation OrderPlace($input: OrderPlaceInput!) {
    orderPlace(input: $input) {
      __typename
      ... on OrderPlacePayload {
        order {
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
