import { createHash } from 'node:crypto';
import swc from '@swc/jest';
import { BETWEEN, GUARDS } from './guards.mjs';

const names = (process.env.MUTANTS ?? '').split(BETWEEN);
const missing = GUARDS.filter(({ name, file }) => names.includes(name) && file !== undefined);

function mutated(source, path) {
  return missing
    .filter(({ file }) => path.endsWith(file))
    .reduce((text, guard) => text.replace(guard.text, () => guard.without), source);
}

export default {
  createTransformer(options) {
    const inner = swc.createTransformer(options);
    return {
      ...inner,
      process: (source, path, context) => inner.process(mutated(source, path), path, context),
      processAsync: (source, path, context) => inner.processAsync(mutated(source, path), path, context),
      getCacheKey: (source, path, context) =>
        createHash('sha256')
          .update(inner.getCacheKey(mutated(source, path), path, context))
          .update(mutated(source, path))
          .digest('hex'),
    };
  },
};
