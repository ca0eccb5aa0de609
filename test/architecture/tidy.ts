import ts from 'typescript';
import { type SourceFile, findLines, findNodes } from './tree.js';

export interface Check {
  readonly name: string;
  /** What to do instead; shown with every breach. */
  readonly remedy: string;
  readonly covers: (path: string) => boolean;
  readonly find: (file: SourceFile) => string[];
}

/** The closed set of roles; a new role is an ADR. */
const ROLES =
  'entity|rules|errors|events|repository|reader|service|gateway|module|resolver|loader|controller|consumer|schedules';
const NOUN_AND_ROLE = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*\\.(${ROLES})(\\.(spec|property-spec))?\\.ts$`);

/** What has no role because there is only one of it. */
const ONE_OF_A_KIND = new Set([
  'apps/settlement/src/event-routes.ts', // the switchboard
  'apps/settlement/src/schedules/clockwork.ts', // what runs when
  'apps/settlement/src/schedules/ticker.ts', // how it runs
  'libs/account/src/session-cookies.ts', // the cookies of the sign-in door
  'apps/storefront/src/guest/guest-cookie.ts', // likewise, of the guests' door
]);

const LINES_MAX = 500;

const isProduction = (path: string) => /^(apps|libs)\//.test(path) && !path.endsWith('spec.ts');
const isTypeScript = (path: string) => /\.tsx?$/.test(path);
const isPage = (path: string) => path.startsWith('apps/web/');
const isSandbox = (path: string) => path.startsWith('apps/stripe-sandbox/');

function isCall(node: ts.Node, object: string, method: RegExp): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return ts.isIdentifier(expression) && expression.text === object && method.test(name.text);
}

function readsClock(node: ts.Node): string | null {
  const isNow = isCall(node, 'Date', /^now$/) || isCall(node, 'performance', /^now$/);
  const isNewDate =
    ts.isNewExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'Date' &&
    (node.arguments?.length ?? 0) === 0;
  return isNow || isNewDate ? node.getText() : null;
}

function isProcessEnv(node: ts.Node): boolean {
  const isAccess = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  return isAccess && /^process(\.env|\[['"]env['"]\])$/.test(node.getText());
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** SQL and SDL without their comments, descriptions and texts: what is left are names. A word without spaces may be a name. */
function namesOf({ path, text }: SourceFile): SourceFile {
  const code = path.endsWith('.sql')
    ? text
        .replace(/--.*$/gm, '')
        .replace(/'([^'\n]*)'/g, (literal, content: string) => (content.includes(' ') ? "''" : literal))
    : text.replace(/"""[\s\S]*?"""|"[^"\n]*"|#.*$/gm, '');
  return { path, text: code, syntax: null };
}

export const CHECKS: readonly Check[] = [
  {
    name: 'no any',
    remedy: 'say the type, or unknown and narrow it',
    covers: isTypeScript,
    find: (file) => findNodes(file, (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : null)),
  },
  {
    name: 'no silenced compiler',
    remedy: 'make the types true',
    covers: (path) => isTypeScript(path) && !path.startsWith('test/architecture/tidy.'),
    find: (file) => findLines(file, /@ts-(ignore|expect-error|nocheck)|oxlint-disable|eslint-disable/),
  },
  {
    name: 'no non-null assertion',
    remedy: "present(value, 'what it is') of #libs/kernel, or narrow",
    covers: isTypeScript,
    find: (file) => findNodes(file, (node) => (ts.isNonNullExpression(node) ? node.getText() : null)),
  },
  {
    name: 'settings come in by one door',
    remedy: 'inject Config of #platform/config',
    covers: (path) =>
      isProduction(path) &&
      !path.startsWith('libs/platform/src/config/') &&
      path !== 'apps/stripe-sandbox/src/config.ts',
    find: (file) => findNodes(file, (node) => (isProcessEnv(node) ? node.getText() : null)),
  },
  {
    name: 'time comes in by one door',
    remedy: 'inject Clock of #libs/kernel',
    covers: (path) =>
      isProduction(path) &&
      path !== 'libs/kernel/src/clock.ts' &&
      path !== 'apps/web/src/shared/clock.ts' &&
      !path.endsWith('virtual-clock.ts'),
    find: (file) => findNodes(file, readsClock),
  },
  {
    name: 'no chance in business',
    remedy: 'node:crypto in a service or gateway, a seeded generator elsewhere; never in rules',
    covers: isProduction,
    find: (file) =>
      findNodes(file, (node) => {
        const isDrawn =
          ts.isIdentifier(node) &&
          /^random(Int|UUID|Bytes)$/.test(node.text) &&
          file.path.endsWith('.rules.ts');
        return isCall(node, 'Math', /^random$/) || isDrawn ? node.getText() : null;
      }),
  },
  {
    name: 'nothing left for later',
    remedy: 'do it, or open an issue',
    covers: (path) => !path.startsWith('test/architecture/'),
    find: (file) => findLines(file, /\b(TODO|FIXME|XXX|HACK)\b/),
  },
  {
    name: 'logs go through Log',
    remedy: 'inject Log of #platform/log',
    covers: (path) => isProduction(path) && isTypeScript(path),
    find: (file) =>
      findNodes(file, (node) =>
        isCall(node, 'console', /^(log|info|debug|warn|trace)$/) ? node.getText() : null,
      ),
  },
  {
    name: 'files are named <noun>.<role>.ts',
    remedy: 'see CONTRIBUTING.md for the roles',
    covers: (path) =>
      isTypeScript(path) &&
      /^(apps\/[^/]+|libs\/[^/]+)\/src\//.test(path) &&
      !/^libs\/(kernel|platform)\//.test(path) &&
      !isSandbox(path) &&
      !isPage(path) &&
      !ONE_OF_A_KIND.has(path),
    find: ({ path }) => {
      const name = baseName(path);
      return NOUN_AND_ROLE.test(name) || /^(index|main)\.ts$/.test(name) ? [] : [`${path} has no known role`];
    },
  },
  {
    name: 'names are kebab-case',
    remedy: 'lower case with hyphens',
    covers: (path) => isTypeScript(path) || path.endsWith('.graphql') || path.endsWith('.sql'),
    find: ({ path }) => (/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(baseName(path)) ? [] : [path]),
  },
  {
    name: 'files stay short',
    remedy: `aim at 250 lines, never above ${LINES_MAX}: split by noun`,
    covers: (path) => isTypeScript(path) && !path.endsWith('spec.ts'), // Specs are lists of cases.
    find: ({ path, text }) => {
      const lines = text.split('\n').length - 1;
      return lines > LINES_MAX ? [`${path} has ${lines} lines`] : [];
    },
  },
  {
    name: 'nobody is called poor in a name',
    remedy: 'Assisted or Registered',
    covers: (path) => isTypeScript(path) && !path.startsWith('test/architecture/'),
    find: (file) => [
      ...findNodes(file, (node) =>
        ts.isIdentifier(node) && /poor|poverty/i.test(node.text) ? node.text : null,
      ),
      ...(/poor|poverty/i.test(file.path) ? [file.path] : []),
    ],
  },
  {
    name: 'nobody is called poor in a table or a schema',
    remedy: 'Assisted or Registered',
    covers: (path) => /\.(sql|graphql)$/.test(path),
    find: (file) => findLines(namesOf(file), /\w*(poor|poverty)\w*/i),
  },
  {
    name: 'no path of one machine',
    remedy: 'paths from the root of the checkout, os.tmpdir(), or a setting',
    covers: (path) => !path.startsWith('test/architecture/'),
    // In the pages, `shared` is what they have in common.
    find: (file) =>
      findLines(
        file,
        isPage(file.path)
          ? /(?<![\w.$}/-])\/(work|home|root|Users|tmp)\/[\w.-]+/
          : /(?<![\w.$}/-])\/(work|home|root|Users|tmp)\/[\w.-]+|\.\.\/shared\//,
      ),
  },
  {
    name: 'no registry or mirror by name',
    remedy: 'the machine knows its own: npm config, apt sources',
    covers: (path) => !path.startsWith('test/architecture/'),
    find: (file) =>
      findLines(
        file,
        /\bregistry\.[a-z-]+\.[a-z]+|\b(mirrors?|deb|archive|security)\.[a-z-]+\.(org|com|net|cn|edu)|\bnpmmirror\b|\b(ghcr|quay)\.io\b/,
      ),
  },
];

/** Every breach in these files, with its remedy. */
export function breachesIn(files: readonly SourceFile[], checks: readonly Check[] = CHECKS): string[] {
  return checks.flatMap((check) =>
    files
      .filter((file) => check.covers(file.path))
      .flatMap((file) => check.find(file))
      .map((breach) => `${check.name}: ${breach} (${check.remedy})`),
  );
}

/** Exported names that stand nowhere but where they are declared. Entities are known to TypeORM by their decorator. */
export function deadExports(files: readonly SourceFile[]): string[] {
  const mentions = new Map<string, number>();
  for (const { text } of files) {
    for (const word of text.match(/\w+/g) ?? []) mentions.set(word, (mentions.get(word) ?? 0) + 1);
  }
  return files
    .filter(({ path }) => /^(apps|libs|scripts)\/.*\.tsx?$/.test(path) && !/(\.entity|spec)\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^export (?:async |abstract )*(?:const|function|class|interface|type) (\w+)/gm)]
        .map(([, name = '']) => name)
        .filter((name) => mentions.get(name) === 1)
        .map((name) => `${path} ${name}`),
    );
}
