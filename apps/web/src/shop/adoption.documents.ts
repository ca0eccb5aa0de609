import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const OFFERS = graphql(`
  query AdoptionOffers($after: String) {
    adoptionOffers(first: 24, after: $after) {
      nodes {
        id
        productName
        objectKind
        story
        guaranteedG
        priceFen
        firstOn
        lastOn
        freeCount
        objectCount
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const OWN_ADOPTIONS = graphql(`
  query Adoptions($after: String) {
    adoptions(first: 24, after: $after) {
      nodes {
        id
        state
        plateName
        adoptedAt
        object {
          tag
          place
        }
        offer {
          productName
          objectKind
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const OFFER = graphql(`
  query AdoptionOffer($id: ID!) {
    adoptionOffer(id: $id) {
      id
      productId
      productName
      variantId
      objectKind
      story
      portions
      portionG
      guaranteedG
      priceFen
      takesOrders
      ordersCloseAt
      freeCount
      objectCount
      instalments {
        number
        portions
        firstOn
        lastOn
      }
      objects(first: 60, onlyFree: true) {
        nodes {
          id
          tag
          place
          photoPath
        }
      }
      updates(first: 6) {
        nodes {
          id
          text
          photoPath
          publishedAt
        }
      }
    }
  }
`);

export const ADOPTION = graphql(`
  query Adoption($id: ID!) {
    adoption(id: $id) {
      id
      orderId
      state
      plateName
      adoptedAt
      offer {
        id
        productName
        objectKind
        guaranteedG
      }
      object {
        tag
        place
        photoPath
      }
      instalments {
        id
        number
        season
        state
        portions
        shippedPortions
        calledOffPortions
        promisedDispatchOn
        firstPromisedOn
        delayReason
        recipient {
          name
        }
      }
      harvests {
        season
        harvestedG
        promisedPortions
        shortPortions
        note
        declaredAt
      }
      updates(first: 12) {
        nodes {
          id
          text
          photoPath
          publishedAt
        }
      }
      certificate {
        number
        issuedOn
        tag
        place
        plateName
        guaranteedG
        firstOn
        lastOn
      }
    }
  }
`);

export const NAME_PLATE = graphql(`
  mutation AdoptionPlateSet($adoptionId: ID!, $name: String!) {
    adoptionPlateSet(adoptionId: $adoptionId, name: $name) {
      __typename
      ... on AdoptionPlateSetPayload {
        adoption {
          id
          plateName
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

export const SEND_TO = graphql(`
  mutation AdoptionRecipientSet($instalmentId: ID!, $recipient: AdoptionRecipientInput!) {
    adoptionRecipientSet(instalmentId: $instalmentId, recipient: $recipient) {
      __typename
      ... on AdoptionRecipientSetPayload {
        adoption {
          id
          state
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

export const CALL_OFF_INSTALMENT = graphql(`
  mutation AdoptionInstalmentCallOff($instalmentId: ID!) {
    adoptionInstalmentCallOff(instalmentId: $instalmentId) {
      __typename
      ... on AdoptionInstalmentCallOffPayload {
        adoption {
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

export type Offer = NonNullable<ResultOf<typeof OFFER>['adoptionOffer']>;
export type Adoption = NonNullable<ResultOf<typeof ADOPTION>['adoption']>;
