import { t } from '../shared/i18n.js';
import type { IconName } from '../shared/ui/icon.js';

interface MenuItem {
  readonly href: string;
  readonly icon: IconName;
  readonly name: string;
  /** Any of them opens it. */
  readonly may: readonly string[];
}

interface MenuGroup {
  readonly name: string;
  readonly items: readonly MenuItem[];
}

const groups = (): readonly MenuGroup[] => [
  {
    name: t('看数'),
    items: [
      { href: '/', icon: 'grid', name: t('交易监测'), may: ['VOLUME_READ'] },
      { href: '/volume', icon: 'filter', name: t('逐级查数'), may: ['VOLUME_READ'] },
      { href: '/reports', icon: 'receipt', name: t('报表'), may: ['VOLUME_READ'] },
      { href: '/counters', icon: 'counter', name: t('专柜运行'), may: ['COUNTER_READ'] },
    ],
  },
  {
    name: t('办事'),
    items: [
      { href: '/months', icon: 'clock', name: t('月度关账'), may: ['VOLUME_READ'] },
      { href: '/payouts', icon: 'receipt', name: t('付款审批'), may: ['PAYOUT_READ'] },
      { href: '/claims', icon: 'box', name: t('申报与异常'), may: ['REVIEW_READ'] },
      { href: '/merchants', icon: 'hall', name: t('商家管理'), may: ['MERCHANT_READ'] },
      { href: '/harvests', icon: 'leaf', name: t('批次与召回'), may: ['BATCH_READ'] },
      { href: '/refunds', icon: 'coin', name: t('银行退款'), may: ['REFUND_READ'] },
      {
        href: '/reviews',
        icon: 'check',
        name: t('审核台'),
        may: ['LISTING_READ', 'MERCHANT_READ', 'CERTIFICATION_READ', 'PLACE_READ'],
      },
    ],
  },
  {
    name: t('查账'),
    items: [
      { href: '/ledger', icon: 'coin', name: t('账本'), may: ['LEDGER_READ'] },
      { href: '/breaks', icon: 'scan', name: t('对账差异'), may: ['RECONCILIATION_READ'] },
      { href: '/audit', icon: 'search', name: t('审计日志'), may: ['AUDIT_READ'] },
    ],
  },
];

/** What an office has to do with; groups of which nothing is left are not shown. */
export const menuFor = (may: (...permissions: readonly string[]) => boolean): readonly MenuGroup[] =>
  groups()
    .map(({ name, items }) => ({ name, items: items.filter((item) => may(...item.may)) }))
    .filter(({ items }) => items.length > 0);
