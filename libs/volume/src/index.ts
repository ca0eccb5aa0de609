export * from './volume-cube.reader.js';
export {
  type ScopeDimension,
  VOLUME_DIMENSIONS,
  VOLUME_MEASURES,
  type VolumeDimension,
  type VolumeMeasure,
  type VolumeQuestion,
  type VolumeScope,
} from './volume-cube.rules.js';
export * from './erratum.entity.js';
export * from './erratum.errors.js';
export * from './erratum.reader.js';
export type { ErratumInput } from './erratum.rules.js';
export * from './erratum.service.js';
export * from './live-volume.module.js';
export type { LiveChannel, LiveCounty, LiveMeasures, LiveSale, LiveVolume } from './live-volume.rules.js';
export * from './live-volume.service.js';
export * from './blocker-source.gateway.js';
export * from './close-blocker.reader.js';
export * from './month-close.entity.js';
export * from './month-close.errors.js';
export * from './month-close.module.js';
export * from './month-close.reader.js';
export {
  type BlockerCounts,
  type BlockerKind,
  type CloseBlocker,
  type CountedEffect,
  monthOf,
} from './month-close.rules.js';
export * from './month-close.service.js';
export * from './month-freeze.service.js';
export * from './volume-check.entity.js';
export * from './volume-check.reader.js';
export * from './volume-check.service.js';
export * from './unchecked-fact.service.js';
export { type SaleFact, SaleFactReader } from './sale-fact.reader.js';
export * from './sale-sum.reader.js';
export * from './sale-fingerprint.entity.js';
export { type TwinFact, type TwinProbe } from './twin.rules.js';
export * from './twin.service.js';
export * from './volume-fact.entity.js';
export {
  UNKNOWN_ATTRIBUTION,
  type VolumeAttribution,
  type VolumeDeltas,
  type VolumeFactDraft,
  type VolumeLine,
  type VolumeProvenance,
  type VolumeRefund,
  factsOfPaid,
  factsOfPlaced,
  factsOfReceived,
  factsOfRefunded,
  factsOfReversed,
  factsOfUnpaidCancelled,
} from './volume-fact.rules.js';
export * from './volume-effect.service.js';
export * from './volume-fact-leaf.reader.js';
export * from './volume-fact.service.js';
export * from './volume-question.rules.js';
export * from './volume-rollup.entity.js';
export * from './volume-rollup.service.js';
export * from './volume-target.entity.js';
export * from './volume-target.errors.js';
export * from './volume-target.reader.js';
export { type Completion, type TargetInput, basisPointsOf, completionOf } from './volume-target.rules.js';
export * from './volume-target.service.js';
export * from './volume.module.js';
export * from './volume.reader.js';
export * from './place-day.reader.js';
export * from './product-sale.reader.js';
export { VolumeCertificateFlag } from './certificate-flag.entity.js';
export { CertificateFlagRepository } from './certificate-flag.repository.js';
export { REVOKED_VOLUME_KEY_PARTS, RevokedVolumeReader } from './revoked-volume.reader.js';
