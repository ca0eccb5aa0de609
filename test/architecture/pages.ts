import { formatDocument } from '@urql/core';
import { type DocumentNode, type FragmentDefinitionNode, Kind, buildSchema, parse, validate } from 'graphql';
import ts from 'typescript';
import { costRule } from '../../libs/platform/src/graphql/limits.js';
import { type SourceFile, findNodes } from './tree.js';

const CHINESE = /[\u4E00-\u9FFF]/;

/** What browsers get besides our own code; each kilobyte is paid for by somebody in a village. */
const PACKAGES = new Set(['react', 'react-dom/client', 'urql', 'wonka', 'wouter', 'gql.tada', 'qr']);

/** Who may ask the network: everything else goes through the client. */
const ASKS_NETWORK = new Set([
  'apps/web/src/shared/graphql/ask.ts',
  'apps/web/src/shared/graphql/live.ts',
  'apps/web/src/shared/files.ts',
  'apps/web/src/shared/photos.ts',
  'apps/web/src/portal/place/sheet.ts',
  'apps/web/src/shop/worker.ts',
]);

const isPage = ({ path }: SourceFile) => /^apps\/web\/src\/.*\.tsx?$/.test(path) && !path.endsWith('spec.ts');
const applicationOf = (path: string) => path.split('/')[3] ?? '';

function importsOf({ syntax }: SourceFile): string[] {
  return (syntax?.statements ?? []).flatMap((statement) =>
    ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : [],
  );
}

/** An application stands on `shared` and on nothing of its neighbours; `shared` on none of them. */
export function strayImports(files: readonly SourceFile[]): string[] {
  return files.filter(isPage).flatMap((file) => {
    const own = applicationOf(file.path);
    return importsOf(file)
      .filter((target) => {
        if (!target.startsWith('.')) return !PACKAGES.has(target);
        const application = /^(?:\.\.\/)+(shared|shop|kiosk|portal|console)\//.exec(target)?.[1];
        return application !== undefined && application !== 'shared' && application !== own;
      })
      .map((target) => `${file.path} imports ${target}`);
  });
}

const isSaid = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) &&
  ts.isIdentifier(node.parent.expression) &&
  node.parent.expression.text === 't';

/** Chinese that is shown and was not handed to `t`: whoever reads English would see it. */
export function unspokenTexts(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isPage(file) && !/\/en(-\w+)?\.ts$/.test(file.path))
    .flatMap((file) =>
      findNodes(file, (node) => {
        const isText = ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isTemplateExpression(node);
        if (!isText || isSaid(node)) return null;
        const text = ts.isTemplateExpression(node)
          ? [node.head, ...node.templateSpans.map(({ literal }) => literal)]
              .map((piece) => piece.text)
              .join('')
          : node.text;
        return CHINESE.test(text) ? text.trim() : null;
      }),
    );
}

/** Every text that some application says. */
export function textsOf(files: readonly SourceFile[], application: string): Set<string> {
  const texts = files
    .filter((file) => isPage(file) && [application, 'shared'].includes(applicationOf(file.path)))
    .flatMap((file) => {
      const found: string[] = [];
      findNodes(file, (node) => {
        if (ts.isStringLiteralLike(node) && isSaid(node)) found.push(node.text);
        return null;
      });
      return found;
    });
  return new Set(texts);
}

const callsOf = (file: SourceFile, what: RegExp): string[] =>
  findNodes(file, (node) =>
    (ts.isCallExpression(node) || ts.isNewExpression(node)) && what.test(node.expression.getText())
      ? node.expression.getText()
      : null,
  );

/** Calls of the network that pass the client by. */
export function strayRequests(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => isPage(file) && !ASKS_NETWORK.has(file.path))
    .flatMap((file) => callsOf(file, /^(fetch|XMLHttpRequest|EventSource|WebSocket|navigator\.sendBeacon)$/));
}

/** Calls of what the phones of 2020 do not have. Of the language the compiler knows by its year; of browsers it knows only the latest. */
export const youngCalls = (files: readonly SourceFile[]): string[] =>
  files
    .filter(isPage)
    .flatMap((file) =>
      callsOf(file, /^(crypto\.randomUUID|URL\.canParse|URL\.parse|structuredClone|reportError)$/),
    );

/** What a document costs is counted whatever its fields mean; the client adds the name of each type. */
const ANY_SCHEMA = buildSchema(
  'type Query { any: Int } type Mutation { any: Int } type Subscription { any: Int }',
);

/** Documents that ask for more than a service takes of anybody: they would be refused whole, and the page would show nothing. */
export function costlyDocuments(files: readonly SourceFile[]): string[] {
  const written = files.filter(isPage).flatMap(({ path, text }) =>
    [...text.matchAll(/\bgraphql\(\s*`([^`]+)`/g)].map(([, document = '']) => ({
      path,
      definitions: parse(document, { noLocation: true }).definitions,
    })),
  );
  const fragments = new Map<string, FragmentDefinitionNode>(
    written.flatMap(({ path, definitions }) =>
      definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[`${applicationOf(path)} ${each.name.value}`, each]] : [],
      ),
    ),
  );
  return written.flatMap(({ path, definitions }) => {
    const own = [...fragments].filter(([name]) => name.startsWith(`${applicationOf(path)} `));
    const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const document = {
      kind: Kind.DOCUMENT,
      definitions: [...operations, ...own.map(([, each]) => each)],
    } as const;
    return validate(ANY_SCHEMA, formatDocument(document) as DocumentNode, [costRule]).map(
      ({ message }) => `${path}: ${message}`,
    );
  });
}
