export { type ListingPlaces, listedPart, refusePlaceDivision } from './channel-listing.rules.js';
export * from './channel-point.entity.js';
export type { PlaceScope } from './place-scope.rules.js';
export * from './channel-point.events.js';
export * from './channel-point.reader.js';
export * from './counter-place.reader.js';
export { LISTINGS_MAX, type PlaceFacts } from './channel-point.rules.js';
export * from './channel-point.service.js';
export * from './channel.module.js';
export { PlaceCountReader } from './place-count.reader.js';
export type { LooseProposal } from './place-proposal.rules.js';
export { type Entrusting, PlaceReviewService, type PlaceReviewer } from './place-review.service.js';
export type { PlaceStepWish } from './place-step.service.js';
export * from './place.errors.js';
export * from './place.module.js';
export {
  PLACE_KEY_PARTS,
  type PlaceFilter,
  type PlaceOnDays,
  PlaceReader,
  type PlaceRow,
  type PlaceStepRow,
} from './place.reader.js';
export { BUILT_STATES } from './place.rules.js';
export { type PlaceProposalInput, type PlaceProposer, PlaceService } from './place.service.js';
export { type Position, distanceM, refusePosition } from './distance.rules.js';
export * from './nearby-point.reader.js';
export { isOpenAt, openSpansOn } from './opening-hours.rules.js';
export { ZoneContract, type ZoneContractId, type ZoneContractState } from './zone-contract.entity.js';
export { sellsOn } from './selling.rules.js';
export * from './zone-contract.errors.js';
export { CONTRACT_KEY_PARTS, ZoneContractReader, type ZoneContractRow } from './zone-contract.reader.js';
export type { ContractTerms } from './zone-contract.rules.js';
export { ZoneContractReminderService } from './zone-contract-reminder.service.js';
export { ZoneContractService } from './zone-contract.service.js';
