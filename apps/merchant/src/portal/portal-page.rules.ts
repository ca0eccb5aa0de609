import type { PageOptions, PageRoute } from '#platform/web';

const NAME = '桃源商家';
const ABOUT = '合作社、企业和大户的工作台：发货、管货、收钱。';

/** Nothing of it is for strangers, so search engines are told nothing but its name; what it shows it asks for itself, as whoever has signed in. */
const page = (path: string, title: string, part?: string): PageRoute => ({
  path,
  ...(part === undefined ? {} : { part }),
  head: () => ({ title: `${title} · ${NAME}`, description: ABOUT, text: [title, ABOUT], isUnlisted: true }),
});

/** Addresses of the portal; what the browser shows under them is apps/web/src/portal/app.tsx. */
const ROUTES: readonly PageRoute[] = [
  { ...page('/', '今天'), head: () => ({ title: NAME, description: ABOUT, text: [NAME, ABOUT] }) },
  page('/me', '我的', 'pages/me'),
  page('/ship', '去发货', 'pages/ship'),
  page('/packing', '装箱单', 'pages/packing'),
  page('/print', '打印面单', 'pages/print'),
  page('/scan', '扫单发货', 'pages/scan'),
  page('/orders', '所有订单', 'pages/orders'),
  page('/orders/of/:id', '订单', 'pages/order-of'),
  page('/orders/:id', '订单', 'pages/order'),
  page('/after-sales', '售后', 'pages/after-sales'),
  page('/after-sales/:id', '售后', 'pages/after-sale'),
  page('/reviews', '评价', 'pages/reviews'),
  page('/goods', '我的货', 'pages/goods'),
  page('/stock', '库存', 'pages/stock'),
  page('/stock/transfers', '调拨', 'pages/stock-transfers'),
  page('/stock/counts/:id', '盘点', 'pages/stock-count'),
  page('/stock/:id', '库存', 'pages/stock-item'),
  page('/listings', '我的货', 'pages/listings'),
  page('/listings/new', '上架新货', 'pages/listing-new'),
  page('/listings/:id', '上架', 'pages/listing'),
  page('/certifications', '产品认定', 'pages/certifications'),
  page('/certifications/new', '申请认定', 'pages/certification-new'),
  page('/certifications/:id', '申请认定', 'pages/certification'),
  page('/imports', '用表格', 'pages/imports'),
  page('/imports/:id', '用表格', 'pages/import'),
  page('/linkage', '帮扶农户', 'pages/linkage'),
  page('/linkage/new', '签一份新协议', 'pages/linkage-new'),
  page('/linkage/:id', '帮扶协议', 'pages/linkage-one'),
  page('/batches', '批次', 'pages/batches'),
  page('/batches/new', '登记一批', 'pages/batch-new'),
  page('/batches/:id/labels', '溯源标签', 'pages/batch-labels'),
  page('/batches/:id', '批次', 'pages/batch'),
  page('/money', '我的钱', 'pages/money'),
  page('/money/book', '每一笔钱', 'pages/money-book'),
  page('/money/payouts/:id', '这笔打款里有什么', 'pages/payout'),
  page('/insight', '卖得怎么样', 'pages/insight'),
  page('/bank-account', '银行账户', 'pages/bank-account'),
  page('/statements', '账单', 'pages/statements'),
  page('/statements/:id', '账单', 'pages/statement'),
  page('/places', '专馆和专区', 'pages/places'),
  page('/places/new', '申报新点', 'pages/place-new'),
  page('/places/:id', '专馆和专区', 'pages/place'),
  page('/consignment', '寄卖', 'pages/consignment'),
  page('/sell-through', '报销售', 'pages/sell-through'),
  page('/sell-through/:id', '报销售', 'pages/sell-through-one'),
  page('/team', '成员', 'pages/team'),
  page('/join', '邀请', 'pages/join'),
  page('/apply', '申请开店', 'pages/apply'),
  page('/apply/:id', '申请开店', 'pages/apply'),
  page('/papers', '证照', 'pages/papers'),
  page('/closure', '关店', 'pages/closure'),
  page('/help', '找帮助', 'pages/help'),
];

export const PORTAL: PageOptions = {
  name: 'portal',
  shell: { lang: 'zh-CN', themeColor: '#17603f', icon: 'sprout.svg' },
  routes: ROUTES,
};
