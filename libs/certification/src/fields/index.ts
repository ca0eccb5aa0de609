export {
  CertificationApplicationFieldResolver,
  CertificationApplicationSummaryFieldResolver,
  CertificationEntryFieldResolver,
} from './certification-field.resolver.js';
