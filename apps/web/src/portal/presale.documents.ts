import { graphql } from './graphql.js';

export const PRESALES = graphql(`
  query Presales($merchantId: ID!, $state: PresaleState!, $after: String) {
    presales(merchantId: $merchantId, state: $state, first: 20, after: $after) {
      nodes {
        id
        variants {
          id
          name
          productName
        }
        firstOn
        lastOn
        ordersOpenAt
        ordersCloseAt
        state
        waitingG
        days {
          day
          announcedG
          capacityG
          reservedG
          shippedG
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PRESALE = graphql(`
  query Presale($id: ID!) {
    presale(id: $id) {
      id
      variants {
        id
        name
        productName
      }
      batch {
        id
        traceCode
      }
      firstOn
      lastOn
      ordersOpenAt
      ordersCloseAt
      payment
      depositBps
      balanceDueOn
      state
      waitingG
      harvest {
        id
        countyName
        villageName
        grantedG
        reviewState
        reviewReason
      }
      days {
        day
        announcedG
        capacityG
        reservedG
        shippedG
      }
    }
  }
`);

/** Where a product grew before, the latest first, and what it is packed as. */
export const GROWN_BEFORE = graphql(`
  query GrownBefore($merchantId: ID!, $productId: ID!) {
    harvestBatches(merchantId: $merchantId, productId: $productId, first: 50) {
      nodes {
        id
        countyName
        villageCode
        villageName
        variants {
          id
          name
          netWeightG
        }
      }
    }
  }
`);

export const PRESALE_OPEN = graphql(`
  mutation PresaleOpen($input: PresaleOpenInput!) {
    presaleOpen(input: $input) {
      __typename
      ... on PresaleOpenPayload {
        presale {
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

export const CAPACITY_SET = graphql(`
  mutation PresaleCapacitySet($presaleId: ID!, $day: Date!, $capacityG: Int!) {
    presaleCapacitySet(presaleId: $presaleId, day: $day, capacityG: $capacityG) {
      __typename
      ... on PresaleCapacitySetPayload {
        presale {
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

export const ORDERS_CLOSE_SET = graphql(`
  mutation PresaleOrdersCloseSet($presaleId: ID!, $ordersCloseAt: DateTime!) {
    presaleOrdersCloseSet(presaleId: $presaleId, ordersCloseAt: $ordersCloseAt) {
      __typename
      ... on PresaleOrdersCloseSetPayload {
        presale {
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

export const PRESALE_CLOSE = graphql(`
  mutation PresaleClose($presaleId: ID!) {
    presaleClose(presaleId: $presaleId) {
      __typename
      ... on PresaleClosePayload {
        presale {
          id
        }
      }
    }
  }
`);

export const DELAY_ANNOUNCE = graphql(`
  mutation PresaleDelayAnnounce($input: PresaleDelayAnnounceInput!) {
    presaleDelayAnnounce(input: $input) {
      __typename
      ... on PresaleDelayAnnouncePayload {
        askedCount
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
