import { DomainError } from '#libs/kernel';
import type { PoolAssignmentState } from './pool-assignment.entity.js';

/** Nothing of these lines waits in that county's pool: refunded, passed on, or never there. */
export class PoolNotOpenError extends DomainError {
  readonly code = 'POOL_NOT_OPEN';
  readonly message = {
    zh: '部分订单行在该县资金池中没有待分配金额',
    en: 'Nothing of some of these lines waits in the pool of this county.',
  };

  constructor(readonly lineIds: readonly string[]) {
    super();
  }
}

/** It has been decided or taken back. */
export class PoolAssignmentStateError extends DomainError {
  readonly code = 'POOL_ASSIGNMENT_STATE';
  readonly message = {
    zh: '该分配已处理完毕',
    en: 'This assignment has been decided.',
  };

  constructor(readonly assignmentState: PoolAssignmentState) {
    super();
  }
}

/** This key has proposed something else. */
export class PoolKeyReusedError extends DomainError {
  readonly code = 'POOL_KEY_REUSED';
  readonly message = {
    zh: '该请求编号已用于另一次分配',
    en: 'This idempotency key has proposed another assignment already.',
  };
}
