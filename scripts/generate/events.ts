import ts from 'typescript';
import { wholeProgram } from './program.js';
import { GENERATED_BY, pathsUnder, read } from './sources.js';

export interface Fact {
  readonly name: string;
  /** Key and type, as TypeScript says it. */
  readonly payload: readonly (readonly [string, string])[];
  readonly consumers: readonly string[];
  /** `OrderService.place` and the like: the methods that call the fact's maker. */
  readonly emittedBy: readonly string[];
  /** The context whose `*.events.ts` makes it; null for a route without a maker. */
  readonly emittedIn: string | null;
}

const ROUTES = 'apps/settlement/src/event-routes.ts';

/** The switchboard as it is written: fact → the consumers' class names. */
export function routesIn(text: string): Map<string, string[]> {
  const routes = new Map<string, string[]>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      ts.isStringLiteral(node.name) &&
      ts.isArrayLiteralExpression(node.initializer)
    ) {
      routes.set(
        node.name.text,
        node.initializer.elements.map((element) => element.getText()),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(ROUTES, text, ts.ScriptTarget.ES2023, true));
  return routes;
}

interface Maker {
  readonly context: string;
  readonly functionName: string;
  readonly payload: readonly (readonly [string, string])[];
}

/** Closed sets of words word by word, not by their alias. */
const SPELT_OUT = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;

/** As a reader says it: `ord_…` for an id, 'BUYER' for a word. */
function wordsOf(type: string): string {
  return type.replace(/`(\w+)_\$\{string\}`/g, '$1_…').replaceAll('"', "'");
}

function literalOf(type: ts.Type | undefined): string | null {
  return type?.isStringLiteral() ? type.value : null;
}

/** Every function of an `*.events.ts` file that returns a fact, by the fact's name. */
function makersIn(program: ts.Program): Map<string, Maker> {
  const checker = program.getTypeChecker();
  const makers = new Map<string, Maker>();
  for (const source of program.getSourceFiles()) {
    const [, context] = /(?:^|\/)libs\/([^/]+)\/src\/[^/]+\.events\.ts$/.exec(source.fileName) ?? [];
    if (context === undefined) continue;
    for (const statement of source.statements) {
      if (!ts.isFunctionDeclaration(statement) || !statement.name) continue;
      const signature = checker.getSignatureFromDeclaration(statement);
      if (!signature) continue;
      const event = checker.getReturnTypeOfSignature(signature);
      const typeOf = (type: ts.Type, key: string) => {
        const property = type.getProperty(key);
        return property && checker.getTypeOfSymbolAtLocation(property, statement);
      };
      const name = literalOf(typeOf(event, 'name'));
      const payload = typeOf(event, 'payload');
      if (name === null || !payload) continue;
      const keys = payload.getProperties().map((property) => {
        const type = checker.getTypeOfSymbolAtLocation(property, statement);
        return [property.name, wordsOf(checker.typeToString(type, statement, SPELT_OUT))] as const;
      });
      makers.set(name, { context, functionName: statement.name.text, payload: keys });
    }
  }
  return makers;
}

/** Which methods call which function, by name: makers are called from services and consumers only. */
function callersIn(paths: readonly string[]): Map<string, Set<string>> {
  const callers = new Map<string, Set<string>>();
  for (const path of paths) {
    const visit = (node: ts.Node, owner: string): void => {
      let at = owner;
      if (ts.isClassDeclaration(node) && node.name) at = node.name.text;
      if (ts.isMethodDeclaration(node)) at = `${owner}.${node.name.getText()}`;
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
        const known = callers.get(node.expression.text) ?? new Set();
        callers.set(node.expression.text, known.add(at));
      }
      ts.forEachChild(node, (child) => visit(child, at));
    };
    visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2023, true), path);
  }
  return callers;
}

/** Every fact that the code can make, with its road. */
export function factsOf(): Fact[] {
  const routes = routesIn(read(ROUTES));
  const makers = makersIn(wholeProgram());
  const callers = callersIn([
    ...pathsUnder('libs', '.service.ts'),
    ...pathsUnder('apps/settlement/src', '.consumer.ts'),
  ]);
  return [...new Set([...routes.keys(), ...makers.keys()])]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => {
      const maker = makers.get(name);
      return {
        name,
        payload: maker?.payload ?? [],
        consumers: routes.get(name) ?? [],
        emittedIn: maker?.context ?? null,
        emittedBy: [...(callers.get(maker?.functionName ?? '') ?? [])].toSorted((a, b) => (a < b ? -1 : 1)),
      };
    });
}

function partOf({ name, payload, consumers, emittedBy }: Fact): string {
  const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');
  const keys = payload.map(([key, type]) => `| \`${key}\` | \`${type.replaceAll('|', '\\|')}\` |`);
  return `## ${name}

Made true by ${code(emittedBy)}. Wakes ${code(consumers)}.

| key | type |
| --- | --- |
${keys.join('\n')}`;
}

/** `docs/events.md`: every fact, what it carries, who makes it true and whom it wakes. */
export function eventsPage(): string {
  return `# Facts and whom they wake

${GENERATED_BY}

A fact is written to the outbox in the transaction that made it true, and reaches each of its consumers at least once, in any order;
the consumer's receipt makes the effect happen once. Amounts are decimal text in fen, instants are RFC 3339 in UTC.
The switchboard is [event-routes.ts](../${ROUTES}).

${factsOf().map(partOf).join('\n\n')}
`;
}
