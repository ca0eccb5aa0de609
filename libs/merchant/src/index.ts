export {
  type ApplicationContent,
  type ApplicationPaper,
  type ApplicationState,
  MerchantApplication,
  type MerchantApplicationId,
  MerchantApplicationStep,
} from './merchant-application.entity.js';
export * from './merchant-application.errors.js';
export { MerchantApplicationAccount } from './merchant-application-account.entity.js';
export {
  type ApplicationAccountSaying,
  MerchantApplicationAccountService,
} from './merchant-application-account.service.js';
export { MerchantApplicationFileService } from './merchant-application-file.service.js';
export {
  APPLICATION_KEY_PARTS,
  APPLICATION_QUEUE_KEY_PARTS,
  type ApplicationRow,
  MerchantApplicationReader,
} from './merchant-application.reader.js';
export {
  type ApplicationReviewer,
  type ApplicationVerdict,
  MerchantApplicationReviewService,
} from './merchant-application-review.service.js';
export { type ApplicationDraft, MerchantApplicationService } from './merchant-application.service.js';
export { isHourToRemind } from './merchant-licence.rules.js';
export { MerchantLicenceService } from './merchant-licence.service.js';
export { MerchantPaper, type MerchantPaperId } from './merchant-paper.entity.js';
export * from './merchant-paper.errors.js';
export { MerchantPaperReader, type MerchantPaperRow, PAPER_KEY_PARTS } from './merchant-paper.reader.js';
export { MerchantPaperReviewService, type PaperReviewer } from './merchant-paper-review.service.js';
export { MerchantReminderService } from './merchant-reminder.service.js';
export { type BroughtPaper, MerchantPaperService } from './merchant-paper.service.js';
export {
  type LoosePaper,
  PAPER_FORMS,
  type Paper,
  type PaperForm,
  paperFilesOf,
  papersOf,
  refusePapers,
  refusePaperSizes,
  requiredPapers,
} from './merchant-paper.rules.js';
export * from './merchant.entity.js';
export * from './merchant.errors.js';
export { refuseReason } from './merchant.rules.js';
export type * from './merchant.events.js';
export { MerchantApplicationModule } from './merchant-application.module.js';
export * from './merchant.module.js';
export * from './merchant-contact.reader.js';
export { MerchantReader, type MerchantRow } from './merchant.reader.js';
export type { LockedMerchant } from './merchant.repository.js';
export * from './merchant.service.js';
export * from './merchant-standing.reader.js';
export * from './merchant-standing.service.js';
