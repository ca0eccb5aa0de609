import { graphql } from './graphql.js';

export const ADDRESS_CHANGE = graphql(`
  mutation AddressChange($addressId: ID!, $input: AddressInput!) {
    addressChange(addressId: $addressId, input: $input) {
      __typename
      ... on AddressChangePayload {
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

export const ADDRESS_REMOVE = graphql(`
  mutation AddressRemove($addressId: ID!) {
    addressRemove(addressId: $addressId) {
      __typename
      ... on AddressRemovePayload {
        addresses {
          id
        }
      }
    }
  }
`);

export const ADDRESS_DEFAULT = graphql(`
  mutation AddressDefaultSet($addressId: ID!) {
    addressDefaultSet(addressId: $addressId) {
      __typename
      ... on AddressDefaultSetPayload {
        addresses {
          id
        }
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
