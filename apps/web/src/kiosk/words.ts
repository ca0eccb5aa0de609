import { t } from '../shared/i18n.js';
import type { Kiosk, Slot } from './kiosk.documents.js';

type Obstacle = NonNullable<Kiosk['obstacle']>;

/** Why nothing is sold, and what one can do. */
export const obstacleWords = (obstacle: Obstacle): { readonly title: string; readonly next: string } =>
  ({
    OFFLINE: { title: t('网络不通，暂停售卖'), next: t('正在重新连接，请稍等一会儿') },
    CLOSED: { title: t('本柜暂停营业'), next: t('可以在手机上看看附近的其他专柜') },
    OTHER_MODEL: { title: t('这台是取货柜'), next: t('用手机上的取件码取货') },
    LOCKED: { title: t('运营方暂停了售卖'), next: t('稍后再来，或者到附近的其他专柜') },
    ALARM: { title: t('设备检修，暂停售卖'), next: t('工作人员已经收到通知') },
  })[obstacle];

export const steps = (model: Kiosk['model']): readonly string[] =>
  model === 'OPEN_DOOR'
    ? [t('扫码登录，押 ¥200 预授权'), t('开门，想拿什么拿什么'), t('关门，拿多少付多少')]
    : [t('手机扫码，选好货道'), t('三分钟内付款'), t('在取货口拿走')];

const lockWord = (lock: NonNullable<Slot['lock']>): string =>
  ({
    EXPIRED: t('等待换货'),
    TEMPERATURE: t('温度异常，停售'),
    FAULT: t('货道检修'),
    OPERATOR: t('暂停出售'),
  })[lock];

/** What is left, or why there is nothing to be had. */
export function stockWord({ availability, lock, available }: Slot): string {
  if (availability === 'LOCKED') return lock === null ? t('暂停出售') : lockWord(lock);
  if (availability === 'EMPTY') return t('已售完');
  if (availability === 'NOT_ON_SALE') return t('已下架');
  return available <= FEW ? t('只剩 {n}', { n: available }) : t('余 {n}', { n: available });
}

/** So few that one hurries. */
export const FEW = 3;

export const paperWord = (kind: Kiosk['papers'][number]['kind']): string =>
  ({
    FILING: t('仅销售预包装食品备案'),
    PLACEMENT: t('设备放置报告'),
    LICENCE: t('食品经营许可证'),
  })[kind];
