import { DomainError } from '#libs/kernel';

/** Whoever reviews merchants of a division works for none of them, and the other way round. */
export class RoleConflictError extends DomainError {
  readonly code = 'ROLE_CONFLICT';
  readonly message = {
    zh: '审核本县（市）商户的人员不能同时是其成员，请先由上级收回审核角色，或请其他人加入',
    en: 'Whoever reviews this merchant cannot work for it: the office gives up the role first, or somebody else works for the merchant.',
  };
}
