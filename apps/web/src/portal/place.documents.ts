import { graphql } from './graphql.js';

export const PLACES = graphql(`
  query Places($merchantId: ID!, $after: String) {
    places(merchantId: $merchantId, first: 24, after: $after) {
      nodes {
        id
        kind
        name
        state
        address
        hostName
        contractedTo
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PLACE = graphql(`
  query Place($id: ID!) {
    place(id: $id) {
      id
      kind
      name
      state
      revision
      countyCode
      address
      ownerKind
      hostKind
      hostName
      introduction
      openingHours
      openedOn
      documentNo
      heldBy
      contractedTo
      steps {
        number
        act
        side
        reason
        effectiveOn
        files {
          id
          name
        }
      }
    }
  }
`);

export const PLACE_PROPOSE = graphql(`
  mutation PlacePropose($input: PlaceProposeInput!) {
    placePropose(input: $input) {
      ... on PlaceProposePayload {
        place {
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

export const PLACE_AMEND = graphql(`
  mutation PlaceAmend($input: PlaceAmendInput!) {
    placeAmend(input: $input) {
      ... on PlaceAmendPayload {
        place {
          id
          revision
          state
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

export const PLACE_STEP = graphql(`
  mutation PlaceStep($input: PlaceStepInput!) {
    placeStep(input: $input) {
      ... on PlaceStepPayload {
        place {
          id
          revision
          state
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
