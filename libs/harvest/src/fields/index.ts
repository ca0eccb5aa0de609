export { HarvestBatchFieldResolver } from './harvest-batch-field.resolver.js';
