import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { PLACE } from './place.documents.js';

export type OfficePlace = NonNullable<ResultOf<typeof PLACE>['place']>;

export const placeKindWord = (kind: OfficePlace['kind']): string =>
  ({ PAVILION: t('专馆'), ZONE: t('专区'), COUNTER: t('专柜') })[kind];

export const placeStateWord = (state: OfficePlace['state']): string =>
  ({
    PROPOSED: t('申报中'),
    SITE_AGREED: t('待审批'),
    APPROVED: t('已批准，待建'),
    BUILT: t('待验收'),
    INSPECTED: t('已验收，待开业'),
    OPEN: t('营业中'),
    SUSPENDED: t('暂停营业'),
    CLOSED: t('已关闭'),
  })[state];
