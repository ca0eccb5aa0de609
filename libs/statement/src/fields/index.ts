export { StatementFieldResolver, StatementRevisionFieldResolver } from './statement-field.resolver.js';
