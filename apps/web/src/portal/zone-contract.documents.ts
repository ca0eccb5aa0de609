import { graphql } from './graphql.js';

export const ZONE_CONTRACTS = graphql(`
  query ZoneContracts($merchantId: ID!, $after: String) {
    zoneContracts(merchantId: $merchantId, first: 24, after: $after) {
      nodes {
        id
        number
        divisionName
        validFrom
        validTo
        state
        isHolding
        endedOn
        renewsId
        shopCount
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ZONE_CONTRACT = graphql(`
  query ZoneContract($id: ID!) {
    zoneContract(id: $id) {
      id
      hostId
      seriesId
      renewsId
      number
      divisionCode
      divisionName
      validFrom
      validTo
      operatorBps
      terms
      files {
        id
        name
      }
      state
      isHolding
      shopCount
      proposedAt
      decidedAt
      reason
      endedOn
      endReason
    }
  }
`);

export const CONTRACT_SHOPS = graphql(`
  query ContractShops($merchantId: ID!, $seriesId: ID!, $after: String) {
    places(merchantId: $merchantId, contractSeriesId: $seriesId, first: 24, after: $after) {
      nodes {
        id
        name
        state
        address
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CONTRACT_PROPOSE = graphql(`
  mutation ZoneContractPropose($input: ZoneContractProposeInput!) {
    zoneContractPropose(input: $input) {
      ... on ZoneContractProposePayload {
        contract {
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

export const CONTRACT_SHOPS_ADD = graphql(`
  mutation ZoneContractShopsAdd($contractId: ID!, $placeIds: [ID!]!) {
    zoneContractShopsAdd(contractId: $contractId, placeIds: $placeIds) {
      ... on ZoneContractShopsAddPayload {
        contract {
          id
          shopCount
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

export const CONTRACT_END = graphql(`
  mutation ZoneContractEnd($contractId: ID!, $reason: String!) {
    zoneContractEnd(contractId: $contractId, reason: $reason) {
      ... on ZoneContractEndPayload {
        contract {
          id
          endedOn
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
