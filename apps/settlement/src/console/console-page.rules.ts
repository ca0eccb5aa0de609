import type { PageOptions, PageRoute } from '#platform/web';

const NAME = '桃源监测台';
const ABOUT = '消费帮扶交易的监测、报表、审核与账目，供各级工作人员使用。';

/** Nothing of it is for strangers: search engines are told nothing but its name, and what it shows it asks for itself, as whoever has signed in. */
const page = (path: string, title: string, part?: string): PageRoute => ({
  path,
  ...(part === undefined ? {} : { part }),
  head: () => ({ title: `${title} · ${NAME}`, description: ABOUT, text: [title, ABOUT], isUnlisted: true }),
});

/** Addresses of the console; what the browser shows under them is apps/web/src/console/app.tsx. */
const ROUTES: readonly PageRoute[] = [
  page('/', '交易监测', 'pages/board'),
  page('/wall', '大屏', 'pages/board'),
  page('/wall/counters', '专柜大屏', 'pages/counters'),
  page('/counters', '专柜运行', 'pages/counters'),
  page('/counters/:id', '专柜', 'pages/counter'),
  page('/volume', '逐级查数', 'pages/volume'),
  page('/reports', '报表', 'pages/reports'),
  page('/reports/:id', '报表', 'pages/report'),
  page('/months', '月度关账', 'pages/months'),
  page('/months/:month', '月度关账', 'pages/month'),
  page('/ledger', '账本', 'pages/ledger'),
  page('/ledger/account', '账户', 'pages/ledger-account'),
  page('/ledger/about/:subject', '凭证', 'pages/ledger-about'),
  page('/ledger/journals/:id', '凭证', 'pages/ledger-journal'),
  page('/payouts', '付款审批', 'pages/payouts'),
  page('/payouts/:id', '付款批次', 'pages/payout-batch'),
  page('/merchants', '商家管理', 'pages/merchants'),
  page('/harvests', '批次与召回', 'pages/harvests'),
  page('/refunds', '银行退款', 'pages/refunds'),
  page('/refunds/:id', '银行退款', 'pages/refund'),
  page('/reviews', '审核台', 'pages/reviews'),
  page('/reviews/batches', '认定公布', 'pages/certification-batches'),
  page('/reviews/batches/:id', '认定公布', 'pages/certification-batch'),
  page('/reviews/listings/:id', '商品上架', 'pages/review-listing'),
  page('/reviews/applications/:id', '商家入驻', 'pages/review-application'),
  page('/reviews/certifications/:id', '产品认定', 'pages/review-certification'),
  page('/reviews/places/:id', '专馆专区', 'pages/review-place'),
  page('/claims', '申报与异常', 'pages/claims'),
  page('/claims/:id', '线下申报', 'pages/claim'),
  page('/claims/duplicates/:id', '疑似重复', 'pages/duplicate'),
  page('/claims/flags/:id', '异常', 'pages/flag'),
  page('/months/:month/circular', '月度通报', 'pages/circular'),
  page('/breaks', '对账差异', 'pages/breaks'),
  page('/breaks/:id', '差异', 'pages/break'),
  page('/audit', '审计日志', 'pages/audit'),
  page('/me', '我的', 'pages/me'),
];

export const CONSOLE: PageOptions = {
  name: 'console',
  shell: { lang: 'zh-CN', themeColor: '#0f3d29', icon: 'mark.svg' },
  routes: ROUTES,
};
