export {
  PlaceFieldResolver,
  PlaceStepFieldResolver,
  PlaceSummaryFieldResolver,
} from './place-field.resolver.js';
