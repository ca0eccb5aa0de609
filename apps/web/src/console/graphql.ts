import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../../.generated/settlement.js';

/** Documents of the console, checked and typed by the settlement service's committed schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Fen: string; Date: string; DateTime: string };
}>();
