import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../../.generated/storefront.js';

/** Documents of the shop, checked and typed by the storefront's committed schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Fen: string; Date: string; DateTime: string };
}>();
