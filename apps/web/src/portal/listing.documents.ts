import { graphql } from './graphql.js';

export const LISTING = graphql(`
  query Listing($id: ID!) {
    listing(id: $id) {
      id
      state
      revision
      productId
      isPriceHeld
      submittedAt
      content {
        kindCode
        categoryCode
        name
        description
        originCountyCode
        isPerishable
        seasonFrom
        seasonTo
        photoIds
        note
        variants {
          variantId
          name
          grade
          netWeightG
          priceFen
        }
      }
      steps {
        act
        reason
        at
        fields {
          path
          message
        }
      }
    }
  }
`);

export const LISTING_SAVE = graphql(`
  mutation ListingSave($input: ListingSaveInput!) {
    listingSave(input: $input) {
      __typename
      ... on ListingSavePayload {
        listing {
          id
          revision
        }
      }
      ... on ListingOpenError {
        listingId
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const LISTING_SUBMIT = graphql(`
  mutation ListingSubmit($id: ID!, $revision: Int!) {
    listingSubmit(listingId: $id, revision: $revision) {
      __typename
      ... on ListingSubmitPayload {
        listing {
          id
          state
        }
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const LISTING_TAKE_BACK = graphql(`
  mutation ListingTakeBack($id: ID!) {
    listingTakeBack(listingId: $id) {
      __typename
      ... on ListingTakeBackPayload {
        listing {
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

export const LISTING_WITHDRAW = graphql(`
  mutation ListingWithdraw($id: ID!) {
    listingWithdraw(listingId: $id) {
      __typename
      ... on ListingWithdrawPayload {
        listing {
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

export const LISTING_CONTENT = graphql(`
  query ListingContent($merchantId: ID!, $productId: ID) {
    listingContent(merchantId: $merchantId, productId: $productId) {
      kindCode
      categoryCode
      name
      description
      originCountyCode
      isPerishable
      seasonFrom
      seasonTo
      photoIds
      note
      variants {
        variantId
        name
        grade
        netWeightG
        priceFen
      }
    }
  }
`);

export const OPEN_LISTINGS = graphql(`
  query OpenListings($merchantId: ID!) {
    listings(merchantId: $merchantId, states: [DRAFT, SUBMITTED, RETURNED], first: 100) {
      nodes {
        id
        productId
        state
        name
        isPriceHeld
        updatedAt
        submittedAt
      }
    }
  }
`);

export const OWN_GOODS = graphql(`
  query OwnGoods($merchantId: ID!, $after: String) {
    ownProducts(merchantId: $merchantId, after: $after) {
      nodes {
        id
        name
        state
        kindCode
        variants {
          id
          name
          grade
          netWeightG
          priceFen
          pricePer500gFen
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SHELVES = graphql(`
  query Shelves {
    goodsKinds {
      code
      nameZh
      nameEn
    }
    categories {
      code
      nameZh
      nameEn
    }
  }
`);

export const PLACES = graphql(`
  query Places($parentCode: ID) {
    divisions(parentCode: $parentCode) {
      code
      name
      level
    }
  }
`);

export const HOME_COUNTY = graphql(`
  query HomeCounty {
    merchants {
      id
      county {
        code
        name
      }
    }
  }
`);

export const FAIR_PRICE = graphql(`
  query FairPrice($kindCode: ID!, $grade: GoodsGrade!, $netWeightG: Int!, $priceFen: Fen!) {
    fairPrice(kindCode: $kindCode, grade: $grade, netWeightG: $netWeightG, priceFen: $priceFen) {
      level
      deviationBps
      unwarnedMaxFen
      unheldMaxFen
      reference {
        jinPriceFen
      }
    }
  }
`);

export const PRICE_SET = graphql(`
  mutation VariantPriceSet($variantId: ID!, $priceFen: Fen!) {
    variantPriceSet(variantId: $variantId, priceFen: $priceFen) {
      __typename
      ... on VariantPriceSetPayload {
        variantId
        priceFen
      }
      ... on InvalidInputError {
        fields {
          message
        }
      }
      ... on DomainError {
        code
        message
      }
    }
  }
`);

export const TAKE_OFF = graphql(`
  mutation ProductTakeOff($productId: ID!, $reason: String!) {
    productTakeOff(productId: $productId, reason: $reason) {
      __typename
      ... on ProductTakeOffPayload {
        product {
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

export const PUT_ON = graphql(`
  mutation ProductPutOn($productId: ID!) {
    productPutOn(productId: $productId) {
      __typename
      ... on ProductPutOnPayload {
        product {
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
