export {
  PlaceFieldResolver,
  PlaceStepFieldResolver,
  PlaceSummaryFieldResolver,
} from './place-field.resolver.js';
export { ZoneContractFieldResolver } from './zone-contract-field.resolver.js';
