export {
  CertificationApplication,
  type CertificationApplicationId,
  type CertificationContent,
  type CertificationPaper,
  type CertificationState,
  CertificationStep,
} from './certification-application.entity.js';
export {
  CERTIFICATION_KEY_PARTS,
  CertificationApplicationReader,
  type CertificationApplicationRow,
  type CertificationStepRow,
} from './certification-application.reader.js';
export { WAITING, deskOf, desksOf } from './certification-application.rules.js';
export {
  type CertificationApplicant,
  CertificationApplicationService,
  type CertificationDraft,
} from './certification-application.service.js';
export {
  CertificationBatch,
  type CertificationBatchId,
  CertificationRecheck,
  CertificationRevocation,
} from './certification-batch.entity.js';
export {
  CERTIFICATION_BATCH_KEY_PARTS,
  CertificationBatchReader,
  type RecheckRow,
  type RevocationRow,
} from './certification-batch.reader.js';
export { type BatchWish, CertificationBatchService } from './certification-batch.service.js';
export { type CertificateState, RECHECK_MS_BEFORE, lastDayOf } from './certificate.rules.js';
export { CertificateReminderService } from './certificate-reminder.service.js';
export { CertificateService, type RecheckWish, type RevocationWish } from './certificate.service.js';
export * from './certification.errors.js';
export type * from './certification.events.js';
export { CertificationFileService } from './certification-file.service.js';
export { CertificationModule } from './certification.module.js';
export {
  CertificationNoticeReader,
  NOTICE_KEY_PARTS,
  type NoticeRow,
} from './certification-notice.reader.js';
export { CertificationObjection } from './certification-objection.entity.js';
export { CertificationObjectionReader } from './certification-objection.reader.js';
export type { ObjectionWish } from './certification-objection.rules.js';
export { CertificationObjectionService, type ObjectionVerdict } from './certification-objection.service.js';
export { CERTIFICATION_PAPER_FORMS, requiredCertificationPapers } from './certification-paper.rules.js';
export {
  CertificationReviewService,
  type CertificationReviewer,
  type CertificationVerdict,
} from './certification-review.service.js';
export { CertificationScheme } from './certification-scheme.entity.js';
export { CertificationSchemeReader, type SchemeRow } from './certification-scheme.reader.js';
