import { t } from '../shared/i18n.js';
import type { Adoption } from './adoption.documents.js';

type Kind = Adoption['offer']['objectKind'];

/** One of them, as one speaks of it. */
export const objectWord = (kind: Kind): string =>
  ({ TREE: t('树'), PLOT: t('地'), ANIMAL: t('家禽家畜'), HIVE: t('蜂箱') })[kind];

export const adoptionWord = (state: Adoption['state']): string =>
  ({
    RESERVED: t('等付款'),
    ADOPTED: t('认养中'),
    ENDED: t('都收完了'),
    CANCELLED: t('已取消'),
  })[state];

export const instalmentWord = (state: Adoption['instalments'][number]['state']): string =>
  ({ WAITING: t('等采收'), SHIPPED: t('发出来了'), CALLED_OFF: t('不发了') })[state];

/** Grams as people say them. */
export const kilos = (grams: number): string => t('{n} 公斤', { n: Math.round(grams / 10) / 100 });
