export { FulfillmentFieldResolver, LineProgressFieldResolver } from './fulfillment-field.resolver.js';
