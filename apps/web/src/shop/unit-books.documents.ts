import { graphql } from './graphql.js';

export const TITLES = graphql(`
  query UnitInvoiceTitles($unitId: ID!) {
    unitInvoiceTitles(unitId: $unitId) {
      id
      title
      taxNumber
    }
  }
`);

export const AGEING = graphql(`
  query UnitAgeing($unitId: ID!) {
    unitAgeing(unitId: $unitId) {
      notDueFen
      days1To30Fen
      days31To60Fen
      days61To90Fen
      over90Fen
      openFen
    }
  }
`);

export const CONTRACTORS = graphql(`
  query UnitContractors($unitId: ID!) {
    unitContractors(unitId: $unitId) {
      id
      name
      creditCode
      startsOn
      endsBefore
    }
  }
`);

export const TITLE_ADD = graphql(`
  mutation UnitInvoiceTitleAdd($input: UnitInvoiceTitleAddInput!) {
    unitInvoiceTitleAdd(input: $input) {
      __typename
      ... on UnitInvoiceTitleAddPayload {
        title {
          id
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

export const TITLE_END = graphql(`
  mutation UnitInvoiceTitleEnd($unitId: ID!, $titleId: ID!) {
    unitInvoiceTitleEnd(unitId: $unitId, titleId: $titleId) {
      __typename
      ... on UnitInvoiceTitleEndPayload {
        titles {
          id
        }
      }
    }
  }
`);

export const CONTRACTOR_OPEN = graphql(`
  mutation UnitContractorOpen($input: UnitContractorOpenInput!) {
    unitContractorOpen(input: $input) {
      __typename
      ... on UnitContractorOpenPayload {
        contractor {
          id
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

export const CONTRACTOR_END = graphql(`
  mutation UnitContractorEnd($contractorId: ID!) {
    unitContractorEnd(contractorId: $contractorId) {
      __typename
      ... on UnitContractorEndPayload {
        contractor {
          id
        }
      }
    }
  }
`);

export const SHARE_FILE = graphql(`
  mutation ReservedShareFile($input: ReservedShareFileInput!) {
    reservedShareFile(input: $input) {
      __typename
      ... on ReservedShareFilePayload {
        share {
          year
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
