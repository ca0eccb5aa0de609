import { type GraphQLSchema, isEnumType } from 'graphql';
import ts from 'typescript';

/** One closed set of words, in a comparable form: the order is nobody's business. */
export function setOf(words: Iterable<string>): string {
  return [...words].toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
}

/** `CHECK (state in ('A','B'))` of a printed schema: constraint → set. */
export function checkedSets(sql: string): Map<string, string> {
  const checks = sql.matchAll(/CONSTRAINT `(\w+)` CHECK \(`\w+` in \(([^)]*)\)\)/g);
  return new Map(
    [...checks].map(([, name = '', list = '']) => [
      name,
      setOf([...list.matchAll(/'(\w+)'/g)].map(([, word = '']) => word)),
    ]),
  );
}

/** Arrays `as const` and unions of literals: every closed set of words that TypeScript knows. */
export function typedSets(texts: readonly string[]): Set<string> {
  const sets = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node)) {
      const words = node.elements.flatMap((each) => (ts.isStringLiteral(each) ? [each.text] : []));
      if (words.length > 0 && words.length === node.elements.length) sets.add(setOf(words));
    }
    if (ts.isUnionTypeNode(node)) {
      const words = node.types.flatMap((each) =>
        ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal) ? [each.literal.text] : [],
      );
      if (words.length === node.types.length) sets.add(setOf(words));
    }
    ts.forEachChild(node, visit);
  };
  for (const text of texts) visit(ts.createSourceFile('words.ts', text, ts.ScriptTarget.ES2023, true));
  return sets;
}

/** Enums of a schema whose words are no set of ours. Refusal codes are compared with their classes elsewhere. */
export function strangeEnums(schema: GraphQLSchema, known: ReadonlySet<string>): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isEnumType(type))
    .filter(({ name }) => !name.startsWith('__') && name !== 'DomainErrorCode')
    .filter((type) => !known.has(setOf(type.getValues().map(({ name }) => name))))
    .map(({ name }) => name);
}
