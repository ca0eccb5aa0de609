import ts from 'typescript';
import { pathsUnder } from './sources.js';

let known: ts.Program | undefined;

/** The sources of these files and what they import, typed as `npm run typecheck` types them. */
export function programOf(paths: readonly string[]): ts.Program {
  const config = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(
    config.config,
    { ...ts.sys, readDirectory: () => [] },
    '.',
  );
  return ts.createProgram([...paths], { ...options, noEmit: true });
}

/** The business: doors and rooms without their specs. Some seconds; made once per process. */
export function wholeProgram(): ts.Program {
  const isOurs = (path: string) => !path.endsWith('spec.ts') && !path.startsWith('apps/stripe-sandbox/');
  known ??= programOf([...pathsUnder('apps', '.ts'), ...pathsUnder('libs', '.ts')].filter(isOurs));
  return known;
}
