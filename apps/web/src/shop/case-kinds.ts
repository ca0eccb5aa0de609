import { t } from '../shared/i18n.js';
import type { Case } from './after-sale.documents.js';

export const kindWord = (kind: Case['kind']): string =>
  ({
    REFUND_ONLY: t('只退钱'),
    RETURN_REFUND: t('退货退钱'),
    EXCHANGE: t('换一份'),
    FRESH_CLAIM: t('坏果赔付'),
  })[kind];

/** What it means for whoever asks, before they choose. */
export const kindNote = (kind: Case['kind']): string =>
  ({
    REFUND_ONLY: t('东西不用寄回'),
    RETURN_REFUND: t('先寄回，卖家收到就退钱'),
    EXCHANGE: t('先寄回，卖家再寄一份新的'),
    FRESH_CLAIM: t('坏的不用寄回，上秤拍照，按坏掉的份量赔'),
  })[kind];

export const reasonWord = (reason: Case['reason']): string =>
  ({
    NOT_RECEIVED: t('没有收到'),
    DAMAGED: t('破损了'),
    WRONG_GOODS: t('发错了'),
    QUALITY: t('质量不好'),
    SPOILED: t('坏了、烂了'),
    NO_LONGER_WANTED: t('不想要了'),
    NOT_TAKEN: t('柜机算错了，我没拿'),
  })[reason];
