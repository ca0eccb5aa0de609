import { DomainError } from '#libs/kernel';
import { DEMAND_NOTICES_MAX } from './demand-notice.rules.js';

/** Something else was published under this key. */
export class DemandKeyUsedError extends DomainError {
  readonly code = 'DEMAND_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一条需求，请刷新后重试',
    en: 'This key has been used for another notice; reload and try again.',
  };
}

export class TooManyDemandNoticesError extends DomainError {
  readonly code = 'TOO_MANY_DEMAND_NOTICES';
  readonly message = {
    zh: `一个单位同时至多公布 ${DEMAND_NOTICES_MAX} 条需求，请先撤回不再需要的`,
    en: `A unit has at most ${DEMAND_NOTICES_MAX} open notices; withdraw one that is no longer needed.`,
  };
}
