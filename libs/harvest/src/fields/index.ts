export { BatchRecallFieldResolver, HarvestBatchFieldResolver } from './harvest-batch-field.resolver.js';
