import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** From the root of the tree, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Present for TypeScript. */
  readonly syntax: ts.SourceFile | null;
}

const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.data', 'coverage', '.generated']);
const TEXT =
  /\.(ts|tsx|mjs|js|json|md|sql|graphql|css|html|yml|yaml|csv|sh|conf|cnf)$|^(Dockerfile|[^.]*\.Dockerfile|run|LICENSE)$/;

export function sourceFile(path: string, text: string): SourceFile {
  const syntax = /\.tsx?$/.test(path) ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) : null;
  return { path, text, syntax };
}

/** Every text file under `root` that is written by hand or committed; the bad fixtures are left out unless they are the root. */
export function filesUnder(root: string, within = ''): SourceFile[] {
  return readdirSync(join(root, within), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = within === '' ? entry.name : `${within}/${entry.name}`;
      if (entry.isDirectory()) {
        return NOT_OURS.has(entry.name) || path === 'test/architecture/fixtures'
          ? []
          : filesUnder(root, path);
      }
      return TEXT.test(entry.name) && path !== 'package-lock.json'
        ? [sourceFile(path, readFileSync(join(root, path), 'utf8'))]
        : [];
    });
}

/** Calls `visit` for every node; what it returns, unless null, is noted with its line. */
export function findNodes({ path, syntax }: SourceFile, visit: (node: ts.Node) => string | null): string[] {
  if (!syntax) return [];
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    const what = visit(node);
    if (what !== null) {
      const { line } = syntax.getLineAndCharacterOfPosition(node.getStart(syntax));
      found.push(`${path}:${line + 1} ${what}`);
    }
    ts.forEachChild(node, walk);
  };
  walk(syntax);
  return found;
}

export function findLines({ path, text }: SourceFile, pattern: RegExp): string[] {
  return text.split('\n').flatMap((line, index) => {
    const match = pattern.exec(line);
    return match ? [`${path}:${index + 1} ${match[0].trim()}`] : [];
  });
}
