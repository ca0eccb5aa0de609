import { t } from '../shared/i18n.js';
import type { Comparison, Dimension, Span } from './report-ask.js';

export const dimensionWord = (dimension: Dimension): string =>
  ({
    DAY: t('日'),
    WEEK: t('周'),
    MONTH: t('月'),
    YEAR: t('年'),
    ORIGINAL_MONTH: t('原支付月'),
    ORIGIN_COUNTY: t('产地县'),
    SELLER_COUNTY: t('商家所在县'),
    SALE_COUNTY: t('销售县'),
    CONSUMPTION_COUNTY: t('消费县'),
    PRODUCT: t('产品'),
    CATEGORY: t('产品品类'),
    MERCHANT: t('商家'),
    CHANNEL: t('渠道'),
    CHANNEL_POINT: t('点位'),
    BUYER_KIND: t('买家类型'),
    UNIT: t('采购单位'),
    CAMPAIGN: t('活动'),
    SOURCE: t('来源'),
    CERTIFIED: t('是否认定'),
    LINKED: t('是否联农'),
  })[dimension];

export const comparisonWord = (comparison: Comparison): string =>
  ({ PREVIOUS_PERIOD: t('上一期'), SAME_PERIOD_LAST_YEAR: t('上年同期') })[comparison];

export const spanWord = (span: Span): string =>
  ({ month: t('本月'), 'last-month': t('上月'), year: t('本年'), 'last-year': t('上年') })[span];
