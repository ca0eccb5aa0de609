import { type GraphQLSchema, buildSchema, graphql } from 'graphql';
import { DomainError, InvalidInputError } from '#libs/kernel';
import { nameResults } from './name-results.js';

class SoldOutError extends DomainError {
  readonly code = 'SOLD_OUT';
  readonly message = { zh: '卖完了', en: 'Sold out.' };

  constructor(readonly left: number) {
    super();
  }
}

const SDL = /* GraphQL */ `
  interface DomainError {
    code: DomainErrorCode!
    message: String!
  }
  enum DomainErrorCode {
    INVALID_INPUT
    SOLD_OUT
  }
  type InvalidInputError implements DomainError {
    code: DomainErrorCode!
    message: String!
    fields: [InvalidField!]!
  }
  type InvalidField {
    path: String!
    message: String!
  }
  type SoldOutError implements DomainError {
    code: DomainErrorCode!
    message: String!
    left: Int!
  }
  type OrderPlacePayload {
    orderId: ID!
  }
  union OrderPlaceResult = OrderPlacePayload | SoldOutError | InvalidInputError
  type Query {
    place: OrderPlaceResult!
  }
`;

const ASK = /* GraphQL */ `
  {
    place {
      __typename
      ... on OrderPlacePayload {
        orderId
      }
      ... on DomainError {
        code
        message
      }
      ... on SoldOutError {
        left
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`;

async function answer(place: unknown, locale: 'zh-CN' | 'en'): Promise<unknown> {
  const schema: GraphQLSchema = nameResults(buildSchema(SDL));
  const { data, errors } = await graphql({
    schema,
    source: ASK,
    rootValue: { place },
    contextValue: { locale },
  });
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data?.['place']));
}

it('whatever is no refusal is the payload', async () => {
  expect(await answer({ orderId: 'ord_1' }, 'en')).toEqual({
    __typename: 'OrderPlacePayload',
    orderId: 'ord_1',
  });
});

it('a refusal is its class, with its fields, in the language of the request', async () => {
  expect(await answer(new SoldOutError(2), 'zh-CN')).toEqual({
    __typename: 'SoldOutError',
    code: 'SOLD_OUT',
    message: '卖完了',
    left: 2,
  });
  expect(await answer(new SoldOutError(2), 'en')).toMatchObject({ message: 'Sold out.' });
});

it('each malformed field is said in the language of the request', async () => {
  const refusal = new InvalidInputError([
    { path: 'lines', message: { zh: '没有商品', en: 'Nothing to buy.' } },
  ]);

  expect(await answer(refusal, 'zh-CN')).toMatchObject({
    message: '没有商品',
    fields: [{ path: 'lines', message: '没有商品' }],
  });
  expect(await answer(refusal, 'en')).toMatchObject({
    fields: [{ path: 'lines', message: 'Nothing to buy.' }],
  });
});

it.each([
  ['no payload', 'union BadResult = SoldOutError | InvalidInputError'],
  ['two payloads', 'type OtherPayload { a: Int } union BadResult = OrderPlacePayload | OtherPayload'],
])('does not start with a union of %s', (_, union) => {
  expect(() => nameResults(buildSchema(`${SDL}\n${union}`))).toThrow(/exactly one payload in BadResult/);
});
