/** Documents that several specs send. */
export const ORDER_PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
  ... on OrderPlacePayload { order { id state totalFen merchantOrders { id state } } } ... on DomainError { code message } } }`;

export const PAYMENT_START = `mutation ($orderId: ID!, $method: PaymentMethod!) { paymentStart(orderId: $orderId, method: $method) { __typename
  ... on PaymentStartPayload { payment { id state action { kind url } } } ... on DomainError { code message } } }`;
