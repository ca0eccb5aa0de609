import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Stripe from 'stripe';
import ts from 'typescript';
import { present } from '#libs/kernel';
import { contractPath, GENERATOR_VERSION, type ContractFile, type Schema } from './file.js';
import { DELETED_ROOTS, EVENT_ROOTS, OBJECT_ROOTS, REQUEST_ROOTS } from './roots.js';

/** Requests are read leniently about objects we never expand; responses are held to the letter. */
type Direction = 'request' | 'response';

/** Money, counts and instants are `number` in TypeScript; what we send of them must be whole. */
const FRACTIONS = new Set(['exchange_rate', 'percentage', 'percent_off', 'effective_percentage']);

/** A resource we do not model is never expanded, so it may not appear in an answer at all. */
const MODELLED: ReadonlySet<string> = new Set(
  [...Object.values(OBJECT_ROOTS), ...Object.values(DELETED_ROOTS)].map(
    (name) => name.split('.').at(-1) ?? name,
  ),
);

function rootNames(): readonly string[] {
  return [
    ...REQUEST_ROOTS,
    ...Object.values(OBJECT_ROOTS),
    ...Object.values(DELETED_ROOTS),
    ...Object.values(EVENT_ROOTS),
  ];
}

/** A program of one file that does not exist on disk and mentions every root through the SDK's namespace. */
function programOf(file: string): ts.Program {
  const members = rootNames().map((name) => `  '${name}': Stripe.${name};`);
  const source = `import type Stripe from 'stripe';\nexport interface Roots {\n${members.join('\n')}\n}\n`;
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile: (name, ...rest) =>
      name === file ? ts.createSourceFile(name, source, rest[0]) : disk.getSourceFile(name, ...rest),
    fileExists: (name) => name === file || disk.fileExists(name),
    readFile: (name) => (name === file ? source : disk.readFile(name)),
  };
  return ts.createProgram([file], options, host);
}

class SchemaWriter {
  readonly definitions: Record<string, Schema> = {};
  readonly #names = new Map<string, string>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly at: ts.Node,
  ) {}

  /** The schema of a type, or null for what may not be there (`void`, `undefined`, a resource out of scope). */
  schemaOf(type: ts.Type, direction: Direction, property = ''): Schema | null {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never)) return null;
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { enum: [type.value] };
    if (flags & ts.TypeFlags.BooleanLiteral) return { enum: [this.checker.typeToString(type) === 'true'] };
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (flags & ts.TypeFlags.String) return { type: 'string' };
    if (flags & ts.TypeFlags.Number) return { type: FRACTIONS.has(property) ? 'number' : 'integer' };
    if (type.isUnion()) return this.#union(type, direction, property);
    if (isOpenString(type)) return { type: 'string', open: true };
    if (type.symbol?.name === 'Decimal') return { type: 'string' };
    if (this.checker.isArrayType(type)) return this.#array(type, direction);
    if (flags & ts.TypeFlags.Object || type.isIntersection()) return this.#object(type, direction);
    return {};
  }

  #array(type: ts.Type, direction: Direction): Schema {
    const [element] = this.checker.getTypeArguments(type as ts.TypeReference);
    const items = element === undefined ? null : this.schemaOf(element, direction);
    return { type: 'array', items: items ?? {} };
  }

  /** Words merge into one `enum`, plain types into one `type` list; an enum left open for words to come is closed. */
  #union(type: ts.UnionType, direction: Direction, property: string): Schema | null {
    const parts = type.types
      .map((part) => this.schemaOf(part, direction, property))
      .filter((part) => part !== null);
    if (parts.length === 0) return null;
    const words = parts.flatMap((part) => part.enum ?? []);
    const plain = parts.filter(
      (part) => part.enum === undefined && !(part.open === true && words.length > 0),
    );
    const simple = plain.filter(
      (part) => typeof part.type === 'string' && Object.keys(part).every(isSimpleKey),
    );
    const types = [...new Set(simple.map((part) => part.type as string))];
    const rest = plain.filter((part) => !simple.includes(part));
    const branches: Schema[] = [
      ...(words.length > 0 ? [booleanIfBoth(words)] : []),
      ...(types.length > 0 ? [{ type: types.length === 1 ? present(types[0], 'a type') : types }] : []),
      ...rest,
    ];
    return branches.length === 1 ? present(branches[0], 'a branch') : { anyOf: branches };
  }

  /** Objects are named, so cycles end; a name is taken before its body is written. */
  #object(type: ts.Type, direction: Direction): Schema | null {
    if (direction === 'response' && this.#isForeignResource(type)) return null;
    const key = `${direction}:${(type as ts.Type & { readonly id: number }).id}`;
    const known = this.#names.get(key);
    if (known !== undefined) return { $ref: `#/definitions/${known}` };
    const name = `${direction}.${type.symbol?.name ?? 'Anonymous'}.${this.#names.size}`;
    this.#names.set(key, name);
    this.definitions[name] = this.#body(type, direction);
    return { $ref: `#/definitions/${name}` };
  }

  #body(type: ts.Type, direction: Direction): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const symbol of this.checker.getPropertiesOfType(type)) {
      const propertyType = this.checker.getTypeOfSymbolAtLocation(symbol, this.at);
      if (propertyType.getCallSignatures().length > 0) continue;
      const schema = this.schemaOf(propertyType, direction, symbol.name);
      if (schema === null) continue;
      properties[symbol.name] = schema;
      if (!(symbol.flags & ts.SymbolFlags.Optional)) required.push(symbol.name);
    }
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const additional = index === undefined ? false : (this.schemaOf(index, direction) ?? false);
    return { type: 'object', properties, required, additionalProperties: additional };
  }

  #isForeignResource(type: ts.Type): boolean {
    const object = type.getProperty('object');
    if (object === undefined || type.getProperty('id') === undefined) return false;
    if (object.flags & ts.SymbolFlags.Optional) return false; // `previous_attributes` is part of a resource.
    const word = this.checker.getTypeOfSymbolAtLocation(object, this.at);
    return word.isStringLiteral() && word.value !== 'event' && !MODELLED.has(type.symbol.name);
  }
}

const isSimpleKey = (key: string): boolean => key === 'type' || key === 'open';

function booleanIfBoth(words: readonly (string | number | boolean)[]): Schema {
  const isBoolean = words.length === 2 && words.every((word) => typeof word === 'boolean');
  return isBoolean ? { type: 'boolean' } : { enum: words };
}

/** `OtherString` of the SDK: `string & {}`, which keeps an enum open for words of a later version. */
function isOpenString(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((part) => (part.flags & ts.TypeFlags.String) !== 0);
}

/** Reads the installed SDK's types and returns the schemas of all roots. Takes seconds; see `contractPath`. */
export function generateContract(sdkVersion: string): ContractFile {
  const file = path.resolve('__stripe_sandbox_roots.ts');
  const program = programOf(file);
  const source = present(program.getSourceFile(file), 'the file of roots');
  const roots = present(source.statements.find(ts.isInterfaceDeclaration), 'the interface of roots');
  const checker = program.getTypeChecker();
  const writer = new SchemaWriter(checker, roots);
  const requests: ReadonlySet<string> = new Set(REQUEST_ROOTS);
  const refs: Record<string, string> = {};
  for (const member of roots.members) {
    const name = present(member.name, 'the name of a root').getText(source).replaceAll("'", '');
    const type = checker.getTypeAtLocation(member);
    if (type.flags & ts.TypeFlags.Any)
      throw new Error(`The installed stripe package has no type Stripe.${name}`);
    const schema = writer.schemaOf(type, requests.has(name) ? 'request' : 'response');
    refs[name] = present(schema?.$ref, `a schema for ${name}`);
  }
  return { generator: GENERATOR_VERSION, sdk: sdkVersion, roots: refs, definitions: writer.definitions };
}

export function writeContract(sdkVersion: string): ContractFile {
  const contract = generateContract(sdkVersion);
  const target = contractPath(sdkVersion);
  mkdirSync(path.dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(contract));
  renameSync(draft, target); // Two that generate at once write the same bytes; a reader sees one or the other.
  return contract;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeContract(Stripe.PACKAGE_VERSION);
}
