import {
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { DomainError, type InvalidField, type Locale, present } from '#libs/kernel';

interface Localised {
  readonly locale: Locale;
}

function say(message: { zh: string; en: string }, { locale }: Localised): string {
  return locale === 'en' ? message.en : message.zh;
}

/**
 * Teaches the schema our conventions in one place: a member of a `…Result` union is the refusal's class name or else the union's
 * one `…Payload`; messages are said in the request's language.
 */
export function nameResults(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isUnionType(type) && type.name.endsWith('Result')) {
      const payloads = type.getTypes().filter((member) => member.name.endsWith('Payload'));
      const payload = present(
        payloads.length === 1 ? payloads[0] : null,
        `exactly one payload in ${type.name}`,
      );
      type.resolveType = (value: unknown) =>
        value instanceof DomainError ? value.constructor.name : payload.name;
    }
    if (isInterfaceType(type) && type.name === 'DomainError') {
      type.resolveType = (value: object) => value.constructor.name;
    }
    if (isObjectType(type) && type.getInterfaces().some((parent) => parent.name === 'DomainError')) {
      const { message } = type.getFields();
      present(message, `message of ${type.name}`).resolve = (
        error: DomainError,
        _: unknown,
        context: Localised,
      ) => say(error.message, context);
    }
    if (isObjectType(type) && type.name === 'InvalidField') {
      present(type.getFields()['message'], 'message of InvalidField').resolve = (
        field: InvalidField,
        _: unknown,
        context: Localised,
      ) => say(field.message, context);
    }
  }
  return schema;
}

/** Which fields of the answer the client asked for, so that a reader skips what nobody wants. One level of names, dotted below. */
export function isAsked(info: GraphQLResolveInfo, path: string): boolean {
  const names = path.split('.');
  const walk = (selections: readonly unknown[], depth: number): boolean =>
    selections.some((selection) => {
      const node = selection as {
        kind: string;
        name?: { value: string };
        selectionSet?: { selections: readonly unknown[] };
      };
      if (node.kind === 'FragmentSpread') {
        const fragment = info.fragments[present(node.name, 'a fragment name').value];
        return fragment ? walk(fragment.selectionSet.selections, depth) : false;
      }
      if (node.kind === 'InlineFragment') return walk(node.selectionSet?.selections ?? [], depth);
      if (node.name?.value !== names[depth]) return false;
      return depth === names.length - 1 || walk(node.selectionSet?.selections ?? [], depth + 1);
    });
  return info.fieldNodes.some((node) => walk(node.selectionSet?.selections ?? [], 0));
}
