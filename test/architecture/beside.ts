import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './tree.js';

/** What waits for a connection, or for the network, whoever calls it. */
const DATABASE_ASKS = new Set(['query', 'write', 'transaction', 'manager', 'assertNoneOpen']);

/** Of what is handed on (`on: Pick<Tx, 'query'>`), what goes to the pool where the pool was handed on. */
const HANDED_ASKS = new Set(['query', 'write', 'manager']);

/** Their readings are shared between requests, so they never know of anybody's transaction. */
const SHARED = new Set(['Gathered', 'DataLoader']);

type Unit = ts.MethodDeclaration | ts.FunctionDeclaration | ts.ArrowFunction | ts.GetAccessorDeclaration;

interface Room {
  readonly name: string;
  readonly path: string;
  readonly bases: readonly string[];
  readonly members: ReadonlyMap<string, Unit>;
  readonly fields: ReadonlyMap<string, string>;
}

/** Whether a unit asks the pool: whatever it is handed, or if the parameter of that number is the pool; with the way it goes. */
interface Asks {
  always: string | null;
  readonly ifPool: Map<number, string>;
}

/** When: whatever is handed on, or if the unit's parameter of that number is the pool. */
type Ask = { readonly when: 'always' | number; readonly way: string };

const HANDED = 'handed';
const TX = 'Tx';
const POOL = 'Database';

function nameOfType(type: ts.TypeNode | undefined): string | null {
  if (!type) return null;
  if (ts.isTypeOperatorNode(type)) return nameOfType(type.type);
  if (ts.isArrayTypeNode(type)) return `${nameOfType(type.elementType) ?? ''}[]`;
  if (ts.isUnionTypeNode(type)) return type.types.map(nameOfType).find((name) => name !== null) ?? null;
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return null;
  if (type.typeName.text !== 'Pick') return type.typeName.text;
  const of = nameOfType(type.typeArguments?.[0]);
  return of === TX ? HANDED : of;
}

function isFunction(node: ts.Node): node is Unit | ts.FunctionExpression | ts.ConstructorDeclaration {
  return (
    ts.isMethodDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isConstructorDeclaration(node)
  );
}

function typeOfValue(value: ts.Expression | undefined): string | null {
  return value && ts.isNewExpression(value) && ts.isIdentifier(value.expression)
    ? value.expression.text
    : null;
}

function roomOf(node: ts.ClassDeclaration, path: string): Room {
  const members = new Map<string, Unit>();
  const fields = new Map<string, string>();
  const field = (name: string, type: string | null) => type !== null && fields.set(name, type);
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member))
      for (const { name, type } of member.parameters)
        if (ts.isIdentifier(name)) field(name.text, nameOfType(type));
    if (!member.name) continue;
    const name = member.name.getText();
    if (ts.isMethodDeclaration(member) || ts.isGetAccessorDeclaration(member)) members.set(name, member);
    if (!ts.isPropertyDeclaration(member)) continue;
    if (member.initializer && ts.isArrowFunction(member.initializer)) members.set(name, member.initializer);
    else field(name, nameOfType(member.type) ?? typeOfValue(member.initializer));
  }
  const bases = (node.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => type.expression.getText()),
  );
  return { name: node.name?.text ?? '', path, bases, members, fields };
}

/**
 * Who asks the pool while a transaction is open: from every function that has a `tx`, along the calls that can be followed by the types
 * that are written down (fields of constructors, parameters), to a question that is not asked within it.
 */
export class Questions {
  private readonly rooms = new Map<string, Room[]>();
  private readonly heirs = new Map<string, Room[]>();
  private readonly functions = new Map<string, { readonly path: string; readonly unit: Unit }[]>();
  /** By file and name, where it comes from: the beginning of a path. */
  private readonly imports = new Map<string, Map<string, string>>();
  /** Types of functions that are handed a `tx`. */
  private readonly works = new Set<string>();
  /** Functions within functions that are being looked into: one may call itself. */
  private readonly entered = new Set<ts.ArrowFunction>();
  private readonly asks = new Map<Unit, Asks>();
  private readonly homes = new Map<Unit, { readonly path: string; readonly name: string }>();
  /** How much has been followed: a check that follows nothing finds nothing. */
  followed = 0;

  constructor(private readonly files: readonly SourceFile[]) {
    for (const { path, syntax } of files) if (syntax) this.collect(path, syntax);
    let isNew = true;
    while (isNew) {
      isNew = false;
      for (const unit of this.homes.keys()) if (this.learn(unit)) isNew = true;
    }
  }

  private collect(path: string, syntax: ts.SourceFile): void {
    const imported = new Map<string, string>();
    this.imports.set(path, imported);
    for (const node of syntax.statements) {
      if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
        const names = node.importClause?.namedBindings;
        if (names && ts.isNamedImports(names))
          for (const { name } of names.elements)
            imported.set(name.text, rootOf(node.moduleSpecifier.text, path));
      }
      if (ts.isClassDeclaration(node)) {
        const room = roomOf(node, path);
        this.rooms.set(room.name, [...(this.rooms.get(room.name) ?? []), room]);
        for (const base of room.bases) this.heirs.set(base, [...(this.heirs.get(base) ?? []), room]);
        for (const [name, unit] of room.members) this.settle(unit, path, `${room.name}.${name}`);
      }
      if (ts.isTypeAliasDeclaration(node) && ts.isFunctionTypeNode(node.type) && hasTx(node.type))
        this.works.add(node.name.text);
      if (ts.isFunctionDeclaration(node) && node.name) this.addFunction(node.name.text, path, node);
      if (ts.isVariableStatement(node))
        for (const { name, initializer } of node.declarationList.declarations)
          if (ts.isIdentifier(name) && initializer && ts.isArrowFunction(initializer))
            this.addFunction(name.text, path, initializer);
    }
  }

  private addFunction(name: string, path: string, unit: Unit): void {
    this.functions.set(name, [...(this.functions.get(name) ?? []), { path, unit }]);
    this.settle(unit, path, name);
  }

  private settle(unit: Unit, path: string, name: string): void {
    this.homes.set(unit, { path, name });
    this.asks.set(unit, { always: null, ifPool: new Map() });
  }

  private learn(unit: Unit): boolean {
    const known = this.asks.get(unit);
    if (!known || known.always !== null) return false;
    let isNew = false;
    const visit = (node: ts.Node): void => {
      for (const { when, way } of this.asksAt(node)) {
        if (when === 'always' ? known.always !== null : known.ifPool.has(when)) continue;
        if (when === 'always') known.always = way;
        else known.ifPool.set(when, way);
        isNew = true;
      }
      ts.forEachChild(node, visit);
    };
    if (unit.body) visit(unit.body);
    return isNew;
  }

  /** Every question beside an open transaction, with the way it goes. */
  found(): string[] {
    return this.files.flatMap(({ path, syntax }) => {
      if (!syntax) return [];
      const found = new Set<string>();
      const visit = (node: ts.Node, isWithin: boolean): void => {
        if (isWithin)
          for (const { when, way } of this.asksAt(node))
            if (when === 'always') {
              const { line } = syntax.getLineAndCharacterOfPosition(node.getStart(syntax));
              found.add(`${path}:${line + 1} ${way}`);
            }
        const opens = isFunction(node) && (hasTx(node) || this.isHandedToTransaction(node));
        // A default is what holds where nothing is handed on.
        ts.forEachChild(node, (child) => visit(child, !ts.isParameter(child) && (isWithin || opens)));
      };
      visit(syntax, false);
      return [...found];
    });
  }

  /** The work of a transaction, also where it does not name its `tx`. */
  private isHandedToTransaction(node: ts.Node): boolean {
    const call = node.parent;
    if (!ts.isCallExpression(call)) return false;
    const index = call.arguments.findIndex((argument) => argument === node);
    return this.calledBy(call).some(({ parameters }) => {
      const type = parameters[index]?.type;
      return (
        type !== undefined &&
        (ts.isFunctionTypeNode(type) ? hasTx(type) : this.works.has(nameOfType(type) ?? ''))
      );
    });
  }

  private calledBy({ expression }: ts.CallExpression): readonly Unit[] {
    const { fileName } = expression.getSourceFile();
    if (ts.isIdentifier(expression))
      return this.meantBy(this.functions.get(expression.text) ?? [], expression.text, fileName).map(
        ({ unit }) => unit,
      );
    if (!ts.isPropertyAccessExpression(expression)) return [];
    const type = this.typeOf(expression.expression);
    return type === null ? [] : this.membersOf(type, expression.name.text, fileName);
  }

  private asksAt(node: ts.Node): Ask[] {
    if (ts.isPropertyAccessExpression(node)) return this.guarded(node, this.asksOfMember(node));
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression))
      return this.guarded(node, this.asksOfFunction(node, node.expression.text));
    return [];
  }

  /** `if (on === this.database)`: what stands behind it happens only where the pool was handed on. */
  private guarded(node: ts.Node, asks: Ask[]): Ask[] {
    if (asks.length === 0) return asks;
    for (let at = node; at.parent && !isFunction(at); at = at.parent) {
      const test = testBefore(at);
      if (!test || !ts.isBinaryExpression(test) || this.typeOf(test.right) !== POOL) continue;
      const on = this.valueOf(test.left);
      if (test.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken && typeof on === 'number')
        return asks.map(({ way }) => ({ when: on, way }));
    }
    return asks;
  }

  private asksOfMember(node: ts.PropertyAccessExpression): Ask[] {
    const name = node.name.text;
    const type = this.typeOf(node.expression);
    const call = ts.isCallExpression(node.parent) && node.parent.expression === node ? node.parent : null;
    if (type === null || type === TX) return [];
    if (type === POOL) return DATABASE_ASKS.has(name) ? [{ when: 'always', way: node.getText() }] : [];
    if (type === HANDED) {
      const on = this.valueOf(node.expression);
      return HANDED_ASKS.has(name) && typeof on === 'number' ? [{ when: on, way: node.getText() }] : [];
    }
    if (SHARED.has(type)) return call ? [{ when: 'always', way: node.getText() }] : [];
    return this.membersOf(type, name, node.getSourceFile().fileName).flatMap((unit) =>
      this.asksOf(unit, call),
    );
  }

  private asksOfFunction(call: ts.CallExpression, name: string): Ask[] {
    const all = this.functions.get(name) ?? [];
    const meant = this.meantBy(all, name, call.getSourceFile().fileName);
    return meant.length > 0
      ? meant.flatMap(({ unit }) => this.asksOf(unit, call))
      : this.asksOfLocal(call, name);
  }

  /** A function that the unit keeps for itself asks where it is called, which may be within what it stands outside of. */
  private asksOfLocal(call: ts.CallExpression, name: string): Ask[] {
    for (let at: ts.Node = call; at.parent; at = at.parent) {
      const local = declarationIn(at, name)?.initializer;
      if (!local) continue;
      if (!ts.isArrowFunction(local) || this.homes.has(local) || this.entered.has(local)) return [];
      this.entered.add(local);
      const asks = this.asksWithin(local.body, name);
      this.entered.delete(local);
      return asks;
    }
    return [];
  }

  private asksWithin(node: ts.Node, name: string): Ask[] {
    const asks = this.asksAt(node).map(({ when, way }): Ask => ({ when, way: `${name} > ${way}` }));
    ts.forEachChild(node, (child) => {
      asks.push(...this.asksWithin(child, name));
    });
    return asks;
  }

  /** What asking a unit asks of the pool, given what the call hands on; not a call but a mention hands on nothing. */
  private asksOf(unit: Unit, call: ts.CallExpression | null): Ask[] {
    const known = this.asks.get(unit);
    const home = this.homes.get(unit);
    if (!known || !home) return [];
    this.followed += 1;
    if (known.always !== null) return [{ when: 'always', way: `${home.name} > ${known.always}` }];
    return [...known.ifPool].flatMap(([index, further]): Ask[] => {
      const way = `${home.name} > ${further}`;
      const handed = call?.arguments[index];
      const parameter = unit.parameters[index];
      // Nothing handed on is the default, here or wherever nothing is handed on further.
      if (!handed) return parameter?.initializer || parameter?.questionToken ? [{ when: 'always', way }] : [];
      const value = this.valueOf(handed);
      return value === null ? [] : [{ when: value, way }];
    });
  }

  /** What is handed on: the pool in any case, or the unit's parameter of that number; null where it is a transaction. */
  private valueOf(value: ts.Expression): 'always' | number | null {
    const type = this.typeOf(value);
    if (type === POOL) return 'always';
    if (!ts.isIdentifier(value)) return null;
    for (let at: ts.Node = value; at.parent; at = at.parent) {
      if (!isFunction(at)) continue;
      const index = at.parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === value.text);
      if (index < 0) continue;
      return nameOfType(at.parameters[index]?.type) === HANDED && this.homes.has(at as Unit) ? index : null;
    }
    return null;
  }

  private typeOf(value: ts.Expression): string | null {
    if (ts.isParenthesizedExpression(value) || ts.isNonNullExpression(value))
      return this.typeOf(value.expression);
    if (value.kind === ts.SyntaxKind.ThisKeyword) return classAround(value)?.name?.text ?? null;
    if (ts.isNewExpression(value)) return typeOfValue(value);
    const either = alternatives(value);
    if (either) {
      const types = either.map((each) => this.typeOf(each));
      return types.find((type) => type === POOL) ?? types.find((type) => type !== null) ?? null;
    }
    if (ts.isIdentifier(value)) return this.typeOfName(value);
    if (!ts.isPropertyAccessExpression(value)) return null;
    const owner = this.typeOf(value.expression);
    if (owner === POOL && value.name.text === 'dataSource') return POOL;
    return owner === null ? null : this.fieldOf(owner, value.name.text, value.getSourceFile().fileName);
  }

  private typeOfName(name: ts.Identifier): string | null {
    for (let at: ts.Node = name; at.parent; at = at.parent) {
      if (isFunction(at)) {
        const parameter = at.parameters.find(
          (each) => ts.isIdentifier(each.name) && each.name.text === name.text,
        );
        if (parameter) return nameOfType(parameter.type) ?? (name.text === 'tx' ? TX : null);
      }
      if (ts.isForOfStatement(at) && isDeclaredBy(at.initializer, name.text))
        return this.typeOf(at.expression)?.replace(/\[\]$/, '') ?? null;
      const declared = declarationIn(at, name.text);
      if (declared)
        return nameOfType(declared.type) ?? (declared.initializer ? this.typeOf(declared.initializer) : null);
    }
    return name.text === 'tx' ? TX : null;
  }

  private roomsOf(type: string, path: string): readonly Room[] {
    const all = this.rooms.get(type) ?? [];
    const meant = this.meantBy(all, type, path);
    // What an heir has from its base is of a type that the heir's file need not import.
    return meant.length > 0 ? meant : all;
  }

  /** Of several of one name, those that the file itself has, or else those it imports. */
  private meantBy<T extends { readonly path: string }>(
    all: readonly T[],
    name: string,
    path: string,
  ): readonly T[] {
    const here = all.filter((each) => each.path === path);
    if (here.length > 0) return here;
    const from = this.imports.get(path)?.get(name);
    return from === undefined ? [] : all.filter((each) => each.path.startsWith(from));
  }

  private fieldOf(type: string, name: string, path: string): string | null {
    for (const { fields, bases, path: at } of this.roomsOf(type, path)) {
      const own = fields.get(name);
      if (own !== undefined) return own;
      for (const base of bases) {
        const inherited = this.fieldOf(base, name, at);
        if (inherited !== null) return inherited;
      }
    }
    return null;
  }

  /** The member as it is written down, and as every heir has it instead. */
  private membersOf(type: string, name: string, path: string): Unit[] {
    return [...this.inherited(type, name, path), ...this.instead(type, name)];
  }

  private inherited(type: string, name: string, path: string): Unit[] {
    return this.roomsOf(type, path).flatMap(({ members, bases, path: at }) => {
      const own = members.get(name);
      return own ? [own] : bases.flatMap((base) => this.inherited(base, name, at));
    });
  }

  private instead(type: string, name: string): Unit[] {
    return (this.heirs.get(type) ?? []).flatMap((heir) => {
      const own = heir.members.get(name);
      return [...(own ? [own] : []), ...this.instead(heir.name, name)];
    });
  }
}

/** Where what is imported lies: a file, or everything behind a front door. */
function rootOf(specifier: string, path: string): string {
  if (specifier.startsWith('#platform/')) return specifier.replace('#platform/', 'libs/platform/src/');
  if (specifier.startsWith('#')) return `${specifier.slice(1)}/`;
  return posix.join(posix.dirname(path), specifier).replace(/(index)?\.js$/, '');
}

/** What must hold for this to be reached, where it is what an `if` or a `?` leads to. */
function testBefore(node: ts.Node): ts.Expression | null {
  const { parent } = node;
  if (ts.isIfStatement(parent) && parent.thenStatement === node) return parent.expression;
  return ts.isConditionalExpression(parent) && parent.whenTrue === node ? parent.condition : null;
}

/** Of `a ?? b` and `x ? a : b`, what may come of it. */
function alternatives(value: ts.Expression): readonly ts.Expression[] | null {
  if (ts.isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
  const isElse =
    ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  return isElse ? [value.left, value.right] : null;
}

function isDeclaredBy(node: ts.Node, name: string): boolean {
  return ts.isVariableDeclarationList(node) && node.declarations.some((each) => each.name.getText() === name);
}

/** What a block declares by this name. */
function declarationIn(block: ts.Node, name: string): ts.VariableDeclaration | undefined {
  if (!ts.isBlock(block) && !ts.isSourceFile(block)) return undefined;
  return block.statements
    .flatMap((each) => (ts.isVariableStatement(each) ? each.declarationList.declarations : []))
    .find((each) => each.name.getText() === name);
}

function classAround(node: ts.Node): ts.ClassDeclaration | null {
  for (let at = node; at.parent; at = at.parent) if (ts.isClassDeclaration(at)) return at;
  return null;
}

/** A function with a `tx`, by its type or by its name, also out of an object that is taken apart. */
function hasTx({ parameters }: { readonly parameters: readonly ts.ParameterDeclaration[] }): boolean {
  return parameters.some(({ name, type }) =>
    ts.isIdentifier(name)
      ? nameOfType(type) === TX || (!type && name.text === 'tx')
      : ts.isObjectBindingPattern(name) && name.elements.some((each) => each.name.getText() === 'tx'),
  );
}
