import type { PageHead, PageOptions, PageRoute } from '#platform/web';

const NAME = '桃源助农';
const ABOUT = '株洲九个县市区的好物：每一份都写明产地、合作社和帮助的农户。专馆、专区、智能专柜与线上同价。';

interface ProductAnswer {
  readonly product: {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly merchant: { readonly name: string };
    readonly originCounty: { readonly name: string };
    readonly variants: readonly {
      readonly name: string;
      readonly priceFen: string;
      readonly available: number;
    }[];
  } | null;
}

interface HomeAnswer {
  readonly season: {
    readonly nodes: readonly { readonly name: string; readonly originCounty: { readonly name: string } }[];
  };
}

/** The month of Shanghai: what is in season there. */
export const seasonMonth = (now: Date): number => new Date(now.getTime() + 8 * 3_600_000).getUTCMonth() + 1;

const yuan = (fen: string) => `${BigInt(fen) / 100n}.${String(BigInt(fen) % 100n).padStart(2, '0')}`;

/** Told in the search engines' own words: https://schema.org/Product. */
export function productHead(answer: ProductAnswer | null): PageHead {
  const product = answer?.product;
  if (!product)
    return answer
      ? { title: `没有这件商品 · ${NAME}`, description: ABOUT, isMissing: true }
      : { title: NAME, description: ABOUT };
  const prices = product.variants
    .map(({ priceFen }) => BigInt(priceFen))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const isThere = product.variants.some(({ available }) => available > 0);
  return {
    title: `${product.name} · ${product.originCounty.name} · ${NAME}`,
    description: product.description,
    text: [
      product.name,
      product.description,
      ...product.variants.map(({ name, priceFen }) => `${name} ¥${yuan(priceFen)}`),
      `产自${product.originCounty.name}，${product.merchant.name}`,
    ],
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: product.name,
      description: product.description,
      brand: { '@type': 'Brand', name: product.merchant.name },
      offers: {
        '@type': 'AggregateOffer',
        priceCurrency: 'CNY',
        lowPrice: yuan(String(prices[0] ?? 0n)),
        highPrice: yuan(String(prices.at(-1) ?? 0n)),
        offerCount: product.variants.length,
        availability: `https://schema.org/${isThere ? 'InStock' : 'OutOfStock'}`,
      },
    },
  };
}

/** What home opens with: `heroOf` of apps/web/src/shop/art.ts. */
function heroDrawing(month: number): string {
  if (month <= 2) return 'hero-winter.svg';
  if (month <= 5) return 'hero-spring.svg';
  return month <= 9 ? 'hero-summer.svg' : 'hero-autumn.svg';
}

export function homeHead(answer: HomeAnswer | null, month: number): PageHead {
  const names = answer?.season.nodes.map(({ name, originCounty }) => `${originCounty.name} ${name}`) ?? [];
  return {
    title: `${NAME} · 株洲好物，买一份，帮一户`,
    description: ABOUT,
    text: [NAME, ABOUT, ...names],
    drawing: heroDrawing(month),
    jsonLd: { '@context': 'https://schema.org', '@type': 'OnlineStore', name: NAME, description: ABOUT },
  };
}

const plain = (path: string, title: string, part: string): PageRoute => ({
  path,
  part,
  head: () => ({ title: `${title} · ${NAME}`, description: ABOUT, text: [title] }),
});

/** Addresses of the shop; what the browser shows under them is apps/web/src/shop/app.tsx. */
const ROUTES: readonly PageRoute[] = [
  {
    path: '/',
    part: 'pages/home',
    asks: (_, now) => [{ document: 'home', variables: { month: seasonMonth(now) } }],
    head: ([home], _, now) => homeHead(home as HomeAnswer | null, seasonMonth(now)),
  },
  {
    path: '/products/:id',
    part: 'pages/product',
    asks: ({ id }) => [{ document: 'product-page', variables: { id } }],
    head: ([answer]) => productHead(answer as ProductAnswer | null),
  },
  {
    ...plain('/categories', '分类', 'pages/categories'),
    asks: () => [{ document: 'product-facets', variables: {} }],
  },
  plain('/products', '全部好物', 'pages/shelf'),
  plain('/search', '搜索', 'pages/search'),
  // Stands for every other address while there is no network: the shop alone, and nothing in it.
  { path: '/shell', head: () => ({ title: NAME, description: ABOUT, isUnlisted: true }) },
  plain('/cart', '购物车', 'pages/cart'),
  plain('/checkout', '确认订单', 'pages/checkout'),
  plain('/orders', '我的订单', 'pages/orders'),
  plain('/orders/:id', '订单', 'pages/order'),
  plain('/after-sales', '我的售后', 'pages/after-sales'),
  plain('/after-sales/new', '申请售后', 'pages/after-sale-new'),
  plain('/after-sales/:id', '售后', 'pages/after-sale'),
  plain('/reviews', '我的评价', 'pages/own-reviews'),
  plain('/reviews/new', '写评价', 'pages/review-new'),
  plain('/invoices/:id', '发票', 'pages/invoices'),
  plain('/adoptions', '认养', 'pages/adoptions'),
  plain('/adoptions/:id', '认养', 'pages/adoption'),
  plain('/adopt/:id', '认养', 'pages/adopt'),
  {
    ...plain('/notices', '认定公示', 'pages/notices'),
    asks: () => [{ document: 'certification-notices', variables: {} }],
  },
  {
    ...plain('/notices/:id', '认定公示', 'pages/notice'),
    asks: ({ id }) => [{ document: 'certification-notice', variables: { id } }],
  },
  plain('/unit', '单位采购', 'pages/unit'),
  plain('/unit/lists', '批量下单', 'pages/unit-lists'),
  plain('/unit/lists/:id', '批量下单', 'pages/unit-list'),
  plain('/impact', '一年助农', 'pages/impact-year'),
  plain('/addresses', '收货地址', 'pages/addresses'),
  plain('/coupons', '券包', 'pages/coupons'),
  plain('/counters', '附近的专柜', 'pages/counters'),
  plain('/scan', '扫码购买', 'pages/scan'),
  plain('/scan/:code', '扫码购买', 'pages/scan'),
  plain('/openings/:id', '开门购买', 'pages/opening'),
  plain('/trace/:code', '溯源', 'pages/trace'),
  // Of one household alone.
  {
    path: '/confirm/:token',
    part: 'pages/confirm',
    head: () => ({ title: `收款确认 · ${NAME}`, description: ABOUT, text: ['收款确认'], isUnlisted: true }),
  },
  plain('/account/data', '账号和我的数据', 'pages/own-data'),
  plain('/account', '我的', 'pages/account'),
  plain('/sign-in', '登录', 'pages/sign-in'),
];

export const SHOP: PageOptions = {
  name: 'shop',
  shell: {
    lang: 'zh-CN',
    themeColor: '#17603f',
    icon: 'mark.svg',
    installed: { name: NAME, shortName: '桃源', backgroundColor: '#faf6ee' },
  },
  routes: ROUTES,
  missing: () => ({
    title: `没有这个页面 · ${NAME}`,
    description: ABOUT,
    text: ['没有这个页面'],
    isMissing: true,
  }),
};
