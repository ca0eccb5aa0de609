import { DomainError } from '#libs/kernel';

/** Nobody sets their own target. */
export class OwnTargetError extends DomainError {
  readonly code = 'OWN_TARGET';
  readonly message = {
    zh: '本级目标由上级下达，不能自行设定',
    en: "A division's own target is set by the one above it.",
  };
}
