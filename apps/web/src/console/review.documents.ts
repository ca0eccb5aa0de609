import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const LISTINGS = graphql(`
  query ReviewListings($states: [ListingState!], $after: String) {
    listings(states: $states, after: $after) {
      nodes {
        id
        productId
        state
        name
        merchantName
        isPriceHeld
        updatedAt
        submittedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const LISTING = graphql(`
  query ReviewListing($id: ID!) {
    listing(id: $id) {
      id
      state
      revision
      productId
      merchantName
      countyCode
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
      differences {
        path
        before
        after
      }
      fairPrices {
        place
        fairPrice {
          level
          jinPriceFen
          deviationBps
          reference {
            jinPriceFen
          }
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
    goodsKinds {
      code
      nameZh
      nameEn
    }
  }
`);

export const LISTING_APPROVE = graphql(
  `
    mutation ReviewListingApprove($id: ID!, $revision: Int!, $priceReason: String) {
      listingApprove(listingId: $id, revision: $revision, priceReason: $priceReason) {
        __typename
        ... on ListingApprovePayload {
          listing {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const LISTING_RETURN = graphql(
  `
    mutation ReviewListingReturn(
      $id: ID!
      $revision: Int!
      $reason: String!
      $fields: [ListingFaultInput!]!
    ) {
      listingReturn(listingId: $id, revision: $revision, reason: $reason, fields: $fields) {
        __typename
        ... on ListingReturnPayload {
          listing {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const APPLICATIONS = graphql(`
  query ReviewApplications($states: [MerchantApplicationState!], $after: String) {
    merchantApplications(states: $states, after: $after) {
      nodes {
        id
        state
        name
        kind
        countyCode
        updatedAt
        submittedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const APPLICATION = graphql(`
  query ReviewApplication($id: ID!) {
    merchantApplication(id: $id) {
      id
      state
      revision
      countyCode
      submittedAt
      bankAccount {
        accountName
        bankName
        lastFour
      }
      content {
        kind
        name
        creditCode
        countyCode
        legalPersonName
        contactName
        contactPhone
        goods
        processedFood
        papers {
          kind
          number
          validFrom
          validTo
          fileIds
        }
      }
      files {
        id
        name
        mediaType
        sizeBytes
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

export const APPLICATION_RECOMMEND = graphql(
  `
    mutation ReviewApplicationRecommend($id: ID!, $revision: Int!, $reason: String!) {
      merchantApplicationRecommend(applicationId: $id, revision: $revision, reason: $reason) {
        __typename
        ... on MerchantApplicationRecommendPayload {
          application {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const APPLICATION_APPROVE = graphql(
  `
    mutation ReviewApplicationApprove($id: ID!, $revision: Int!) {
      merchantApplicationApprove(applicationId: $id, revision: $revision) {
        __typename
        ... on MerchantApplicationApprovePayload {
          application {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const APPLICATION_RETURN = graphql(
  `
    mutation ReviewApplicationReturn(
      $id: ID!
      $revision: Int!
      $reason: String!
      $fields: [MerchantApplicationFaultInput!]!
    ) {
      merchantApplicationReturn(applicationId: $id, revision: $revision, reason: $reason, fields: $fields) {
        __typename
        ... on MerchantApplicationReturnPayload {
          application {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const APPLICATION_REFUSE = graphql(
  `
    mutation ReviewApplicationRefuse($id: ID!, $revision: Int!, $reason: String!) {
      merchantApplicationRefuse(applicationId: $id, revision: $revision, reason: $reason) {
        __typename
        ... on MerchantApplicationRefusePayload {
          application {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CERTIFICATIONS = graphql(`
  query ReviewCertifications($states: [CertificationState!], $atMyDesk: Boolean, $after: String) {
    certificationApplications(states: $states, atMyDesk: $atMyDesk, after: $after) {
      nodes {
        id
        state
        productName
        merchantName
        desk
        waitingSince
        noticeTo
        updatedAt
        submittedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CERTIFICATION = graphql(`
  query ReviewCertification($id: ID!) {
    certificationApplication(id: $id) {
      id
      state
      revision
      schemeCode
      productName
      merchantName
      countyCode
      desk
      waitingSince
      stepNo
      chain {
        kind
        office
        days
      }
      linked {
        agreementId
        householdId
      }
      linkedPersonCount
      commodityValueFen
      noticeFrom
      noticeTo
      submittedAt
      content {
        townshipCode
        priceComparison
        afterSale
        isProcessedFood
        agreementIds
        papers {
          kind
          number
          validFrom
          validTo
          fileIds
        }
      }
      files {
        id
        name
        mediaType
        sizeBytes
      }
      steps {
        stepNo
        office
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

export const OBJECTIONS = graphql(`
  query ReviewObjections($id: ID!) {
    certificationObjections(applicationId: $id) {
      id
      body
      maskedPhone
      state
      reason
      createdAt
    }
  }
`);

export const OBJECTION_DECIDE = graphql(
  `
    mutation ReviewObjectionDecide($id: ID!, $isUpheld: Boolean!, $reason: String!) {
      certificationObjectionDecide(objectionId: $id, isUpheld: $isUpheld, reason: $reason) {
        __typename
        ... on CertificationObjectionDecidePayload {
          application {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CERTIFICATION_PASS = graphql(
  `
    mutation ReviewCertificationPass($id: ID!, $revision: Int!, $reason: String!) {
      certificationPass(applicationId: $id, revision: $revision, reason: $reason) {
        __typename
        ... on CertificationPassPayload {
          application {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CERTIFICATION_RETURN = graphql(
  `
    mutation ReviewCertificationReturn(
      $id: ID!
      $revision: Int!
      $reason: String!
      $fields: [CertificationFaultInput!]!
    ) {
      certificationReturn(applicationId: $id, revision: $revision, reason: $reason, fields: $fields) {
        __typename
        ... on CertificationReturnPayload {
          application {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const CERTIFICATION_REFUSE = graphql(
  `
    mutation ReviewCertificationRefuse($id: ID!, $revision: Int!, $reason: String!) {
      certificationRefuse(applicationId: $id, revision: $revision, reason: $reason) {
        __typename
        ... on CertificationRefusePayload {
          application {
            id
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
