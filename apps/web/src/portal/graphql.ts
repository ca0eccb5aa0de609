import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../../.generated/merchant.js';

/** Documents of the portal, checked and typed by the merchant service's committed schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Fen: string; Date: string; DateTime: string };
}>();
