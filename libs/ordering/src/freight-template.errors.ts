import { DomainError } from '#libs/kernel';

/** Somebody else has set the freight meanwhile. */
export class FreightTemplateChangedError extends DomainError {
  readonly code = 'FREIGHT_TEMPLATE_CHANGED';
  readonly message;

  constructor(readonly version: number) {
    super();
    this.message = {
      zh: `运费模板已被他人修改（现为第 ${version} 版），请核对后重试`,
      en: `Somebody else has changed the freight (now version ${version}); look at it again.`,
    };
  }
}

/** Some merchants do not send anything to where it should go. */
export class NotServedError extends DomainError {
  readonly code = 'NOT_SERVED';
  readonly message = {
    zh: '部分商家不配送到该地区，请更换收货地址或移除其商品',
    en: 'Some merchants do not deliver there; choose another address or leave their goods out.',
  };

  constructor(
    readonly merchantIds: readonly string[],
    readonly provinceCode: string,
  ) {
    super();
  }
}
