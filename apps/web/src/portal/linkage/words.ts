import type { ResultOf } from 'gql.tada';
import { t } from '../../shared/i18n.js';
import { amountOf } from '../../shared/money.js';
import type { LINKAGE, LINKAGE_PAYMENTS } from '../linkage.documents.js';

export type Agreement = NonNullable<ResultOf<typeof LINKAGE>['linkageAgreement']>;
export type Payment = ResultOf<typeof LINKAGE_PAYMENTS>['linkagePayments']['nodes'][number];
export type Kind = Agreement['kind'];
type Term = Agreement['terms'][number];

export const KINDS: readonly Kind[] = [
  'PURCHASE_ORDER',
  'CONTRACT_FARMING',
  'EMPLOYMENT',
  'LAND_RENT',
  'EQUITY_DIVIDEND',
  'PATRONAGE_REFUND',
  'ASSET_INCOME',
  'ENTRUSTED',
  'SERVICE',
];

export const kindWord = (kind: Kind): string =>
  ({
    PURCHASE_ORDER: t('订单收购'),
    CONTRACT_FARMING: t('代种代养'),
    EMPLOYMENT: t('务工'),
    LAND_RENT: t('土地流转'),
    EQUITY_DIVIDEND: t('入股分红'),
    ENTRUSTED: t('委托帮扶'),
    ASSET_INCOME: t('资产收益'),
    PATRONAGE_REFUND: t('二次返利'),
    SERVICE: t('培训服务'),
  })[kind];

/** In a sentence, for whoever does not know the word. */
export const kindNote = (kind: Kind): string =>
  ({
    PURCHASE_ORDER: t('说好保底价，收他们种的。'),
    CONTRACT_FARMING: t('给苗给料，请他们代种代养，按保底价收。'),
    EMPLOYMENT: t('雇他们干活，发工钱。'),
    LAND_RENT: t('租他们的地，付租金。'),
    EQUITY_DIVIDEND: t('他们入了股，年底分红。'),
    ENTRUSTED: t('扶持资金交给我们经营，每年给他们固定收益。'),
    ASSET_INCOME: t('用村里的资产，收益分给他们。'),
    PATRONAGE_REFUND: t('卖得好了，按卖货额再返给他们。'),
    SERVICE: t('教技术、给服务，不付钱。'),
  })[kind];

export const agreementWord = (state: Agreement['state']): string =>
  ({ DRAFT: t('还没签'), SIGNED: t('签好了，还没开始'), ACTIVE: t('在执行'), ENDED: t('结束了') })[state];

export const categoryWord = (category: Payment['category']): string =>
  ({
    WAGE: t('工资性收入'),
    BUSINESS: t('经营性收入'),
    PROPERTY: t('财产性收入'),
    TRANSFER: t('转移性收入'),
  })[category];

export const confirmationWord = (state: Payment['confirmationState']): string =>
  ({
    NOT_ASKED: t('还没请农户确认'),
    OPEN: t('等农户确认'),
    RECEIVED: t('农户说收到了'),
    NOT_RECEIVED: t('农户说没收到'),
    EXPIRED: t('农户没回'),
    REVERSED: t('撤掉了'),
  })[state];

interface Stated {
  /** What the price of a unit is called; null where the kind states none. */
  readonly unit: string | null;
  readonly isUnitNeeded: boolean;
  readonly hasYear: boolean;
  readonly isYearNeeded: boolean;
  readonly hasShare: boolean;
  readonly isShareNeeded: boolean;
}

/** Which figures an agreement of a kind states: docs/linkage.md. The service says the same where one is missing. */
export function statedOf(kind: Kind): Stated {
  const unit = {
    PURCHASE_ORDER: t('保底价，一斤多少元'),
    CONTRACT_FARMING: t('保底价，一斤多少元'),
    EMPLOYMENT: t('工钱，一个月多少元'),
    LAND_RENT: t('租金，一亩一年多少元'),
    EQUITY_DIVIDEND: t('一股多少元'),
    ENTRUSTED: null,
    ASSET_INCOME: null,
    PATRONAGE_REFUND: null,
    SERVICE: null,
  }[kind];
  return {
    unit,
    isUnitNeeded: unit !== null && kind !== 'EQUITY_DIVIDEND',
    hasYear: kind !== 'SERVICE',
    isYearNeeded: kind === 'EMPLOYMENT' || kind === 'LAND_RENT' || kind === 'ENTRUSTED',
    hasShare: kind === 'EQUITY_DIVIDEND' || kind === 'ASSET_INCOME' || kind === 'PATRONAGE_REFUND',
    isShareNeeded: kind === 'PATRONAGE_REFUND',
  };
}

/** Whether one has to say what the money is to a household. */
export const leavesChoice = (kind: Kind): boolean => kind === 'ENTRUSTED';

/** The edition that holds; older agreements have kept none. */
export const currentTerm = ({ terms }: Pick<Agreement, 'terms'>): Term | undefined => terms[terms.length - 1];

export const percentOf = (bps: number): string => `${bps / 100}%`;

/** What was agreed, a line for each figure. */
export function termLines(kind: Kind, { unitFen, statedYearFen, shareBps }: Term): readonly string[] {
  const { unit } = statedOf(kind);
  return [
    ...(unitFen === null || unit === null ? [] : [`${unit.split(/，|, /)[0]} ${amountOf(unitFen)}`]),
    ...(statedYearFen === null ? [] : [t('每份一年 {amount}', { amount: amountOf(statedYearFen) })]),
    ...(shareBps === null ? [] : [t('卖货额的 {share}', { share: percentOf(shareBps) })]),
  ];
}
