import { DomainError } from '#libs/kernel';

/** Another cabinet stands at the point, or bears the serial number. */
export class CabinetTakenError extends DomainError {
  readonly code = 'CABINET_TAKEN';
  readonly message = {
    zh: '该点位已有柜机，或该出厂编号已登记',
    en: 'Another cabinet stands at this point, or bears this serial number.',
  };
}

/** Somebody else has set the slots meanwhile. */
export class CabinetChangedError extends DomainError {
  readonly code = 'CABINET_CHANGED';
  readonly message = {
    zh: '货道配置已被他人修改，请刷新后重试',
    en: 'Somebody else has set the slots meanwhile; look again.',
  };

  constructor(readonly revision: number) {
    super();
  }
}

/** A retired cabinet is a record; nothing about it changes any more. */
export class CabinetRetiredError extends DomainError {
  readonly code = 'CABINET_RETIRED';
  readonly message = { zh: '该柜机已停用', en: 'This cabinet has been retired.' };
}

/** The one in use and its successor are in force already. */
export class TooManyCredentialsError extends DomainError {
  readonly code = 'TOO_MANY_CREDENTIALS';
  readonly message;

  constructor(readonly max: number) {
    super();
    this.message = {
      zh: `同时有效的设备凭证至多 ${max} 个，请先吊销旧的`,
      en: `At most ${max} credentials may be in force; revoke an old one first.`,
    };
  }
}

/** Another command was asked for with the same key. */
export class CommandReusedError extends DomainError {
  readonly code = 'COMMAND_REUSED';
  readonly message = {
    zh: '该单号已用于另一条指令',
    en: 'Another command was asked for with this key.',
  };
}

/** A cabinet that does not answer is not told more and more. */
export class TooManyCommandsError extends DomainError {
  readonly code = 'TOO_MANY_COMMANDS';
  readonly message;

  constructor(readonly max: number) {
    super();
    this.message = {
      zh: `待执行指令至多 ${max} 条，请等待执行或过期`,
      en: `At most ${max} commands may wait; wait until they are answered or over.`,
    };
  }
}

/** Not what it signs in with, or in force no longer; what of it was wrong is nobody's business. */
export class CabinetNotAdmittedError extends DomainError {
  readonly code = 'CABINET_NOT_ADMITTED';
  readonly message = {
    zh: '设备凭证不对或已失效，屏幕不能显示二维码',
    en: 'This is not what the cabinet signs in with, or it is in force no longer; its screen gets no code.',
  };
}
