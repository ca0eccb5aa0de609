import { resolve } from 'node:path';
import { type ICruiseResult, type IViolation, cruise } from 'dependency-cruiser';
import { rulesFor } from './rules.js';

/** Breaches of the arrows in the tree at `root`, by the imports that are really there. */
export async function violationsIn(root: string): Promise<IViolation[]> {
  const { output } = await cruise(
    [`${root}apps`, `${root}libs`],
    {
      ruleSet: { forbidden: rulesFor(root) },
      validate: true,
      doNotFollow: { path: ['node_modules', '^dist/'] },
      exclude: { path: ['^apps/web/', root === '' ? '^test/architecture/fixtures/' : '^dist/'] },
      tsPreCompilationDeps: true,
      tsConfig: { fileName: 'tsconfig.json' },
    },
    {
      // The package's own `imports` point into dist/; the sources are what is judged.
      alias: {
        '#platform/*': resolve(`${root}libs/platform/src/*/index.ts`),
        '#libs/*/fields': resolve(`${root}libs/*/src/fields/index.ts`),
        '#libs/*': resolve(`${root}libs/*/src/index.ts`),
      },
      // Some packages say where they are in `exports` alone.
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
  );
  return (output as ICruiseResult).summary.violations;
}
