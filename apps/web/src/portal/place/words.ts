import type { ResultOf } from 'gql.tada';
import { t } from '../../shared/i18n.js';
import type { PLACE } from '../place.documents.js';

export type OwnPlace = NonNullable<ResultOf<typeof PLACE>['place']>;
type State = OwnPlace['state'];
type Act = OwnPlace['steps'][number]['act'];

export const stateWord = (state: State): string =>
  ({
    PROPOSED: t('申报中'),
    SITE_AGREED: t('等审批'),
    APPROVED: t('已批准，待建'),
    BUILT: t('等验收'),
    INSPECTED: t('验收通过，待开业'),
    OPEN: t('营业中'),
    SUSPENDED: t('暂停营业'),
    CLOSED: t('已关闭'),
  })[state];

export const stepWord = (act: Act): string =>
  ({
    RECORDED: t('按现状登记'),
    PROPOSED: t('申报'),
    AMENDED: t('修改申报'),
    SITE_AGREED: t('落实场地'),
    APPROVED: t('批准'),
    RETURNED: t('退回'),
    ENTRUSTED: t('明确运营方'),
    BUILT: t('建成'),
    INSPECTED: t('验收通过'),
    OPENED: t('开业'),
    SUSPENDED: t('暂停营业'),
    CLOSED: t('关闭'),
  })[act];

export const kindWord = (kind: OwnPlace['kind']): string =>
  ({ PAVILION: t('专馆'), ZONE: t('专区'), COUNTER: t('专柜') })[kind];

/** What is to be done next, in a sentence. */
export const nextWord = ({ state, heldBy, steps }: OwnPlace): string => {
  if (state === 'PROPOSED')
    return steps.some(({ act }) => act === 'RETURNED')
      ? t('退回来了：看看下面写的原因，改好再交一次场地材料。')
      : t('下一步：拍下场地协议或产权证明交上去，县里就能审批。');
  return {
    SITE_AGREED: t('县里正在审批，批了会写在下面。'),
    APPROVED: t('批准了。建好以后拍几张照片交上去，等县里来验收。'),
    BUILT: t('县里会来验收。'),
    INSPECTED: t('验收通过了，随时可以开业。'),
    OPEN: t('正在营业，顾客看得到。'),
    SUSPENDED:
      heldBy === 'OPERATOR' ? t('您自己暂停的，可以随时恢复。') : t('主管部门暂停的，要由主管部门恢复。'),
    CLOSED: t('已经关了，只留着记录。'),
  }[state];
};
