import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

export const PLACES = graphql(`
  query ReviewPlaces($isWaiting: Boolean, $after: String) {
    places(isWaiting: $isWaiting, after: $after) {
      nodes {
        id
        kind
        name
        state
        countyCode
        operatorName
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
  query ReviewPlace($id: ID!) {
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
      operatorName
      heldBy
      contractedFrom
      contractedTo
      steps {
        number
        act
        side
        reason
        effectiveOn
        at
        files {
          id
          name
        }
      }
    }
  }
`);

export const PLACE_DECIDE = graphql(
  `
    mutation PlaceDecide($input: PlaceDecideInput!) {
      placeDecide(input: $input) {
        ... on PlaceDecidePayload {
          place {
            id
            revision
            state
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
