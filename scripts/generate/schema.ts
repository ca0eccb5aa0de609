import {
  type GraphQLSchema,
  buildSchema,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  printType,
} from 'graphql';
import { sharedPartsOf } from '#platform/graphql';
import { pathsUnder, read } from './sources.js';

/** The SDL files of one service, as `graphqlModuleFor` of #platform/graphql finds them. */
export function sdlPathsOf(service: string, root = ''): string[] {
  return [
    ...pathsUnder(`${root}libs/platform/src/graphql`, '.graphql'),
    ...pathsUnder(`${root}libs/account/src`, '.graphql'),
    ...sharedPartsOf(service).flatMap((folder) => pathsUnder(`${root}${folder}`, '.graphql')),
    ...pathsUnder(`${root}apps/${service}/src`, '.graphql'),
  ];
}

/** Throws when the parts do not fit together: a type or value twice, an unknown name. */
export function schemaOf(service: string, root = ''): GraphQLSchema {
  return buildSchema(sdlPathsOf(service, root).map(read).join('\n'));
}

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** Operations first, then types by name; fields in the order in which they were written. */
export function printWhole(schema: GraphQLSchema): string {
  const rank = (name: string) => (ROOTS.includes(name) ? `0${ROOTS.indexOf(name)}` : `1${name}`);
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .filter((type) => !('getFields' in type) || Object.keys(type.getFields()).length > 0)
    .toSorted((a, b) => (rank(a.name) < rank(b.name) ? -1 : 1));
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  if (directives.length > 0)
    throw new Error('printWhole does not print directives; there were none when it was written.');
  return `${types.map(printType).join('\n\n')}\n`;
}
