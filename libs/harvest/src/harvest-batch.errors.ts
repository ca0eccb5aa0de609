import { DomainError } from '#libs/kernel';

/** Something else was registered or brought under this key. */
export class HarvestKeyUsedError extends DomainError {
  readonly code = 'HARVEST_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于别的批次或报告，请刷新后重试',
    en: 'This key has been used for another batch or report; reload and try again.',
  };
}

/** What is closed, or came without a registration, has no weight to be corrected. */
export class HarvestClosedError extends DomainError {
  readonly code = 'HARVEST_CLOSED';
  readonly message = {
    zh: '这一批已收完，不能再改；还要收货请另外登记一批',
    en: 'This batch is closed and can no longer be changed; register another one for what is still to come.',
  };
}
