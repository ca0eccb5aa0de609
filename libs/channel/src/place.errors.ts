import { DomainError, type Message } from '#libs/kernel';
import type { ChannelPointState } from './channel-point.entity.js';

const SAYINGS: Readonly<Record<ChannelPointState, Message>> = {
  PROPOSED: { zh: '该渠道点正在申报', en: 'This place has been proposed.' },
  SITE_AGREED: { zh: '场地已落实，正在等待审批', en: 'Its site is agreed; it waits for approval.' },
  APPROVED: { zh: '该渠道点已获批准，尚未建成', en: 'It is approved and not built yet.' },
  BUILT: { zh: '该渠道点已建成，正在等待验收', en: 'It is built and waits for its inspection.' },
  INSPECTED: { zh: '该渠道点已通过验收，尚未开业', en: 'It was inspected and has not opened yet.' },
  OPEN: { zh: '该渠道点正在营业', en: 'This place is open.' },
  SUSPENDED: { zh: '该渠道点已暂停营业', en: 'This place is suspended.' },
  CLOSED: { zh: '该渠道点已关闭', en: 'This place is closed.' },
};

/** What was asked does not fit what has become of the place, or it has changed since it was looked at. */
export class PlaceStateError extends DomainError {
  readonly code = 'PLACE_STATE';
  readonly message: Message;

  constructor(
    readonly placeState: ChannelPointState,
    readonly revision: number,
  ) {
    super();
    const { zh, en } = SAYINGS[placeState];
    this.message = {
      zh: `${zh}，现在不能这样操作，请刷新后再看`,
      en: `${en} This cannot be done now; look again.`,
    };
  }
}

/** Something else was proposed under this key. */
export class PlaceKeyUsedError extends DomainError {
  readonly code = 'PLACE_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于申报另一个渠道点',
    en: 'This key has been used for another place.',
  };
}

/** Whoever proposes a place or works for whoever runs it neither approves nor inspects it. */
export class OwnPlaceError extends DomainError {
  readonly code = 'OWN_PLACE';
  readonly message = {
    zh: '申报人和运营方成员不得审批、验收自己的渠道点，请由其他人员办理',
    en: 'Whoever has proposed it or works for its operator does not decide; somebody else has to.',
  };
}
