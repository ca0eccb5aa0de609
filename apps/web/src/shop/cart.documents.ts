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

export const DIVISIONS = graphql(`
  query Divisions($parentCode: ID) {
    divisions(parentCode: $parentCode) {
      code
      name
      level
    }
  }
`);

export const ADDRESSES = graphql(`
  query Addresses {
    addresses {
      id
      name
      phone
      detail
      isDefault
      county {
        code
        fullName
      }
    }
  }
`);

export const ADDRESS_ADD = graphql(`
  mutation AddressAdd($input: AddressInput!) {
    addressAdd(input: $input) {
      __typename
      ... on AddressAddPayload {
        addressId
        addresses {
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
