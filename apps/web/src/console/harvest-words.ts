import type { ResultOf, VariablesOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { HARVESTS, RECALLS, RECALL_PROPOSE } from './harvest.documents.js';

export type Harvest = ResultOf<typeof HARVESTS>['harvestBatches']['nodes'][number];
export type Recall = ResultOf<typeof RECALLS>['batchRecalls']['nodes'][number];
export type Advice = VariablesOf<typeof RECALL_PROPOSE>['advice'];

export const ADVICES: readonly Advice[] = ['DO_NOT_EAT', 'THROW_AWAY', 'SEND_BACK'];

export const adviceWord = (advice: Advice): string =>
  ({ DO_NOT_EAT: t('先不要吃，等消息'), THROW_AWAY: t('扔掉'), SEND_BACK: t('退回来') })[advice];

export const reviewStateWord = (state: Harvest['reviewState']): string =>
  ({
    NONE: t('在产能以内'),
    WAITING: t('超出产能，等决定'),
    RELEASED: t('已放行'),
    REFUSED: t('没放行'),
  })[state];

export const recallStateWord = (state: Recall['state']): string =>
  ({
    PROPOSED: t('已停售，等另一个人确认'),
    ACTIVE: t('在召回，买家已通知'),
    DROPPED: t('没有发出'),
    LIFTED: t('召回已解除'),
  })[state];

/** Grams, as officials count: tonnes to the kilogram. */
export const tonnesOf = (grams: number): string =>
  t('{n} 吨', { n: (grams / 1_000_000).toFixed(3).replace(/\.?0+$/, '') });
