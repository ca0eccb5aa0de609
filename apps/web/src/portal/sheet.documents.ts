import type { ResultOf } from 'gql.tada';
import { graphql } from './graphql.js';

export const SHEET_KINDS = graphql(`
  query SheetKinds($merchantId: ID!) {
    sheetKinds(merchantId: $merchantId) {
      kind
      columns {
        key
        name
        hint
        isNeeded
      }
    }
  }
`);

export type SheetKind = ResultOf<typeof SHEET_KINDS>['sheetKinds'][number];

export const SHEET_IMPORTS = graphql(`
  query SheetImports($merchantId: ID!, $after: String) {
    sheetImports(merchantId: $merchantId, first: 12, after: $after) {
      nodes {
        id
        kind
        fileName
        state
        rowCount
        checkedAt
        progress {
          faulty
          done
          refused
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SHEET_IMPORT = graphql(`
  query SheetImport($id: ID!) {
    sheetImport(id: $id) {
      id
      kind
      fileName
      state
      rowCount
      checkedAt
      finishedAt
      forgottenAt
      progress {
        faulty
        waiting
        done
        refused
        creating
        changing
        forReview
        unchanged
      }
    }
  }
`);

export type SheetImport = NonNullable<ResultOf<typeof SHEET_IMPORT>['sheetImport']>;

export const SHEET_FAILED_ROWS = graphql(`
  query SheetFailedRows($id: ID!, $after: String) {
    sheetImportRows(importId: $id, isFailedOnly: true, first: 30, after: $after) {
      nodes {
        rowNo
        state
        cells {
          column
          text
        }
        faults {
          column
          message
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SHEET_CONFIRM = graphql(`
  mutation SheetConfirm($id: ID!) {
    sheetImportConfirm(importId: $id) {
      __typename
      ... on SheetImportConfirmPayload {
        sheetImport {
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

export const SHEET_STOP = graphql(`
  mutation SheetStop($id: ID!) {
    sheetImportStop(importId: $id) {
      __typename
      ... on SheetImportStopPayload {
        sheetImport {
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

export const SHEET_DISCARD = graphql(`
  mutation SheetDiscard($id: ID!) {
    sheetImportDiscard(importId: $id) {
      __typename
      ... on SheetImportDiscardPayload {
        sheetImport {
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
