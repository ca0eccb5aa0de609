import type { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../../.generated/storefront.js';

type Graphql = ReturnType<
  typeof initGraphQLTada<{
    introspection: introspection;
    disableMasking: true;
    scalars: { Fen: string; Date: string; DateTime: string };
  }>
>;

/**
 * Documents of the screen, checked and typed by the storefront's committed schema, and nothing but text when it runs: it asks two things, and has no client that would take them
 * apart. That is eleven of the thirty kilobytes.
 */
export const graphql = ((text: string) => text) as unknown as Graphql;

/** What is sent. */
export const textOf = (document: unknown): string => document as string;
