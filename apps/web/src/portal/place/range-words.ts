import type { ResultOf } from 'gql.tada';
import { t } from '../../shared/i18n.js';
import type { RANGE_OFFERS } from '../range.documents.js';

type State = ResultOf<typeof RANGE_OFFERS>['rangeOffers']['nodes'][number]['state'];

export const offerWord = (state: State): string =>
  ({
    PROPOSED: t('等商家答复'),
    AGREED: t('已进场'),
    DECLINED: t('没有同意'),
    WITHDRAWN: t('收回了'),
    ENDED: t('退场了'),
  })[state];
