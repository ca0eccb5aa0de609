import ts from 'typescript';

/** A `DomainError` class, as the compiler sees it. */
export interface RefusalClass {
  readonly name: string;
  readonly code: string;
  /** Public fields besides `code` and `message`, inherited ones included. */
  readonly fields: readonly string[];
  readonly path: string;
}

function isPublic(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).every((declaration) => {
    const flags = ts.getCombinedModifierFlags(declaration);
    return (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static)) === 0;
  });
}

function refusalOf(
  declaration: ts.ClassDeclaration,
  checker: ts.TypeChecker,
  path: string,
): RefusalClass | null {
  const symbol = declaration.name && checker.getSymbolAtLocation(declaration.name);
  if (!symbol || (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Abstract) !== 0) return null;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const isRefusal = (type.getBaseTypes() ?? []).some(
    (base) => base.symbol.name === 'DomainError' || base.getProperty('code'),
  );
  const code = type.getProperty('code');
  const codeType = code && checker.getTypeOfSymbolAtLocation(code, declaration);
  if (!isRefusal || !codeType?.isStringLiteral()) return null;
  const fields = type
    .getProperties()
    .filter((property) => (property.flags & ts.SymbolFlags.Property) !== 0 && isPublic(property))
    .map(({ name }) => name)
    .filter((name) => name !== 'code' && name !== 'message');
  return { name: symbol.name, code: codeType.value, fields, path };
}

/** Every refusal under `libs/`, by class name. Two contexts may use one name as long as no schema shows both. */
export function refusalsIn(program: ts.Program, folder = 'libs/'): Map<string, RefusalClass[]> {
  const checker = program.getTypeChecker();
  const classes = new Map<string, RefusalClass[]>();
  for (const source of program.getSourceFiles()) {
    const path = source.fileName.replace(`${process.cwd()}/`, '');
    if (!path.startsWith(folder) || !/(\.errors|\/domain-error)\.ts$/.test(path)) continue;
    for (const statement of source.statements) {
      const refusal = ts.isClassDeclaration(statement) ? refusalOf(statement, checker, path) : null;
      if (refusal) classes.set(refusal.name, [...(classes.get(refusal.name) ?? []), refusal]);
    }
  }
  return classes;
}

/** The names of the refusals that a method may return, and whether it says no more than "some refusal". */
export interface Answer {
  readonly refusals: readonly string[];
  readonly isVague: boolean;
}

function unwrap(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  return checker.getAwaitedType(type) ?? type;
}

/** What a resolver method answers with, by the types. Null where there is no such method. */
export function answerOf(
  program: ts.Program,
  path: string,
  className: string,
  methodName: string,
): Answer | null {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const declaration = source?.statements.find(
    (statement): statement is ts.ClassDeclaration =>
      ts.isClassDeclaration(statement) && statement.name?.text === className,
  );
  const method = declaration?.members.find(
    (member) => ts.isMethodDeclaration(member) && member.name.getText() === methodName,
  );
  const signature =
    method && ts.isMethodDeclaration(method) ? checker.getSignatureFromDeclaration(method) : undefined;
  if (!signature) return null;
  const type = unwrap(checker.getReturnTypeOfSignature(signature), checker);
  const names = (type.isUnion() ? type.types : [type]).map((member) => member.getSymbol()?.name ?? '');
  return {
    refusals: names.filter((name) => name.endsWith('Error') && name !== 'DomainError'),
    isVague: names.includes('DomainError'),
  };
}
