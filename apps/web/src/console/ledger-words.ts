import type { ResultOf } from 'gql.tada';
import { t } from '../shared/i18n.js';
import type { ACCOUNT, JOURNAL, SEALS } from './ledger.documents.js';

type Account = NonNullable<ResultOf<typeof ACCOUNT>['ledgerAccount']>;
type Journal = NonNullable<ResultOf<typeof JOURNAL>['ledgerJournal']>;
type Stream = ResultOf<typeof SEALS>['sealStatuses'][number]['stream'];

export const typeWord = (type: Account['type']): string =>
  ({
    asset: t('资产'),
    liability: t('负债'),
    equity: t('权益'),
    revenue: t('收入'),
    expense: t('费用'),
  })[type];

export const accountStateWord = (state: Account['state']): string =>
  ({ OPEN: t('正常'), FROZEN: t('冻结，只收不付'), CLOSED: t('已销户') })[state];

export const streamWord = (stream: Stream): string =>
  ({ JOURNAL: t('凭证'), AUDIT: t('审计记录'), VOLUME: t('交易额记录') })[stream];

export const phaseWord = (phase: Journal['phase']): string =>
  ({
    POSTED: t('已入账'),
    PENDING: t('预留，钱还没动'),
    POST: t('预留转入账'),
    VOID: t('预留撤回'),
    EXPIRE: t('预留到期'),
  })[phase];

/** What an account holds, by the beginning of its code; the longest that fits stands first. */
const ACCOUNTS: readonly (readonly [prefix: string, word: () => string])[] = [
  ['asset:psp:', () => t('支付机构余额')],
  ['asset:bank:', () => t('银行存款')],
  ['asset:receivable:dispute', () => t('争议款')],
  ['asset:receivable:clawback:', () => t('应收回的款')],
  ['asset:receivable:buyer:', () => t('采购单位应收款')],
  ['asset:receivable:voucher:', () => t('财政消费券应收款')],
  ['liability:escrow', () => t('待分账')],
  ['liability:deposit', () => t('预售定金')],
  ['liability:held:mer_', () => t('商家待结算')],
  ['liability:held:hhd_', () => t('农户待结算')],
  ['liability:held:chp_', () => t('专柜运营方待结算')],
  ['liability:held:fund:', () => t('帮扶基金待结算')],
  ['liability:held:household_pool:', () => t('农户待分配')],
  ['liability:available:mer_', () => t('商家可付')],
  ['liability:available:hhd_', () => t('农户可付')],
  ['liability:available:chp_', () => t('专柜运营方可付')],
  ['liability:available:fund:', () => t('帮扶基金可付')],
  ['liability:credit:', () => t('采购单位预存款')],
  ['liability:deferred_fee', () => t('待确认服务费')],
  ['liability:refund_payable', () => t('应退款')],
  ['liability:suspense', () => t('暂收待查')],
  ['revenue:platform_fee', () => t('平台服务费收入')],
  ['expense:psp_fee', () => t('支付手续费')],
  ['expense:subsidy', () => t('平台补贴')],
  ['expense:goodwill', () => t('平台承担的退款')],
  ['expense:household_absorption', () => t('代农户承担')],
  ['expense:bad_debt', () => t('坏账')],
];

export const accountWord = (code: string): string =>
  ACCOUNTS.find(([prefix]) => code.startsWith(prefix))?.[1]() ?? t('其他账户');

const KINDS: Readonly<Record<string, () => string>> = {
  payment_captured: () => t('收到付款'),
  deposit_used: () => t('定金转货款'),
  sale_on_account: () => t('挂账销售'),
  order_split: () => t('分账'),
  subsidy: () => t('补贴'),
  psp_fee: () => t('支付手续费'),
  fee_borne: () => t('手续费分摊'),
  fee_returned: () => t('手续费退回'),
  pool_assigned: () => t('分给农户'),
  release: () => t('转为可付'),
  refund_reserved: () => t('备好退款'),
  refund_settled: () => t('退款到账'),
  refund_failed: () => t('退款失败'),
  clawback_offset: () => t('抵扣应收回'),
  dispute_opened: () => t('争议扣款'),
  dispute_won: () => t('争议退回'),
  dispute_lost: () => t('争议败诉'),
  payout: () => t('付款'),
  payout_returned: () => t('付款退回'),
  psp_payout: () => t('支付机构提现'),
  psp_top_up: () => t('支付机构充值'),
  buyer_receipt: () => t('单位回款'),
  credit_applied: () => t('预存款抵账'),
  receipt_reversed: () => t('回款冲回'),
  receivable_written_off: () => t('应收核销'),
  credit_paid_back: () => t('退还预存款'),
  adjustment: () => t('账务调整'),
};

/** What nobody has put into words yet is told as it stands in the books. */
export const kindWord = (kind: string): string => KINDS[kind]?.() ?? kind;

const SUBJECTS: Readonly<Record<string, () => string>> = {
  ord: () => t('订单'),
  rfd: () => t('退款'),
  pyo: () => t('付款'),
  dsp: () => t('争议'),
  adj: () => t('账务调整'),
  pas: () => t('农户分配'),
  rcp: () => t('单位回款'),
  pay: () => t('支付'),
};

/** What something in the books is about, by the beginning of its id. */
export const subjectWord = (id: string): string => SUBJECTS[id.slice(0, id.indexOf('_'))]?.() ?? t('事项');
