import { createHash } from 'node:crypto';
import swc from '@swc/jest';
import { GUARDS } from './guards.mjs';

const guard = GUARDS.find(({ name }) => name === process.env.MUTANT);

function mutated(source, path) {
  return guard?.file !== undefined && path.endsWith(guard.file)
    ? source.replace(guard.text, () => guard.without)
    : source;
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
