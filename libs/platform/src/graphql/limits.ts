import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  specifiedRules,
  validate,
} from 'graphql';
import type { FastifyInstance } from 'fastify';
import 'mercurius'; // Its types teach Fastify's what `graphql` is.

/** Deeper than any page of ours goes. */
export const DEPTH_MAX = 10;
/** Fields of one document, aliases and fragments spread out; the largest of our own come to about 350, and none may be refused (test/web/built-pages.spec.ts). */
export const FIELDS_MAX = 400;
/** What is asked of each node of a connection counts this often: pages are long, and how long is not known before variables are. */
export const NODES_FACTOR = 10;
/** Root fields of one document: each is a database question. */
export const ROOT_FIELDS_MAX = 10;
/** Bytes of one request; images travel elsewhere. */
export const BODY_BYTES_MAX = 200_000;

/** For documents that are posted: there is nobody to tell later. Sockets are held to the other rules by `limitSubscriptions`. */
export function noSubscriptionRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
      context.reportError(
        new GraphQLError('A subscription needs a socket: graphql-transport-ws at the same address.', {
          nodes: operation,
          extensions: { zh: '订阅须经 WebSocket（graphql-transport-ws），地址相同' },
        }),
      );
    },
  };
}

/** Counts what a document would really ask for, so that aliases and fragments cannot multiply it. */
export function costRule(context: ValidationContext): ASTVisitor {
  const costs = new Map<string, number>();
  const roots = new Map<string, number>();

  const costOf = (set: SelectionSetNode, within: readonly string[]): number => {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const factor = selection.name.value === 'nodes' ? NODES_FACTOR : 1;
        cost += 1 + factor * (selection.selectionSet ? costOf(selection.selectionSet, within) : 0);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) cost += costOf(selection.selectionSet, within);
      else cost += costOfFragment(context.getFragment(selection.name.value), within);
      if (cost > FIELDS_MAX) return cost; // Enough to refuse; counting on would be the attack.
    }
    return cost;
  };
  const costOfFragment = (
    fragment: FragmentDefinitionNode | null | undefined,
    within: readonly string[],
  ): number => {
    if (!fragment || within.includes(fragment.name.value)) return 0; // Unknown and circular ones are other rules' business.
    const known = costs.get(fragment.name.value);
    if (known !== undefined) return known;
    const cost = costOf(fragment.selectionSet, [...within, fragment.name.value]);
    costs.set(fragment.name.value, cost);
    return cost;
  };

  /** What stands at the root however it is wrapped; counted no further than the limit, for the same reason. */
  const rootsOf = (set: SelectionSetNode, within: readonly string[]): number => {
    let count = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) count += 1;
      else if (selection.kind === Kind.INLINE_FRAGMENT) count += rootsOf(selection.selectionSet, within);
      else count += rootsOfFragment(context.getFragment(selection.name.value), within);
      if (count > ROOT_FIELDS_MAX) return count;
    }
    return count;
  };
  const rootsOfFragment = (
    fragment: FragmentDefinitionNode | null | undefined,
    within: readonly string[],
  ): number => {
    if (!fragment || within.includes(fragment.name.value)) return 0;
    const known = roots.get(fragment.name.value);
    if (known !== undefined) return known;
    const count = rootsOf(fragment.selectionSet, [...within, fragment.name.value]);
    roots.set(fragment.name.value, count);
    return count;
  };

  return {
    OperationDefinition(operation) {
      if (rootsOf(operation.selectionSet, []) > ROOT_FIELDS_MAX) {
        context.reportError(
          new GraphQLError(`A document may ask at most ${ROOT_FIELDS_MAX} root fields.`, {
            nodes: operation,
            extensions: { zh: `一份请求最多 ${ROOT_FIELDS_MAX} 个根字段` },
          }),
        );
      }
      if (costOf(operation.selectionSet, []) > FIELDS_MAX) {
        context.reportError(
          new GraphQLError(`A document may ask at most ${FIELDS_MAX} fields.`, {
            nodes: operation,
            extensions: { zh: `一份请求最多 ${FIELDS_MAX} 个字段` },
          }),
        );
      }
    },
  };
}

/** Over a socket Mercurius measures depth and nothing else: neither our limits nor whether the document fits the schema. */
export function limitSubscriptions(app: FastifyInstance): void {
  app.graphql.addHook('preSubscriptionExecution', async (schema, document) => {
    const [fault] = validate(schema, document, [...specifiedRules, costRule]);
    if (fault) throw fault;
  });
}
