import { DomainError } from '#libs/kernel';

/** Its sensor says that it is not over. */
export class AlarmStillOnError extends DomainError {
  readonly code = 'ALARM_STILL_ON';
  readonly message = {
    zh: '告警仍在持续，消除原因后才能处理完毕；可先确认告警',
    en: 'It is still so; it can be resolved once its cause is gone. It can be acknowledged meanwhile.',
  };
}

/** Somebody, or time, has resolved it. */
export class AlarmResolvedError extends DomainError {
  readonly code = 'ALARM_RESOLVED';
  readonly message = { zh: '该告警已处理完毕', en: 'This alarm has been resolved already.' };
}

/** Whether its goods are sold or thrown away is for somebody to say, slot by slot, and closes it. */
export class GoodsUndecidedError extends DomainError {
  readonly code = 'GOODS_UNDECIDED';
  readonly message = {
    zh: '仍有货道因温度越限锁定，请先逐一处置（放行或报废）',
    en: 'Slots are still locked because of the temperature; decide first what becomes of their goods.',
  };
}
