import { graphql } from './graphql.js';

export const CART = graphql(`
  query Cart($countyCode: ID) {
    cart(countyCode: $countyCode) {
      goodsFen
      discountFen
      freightFen
      totalFen
      lines {
        variantId
        quantity
      }
      groups {
        merchant {
          id
          name
        }
        goodsFen
        freightFen
        isServed
        missingForFreeFen
        lines {
          variantId
          variantName
          productId
          productName
          quantity
          unitPriceFen
          goodsFen
          isOnSale
          available
          promisedDispatchOn
          changes
          channelPoint {
            id
            name
          }
        }
      }
    }
  }
`);

export const LINE_SET = graphql(`
  mutation CartLineSet($input: CartLineSetInput!) {
    cartLineSet(input: $input) {
      __typename
      ... on CartLineSetPayload {
        cart {
          totalFen
          lines {
            variantId
            quantity
          }
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);
