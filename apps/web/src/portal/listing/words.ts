import type { ResultOf } from 'gql.tada';
import { t } from '../../shared/i18n.js';
import type { OWN_GOODS } from '../listing.documents.js';
import type { Grade, Listing } from './form.js';

type Goods = ResultOf<typeof OWN_GOODS>['ownProducts']['nodes'][number];

export const listingWord = (state: Listing['state']): string =>
  ({
    DRAFT: t('没写完'),
    SUBMITTED: t('等审核'),
    RETURNED: t('退回来了，改一改'),
    APPROVED: t('通过了'),
    WITHDRAWN: t('撤回了'),
  })[state];

export const goodsWord = (state: Goods['state']): string =>
  ({
    DRAFT: t('没上架'),
    ON_SALE: t('在卖'),
    OFF_SALE: t('下架了'),
    WITHHELD: t('商家停了，先不卖'),
  })[state];

export const gradeWord = (grade: Grade): string =>
  ({ EXTRA: t('特级'), FIRST: t('一级'), SECOND: t('二级'), UNGRADED: t('不分级') })[grade];

export const GRADES: readonly Grade[] = ['UNGRADED', 'EXTRA', 'FIRST', 'SECOND'];

export const actWord = (act: Listing['steps'][number]['act']): string =>
  ({
    SUBMITTED: t('交上去了'),
    TAKEN_BACK: t('拿回来改了'),
    RETURNED: t('退回来了'),
    APPROVED: t('通过了'),
    WITHDRAWN: t('撤回了'),
  })[act];
