import { basename } from 'node:path';
import ts from 'typescript';
import { pathsUnder, read } from './sources.js';

export type OperationKind = 'Query' | 'Mutation' | 'Subscription' | 'Route';

/** What a stranger can reach: a root field of a schema, or a route of a controller. */
export interface Operation {
  readonly kind: OperationKind;
  /** The field's name, or the verb and path of a route. */
  readonly name: string;
  readonly className: string;
  readonly methodName: string;
  readonly path: string;
  /** A permission, `PUBLIC`, or null where nothing is declared. */
  readonly allowed: string | null;
  /** The act under which the audit log knows whoever calls it, or null where it does not. */
  readonly audited: string | null;
}

/** A field resolver: it loads what an operation has let through. */
export interface FieldResolver {
  readonly typeName: string;
  readonly field: string;
  readonly path: string;
}

const ROOT_KINDS: readonly OperationKind[] = ['Query', 'Mutation', 'Subscription'];
const VERBS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Head', 'Options'];

interface Decorator {
  readonly name: string;
  readonly argument: string | null;
}

function decoratorsOf(node: ts.HasDecorators): Decorator[] {
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) => {
    if (!ts.isCallExpression(expression) || !ts.isIdentifier(expression.expression)) return [];
    const [first] = expression.arguments;
    return [
      { name: expression.expression.text, argument: first && ts.isStringLiteral(first) ? first.text : null },
    ];
  });
}

function allowedBy(decorators: readonly Decorator[]): string | null {
  if (decorators.some(({ name }) => name === 'Public')) return 'PUBLIC';
  return decorators.find(({ name }) => name === 'Allow')?.argument ?? null;
}

function auditedBy(decorators: readonly Decorator[]): string | null {
  return decorators.find(({ name }) => name === 'Audited' || name === 'AuditedBelow')?.argument ?? null;
}

function classesOf(path: string): ts.ClassDeclaration[] {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2023, true);
  return source.statements.filter((statement) => ts.isClassDeclaration(statement));
}

function methodsOf(declaration: ts.ClassDeclaration): { name: string; decorators: Decorator[] }[] {
  return declaration.members
    .filter((member) => ts.isMethodDeclaration(member))
    .map((method) => ({ name: method.name.getText(), decorators: decoratorsOf(method) }));
}

function operationsOfClass(declaration: ts.ClassDeclaration, path: string): Operation[] {
  const ofClass = decoratorsOf(declaration);
  const controller = ofClass.find(({ name }) => name === 'Controller');
  return methodsOf(declaration).flatMap(({ name: methodName, decorators }) => {
    const common = {
      className: declaration.name?.text ?? '',
      methodName,
      path,
      allowed: allowedBy(decorators) ?? allowedBy(ofClass),
      audited: auditedBy(decorators),
    };
    const root = decorators.find(({ name }) => ROOT_KINDS.some((kind) => kind === name));
    if (root) {
      const kind = ROOT_KINDS.find((each) => each === root.name) ?? 'Query';
      return [{ ...common, kind, name: root.argument ?? methodName }];
    }
    const verb = decorators.find(({ name }) => VERBS.includes(name));
    if (!controller || !verb) return [];
    const route = [controller.argument, verb.argument]
      .filter((part) => part !== null && part !== '')
      .join('/');
    return [{ ...common, kind: 'Route' as const, name: `${verb.name.toUpperCase()} /${route}` }];
  });
}

/** A method of the class or, in the same file, of the class it extends. */
function fieldResolversOf(
  declaration: ts.ClassDeclaration,
  all: readonly ts.ClassDeclaration[],
  path: string,
): FieldResolver[] {
  const typeName = decoratorsOf(declaration).find(({ name }) => name === 'Resolver')?.argument;
  if (typeName === null || typeName === undefined) return [];
  const parentName = declaration.heritageClauses?.[0]?.types[0]?.expression.getText();
  const parents = all.filter(({ name }) => name?.text === parentName);
  return [declaration, ...parents].flatMap((each) =>
    methodsOf(each).flatMap(({ name, decorators }) => {
      const decorator = decorators.find((one) => one.name === 'ResolveField');
      return decorator ? [{ typeName, field: decorator.argument ?? name, path }] : [];
    }),
  );
}

/** Resolvers and controllers of one service: its own, and the sign-in door that all three share. */
function doorPathsOf(service: string, root: string): string[] {
  return [
    ...pathsUnder(`${root}libs/account/src`, '.ts'),
    ...pathsUnder(`${root}apps/${service}/src`, '.ts'),
  ].filter((path) => !basename(path).endsWith('spec.ts'));
}

export function operationsOf(service: string, root = ''): Operation[] {
  return doorPathsOf(service, root).flatMap((path) =>
    classesOf(path).flatMap((declaration) => operationsOfClass(declaration, path)),
  );
}

export function fieldResolversOfService(service: string, root = ''): FieldResolver[] {
  return doorPathsOf(service, root).flatMap((path) => {
    const classes = classesOf(path);
    return classes.flatMap((declaration) => fieldResolversOf(declaration, classes, path));
  });
}
