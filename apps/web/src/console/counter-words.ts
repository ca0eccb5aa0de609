import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { ALARMS, CABINET, COUNTERS } from './counter.documents.js';

export type Counters = ResultOf<typeof COUNTERS>['counterMap'];
export type Counter = Counters['counters'][number];
export type Alarm = ResultOf<typeof ALARMS>['critical']['nodes'][number];
export type Cabinet = NonNullable<ResultOf<typeof CABINET>['cabinet']>;

export const healthWord = (health: Counter['health']): string =>
  ({
    NO_CABINET: t('没有柜机'),
    NEVER_HEARD: t('没连过'),
    OFFLINE: t('离线'),
    STOPPED: t('停售'),
    ALL_LOCKED: t('全部锁格'),
    ALARM: t('有报警'),
    SOLD_OUT: t('卖空'),
    OK: t('正常'),
  })[health];

/** What is drawn alike: by form as well as by colour. */
export const LOOKS = ['ok', 'empty', 'trouble', 'silent'] as const;
export type Look = (typeof LOOKS)[number];

export const lookOf = (health: Counter['health']): Look =>
  ({
    OK: 'ok' as const,
    SOLD_OUT: 'empty' as const,
    ALARM: 'trouble' as const,
    ALL_LOCKED: 'trouble' as const,
    STOPPED: 'trouble' as const,
    OFFLINE: 'trouble' as const,
    NEVER_HEARD: 'silent' as const,
    NO_CABINET: 'silent' as const,
  })[health];

export const lookWord = (look: Look): string =>
  ({ ok: t('正常'), empty: t('卖空'), trouble: t('要人处理'), silent: t('没有连上的柜机') })[look];

export const alarmWord = (kind: Alarm['kind']): string =>
  ({
    TEMPERATURE: t('温度超限'),
    POWER_LOST: t('断电'),
    OFFLINE: t('离线'),
    DOOR_OPEN: t('柜门没关'),
    TAMPER: t('被撬或被动过'),
    TRAY_DRIFT: t('称重不对'),
    JAM: t('卡货'),
    SLOT_EMPTY: t('货道空了'),
    EXPIRED_GOODS: t('有过期商品'),
    STOCK_LOSS: t('少货'),
    SNAPSHOT_MISMATCH: t('累计数对不上'),
    PAYMENT_DEVICE: t('支付设备故障'),
    THERMOMETER: t('温度计不准'),
    BOOT_COUNT: t('启动次数倒退'),
    PAPERS_EXPIRING: t('证照快到期'),
    PAPERS_LAPSED: t('证照已过期'),
    OTHER: t('其他'),
  })[kind];

export const severityWord = (severity: Alarm['severity']): string =>
  ({ CRITICAL: t('紧急'), WARNING: t('警告'), NOTICE: t('提醒') })[severity];

export const linkWord = (state: Cabinet['link']['state']): string =>
  ({
    NEVER_SEEN: t('没连过'),
    ONLINE: t('在线'),
    SILENT: t('连着，五分钟没有消息'),
    OFFLINE: t('离线'),
  })[state];

export const modelWord = (model: Cabinet['model']): string =>
  ({ SLOT_CABINET: t('货道柜'), OPEN_DOOR: t('开门柜'), LOCKER: t('格子柜') })[model];

export const bandWord = (band: Cabinet['temperatureBand']): string =>
  ({ CHILLED: t('冷藏 0–8 ℃'), PEACHES: t('鲜桃 2–8 ℃'), AMBIENT: t('常温，不超过 28 ℃') })[band];

export const lockWord = (reason: Cabinet['slots'][number]['locks'][number]['reason']): string =>
  ({ EXPIRED: t('过期'), TEMPERATURE: t('温度'), FAULT: t('故障'), OPERATOR: t('人工锁定') })[reason];

export const celsius = (tenths: number | null): string =>
  tenths === null ? '—' : `${(tenths / 10).toFixed(1)} ℃`;
