import { type GraphQLSchema, parse, validate } from 'graphql';
import type { SourceFile } from './tree.js';

export interface DocumentExample {
  readonly path: string;
  readonly service: string;
  readonly text: string;
}

const SERVICES = ['storefront', 'merchant', 'settlement'];
const BLOCK = /(?:<!-- (\w+)[^\n]* -->\s+)?```graphql\n([\s\S]+?)```/g;
/** Several operations may stand under each other; each begins at the margin. */
const OPERATION =
  /^(?:query|mutation|subscription|\{)[\s\S]*?(?=^(?:query|mutation|subscription|\{)|$(?![\s\S]))/gm;

/** Operations that a page shows; whose door they are for is what the line above a block says, or the storefront's. */
export function examplesIn({ path, text }: SourceFile): DocumentExample[] {
  return [...text.matchAll(BLOCK)].flatMap(([, who = '', block = '']) =>
    [...block.matchAll(OPERATION)].map(([operation]) => ({
      path,
      service: SERVICES.includes(who) ? who : 'storefront',
      text: operation,
    })),
  );
}

/** What a client who copies an example would be told. */
export function exampleFaults(
  { path, service, text }: DocumentExample,
  schemas: ReadonlyMap<string, GraphQLSchema>,
): string[] {
  const schema = schemas.get(service);
  if (!schema) return [`${path}: there is no ${service}`];
  try {
    return validate(schema, parse(text)).map(({ message }) => `${path}: ${message}`);
  } catch (error) {
    return [`${path}: ${String(error)}`];
  }
}
