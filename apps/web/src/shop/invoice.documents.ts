import { graphql } from './graphql.js';

export const INVOICES = graphql(`
  query OrderInvoices($orderId: ID!) {
    order(id: $orderId) {
      id
      state
      unitId
      totalFen
    }
    orderInvoices(orderId: $orderId) {
      id
      kind
      title
      taxNumber
      totalFen
      state
      number
      issuedOn
      failureNote
      requestedAt
      items {
        name
        quantity
        amountFen
      }
    }
  }
`);

export const REQUEST_INVOICE = graphql(`
  mutation InvoiceRequest($input: InvoiceRequestInput!) {
    invoiceRequest(input: $input) {
      __typename
      ... on InvoiceRequestPayload {
        invoices {
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
