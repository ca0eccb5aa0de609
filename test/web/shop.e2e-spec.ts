import type { Browser } from 'playwright-core';
import { BatchService } from '#libs/catalog';
import { BatchRecallService } from '#libs/harvest';
import { LinkageConfirmationService } from '#libs/household';
import { DAY_MS, newId, refused } from '#libs/kernel';
import { type MadeProduct, makeCertification, makeProduct } from '../make/product.make.js';
import { CertificationReviewService, deskOf } from '#libs/certification';
import { makeCertificationApplication } from '../make/certification.make.js';
import { makeCounter, makePavilion } from '../make/channel-point.make.js';
import { makeDivisions } from '../make/division.make.js';
import { makeHousehold, makeLinkagePayment, makeSignedLinkage } from '../make/household.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { freePort } from '../harness/fleet.js';
import { World } from '../harness/world.js';
import { type Visitor, openBrowser, visits } from './browser.js';

let world: World;
let browser: Browser;
let url: string;
let peach: MadeProduct;
let tea: MadeProduct;
let recalled: { readonly code: string } | undefined;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  [world, browser] = await Promise.all([
    World.start({ services: ['storefront'], settings: { PUBLIC_URL: url } }),
    openBrowser(),
  ]);
  await makeDivisions(world);
  peach = await makeProduct(world, { name: '炎陵黄桃', pricesFen: [8_800n, 15_800n], season: [10, 12] });
  tea = await makeProduct(world, {
    name: '茶陵红茶',
    categoryCode: 'TEA',
    pricesFen: [7_800n],
    netWeightG: 100,
    isPerishable: false,
    season: [11, 11],
  });
  await makeProduct(world, {
    name: '攸县脐橙',
    pricesFen: [5_200n],
    season: [11, 12],
    batches: [{ quantity: 0 }],
  });
  await makeCertification(world, peach.productId);
  const origin = {
    productId: peach.productId,
    originCountyCode: '430225',
    originVillageCode: null,
    linkageAgreementId: null,
  };
  const batchId = await world.database.transaction((tx) =>
    world.get(BatchService).announce(tx, origin, '2026-10-20'),
  );
  const wish = { batchId, reason: '抽检发现农药残留超标', advice: 'SEND_BACK' } as const;
  const keeper = { userId: newId('usr'), merchantIds: [peach.merchantId] };
  await world.get(BatchRecallService).recallOwn(wish, keeper);
  [recalled] = await world.database.query<{ code: string }>(
    'SELECT trace_code AS code FROM product_batch WHERE id = ?',
    [batchId],
  );
  await makePavilion(world);
  await makeCounter(world, { name: '神农城 A 座专柜', longitude: 113.13, latitude: 27.83 });
  await makeCounter(world, { name: '芦淞服饰城专柜', longitude: 113.16, latitude: 27.84 });
  await world.app('storefront').listen(port, '127.0.0.1');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await world.close();
});

const arrive = visits(() => ({ browser, url, now: world.clock.now() }));

const PAGES: readonly (readonly [string, () => string, string])[] = [
  ['home', () => '/', '炎陵黄桃'],
  ['categories', () => '/categories', '从哪里来'],
  ['shelf', () => '/products', '茶陵红茶'],
  ['search', () => '/search?q=huangtao', '找到 1 款'],
  ['product', () => `/products/${peach.productId}`, '这一份帮助谁'],
  ['counters', () => '/counters', '神农城 A 座专柜'],
  ['nowhere', () => '/nothing/of/the/kind', '回首页看看'],
  ['cart-empty', () => '/cart', '购物车是空的'],
  ['orders-empty', () => '/orders', '还没有订单'],
  ['account', () => '/account', '我的订单'],
  ['sign-in', () => '/sign-in', '发送验证码'],
  ['trace', () => `/trace/${recalled?.code.toLowerCase()}`, '抽检发现农药残留超标'],
  ['trace-unknown', () => '/trace/7K3M9QX2AB4', '没有查到这个溯源码'],
  ['missing', () => '/products/prd_01D03BBF00ZZZZZZZZZZZZZZZZ', '回首页看看'],
];

it.each(PAGES)('%s is usable by everybody, however wide, and in elder mode', async (name, path, landmark) => {
  const visitor = await arrive();
  await visitor.open(path());
  await visitor.page.getByText(landmark).first().waitFor();

  expect(await visitor.hindrances(name)).toEqual([]);
});

it('the picture that home opens with is on its way before the scripts that show it', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.open('/');
  const shown = await page.locator('.hero img').getAttribute('src');

  expect(await page.locator('link[rel="preload"][as="image"]').getAttribute('href')).toBe(shown);
});

it('elder mode is a switch away, and stays', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.open('/');
  await page.getByRole('button', { name: '长辈版' }).click();
  await visitor.open(`/products/${peach.productId}`);
  await page.getByText('这一份帮助谁').waitFor();

  expect(await page.locator('html').getAttribute('data-elder')).toBe('');
});

describe('finding something', () => {
  it('offers what one is about to say, and reads pinyin', async () => {
    const { page, open } = await arrive().then((visitor) => ({
      page: visitor.page,
      open: () => visitor.open('/'),
    }));
    await open();
    const box = page.getByRole('combobox', { name: '搜索商品、产地、合作社' });
    await box.fill('huangtao');
    await page.getByRole('option', { name: /黄桃/ }).first().waitFor();
    await box.press('ArrowDown');
    await box.press('Enter');
    await page.getByText(/找到 \d+ 款/).waitFor();
    await page.getByRole('link', { name: /炎陵黄桃/ }).click();
    await page.getByRole('heading', { level: 1, name: '炎陵黄桃' }).waitFor();

    expect(new URL(page.url()).pathname).toBe(`/products/${peach.productId}`);
  });

  it('narrows a list, and the address says how', async () => {
    const visitor = await arrive({ width: 1280 });
    const { page } = visitor;
    await visitor.open('/products');
    await page.getByRole('button', { name: /认定产品/ }).click();
    await page.getByText('茶陵红茶').waitFor({ state: 'detached' });
    await page.getByText('炎陵黄桃').first().waitFor();

    expect(new URL(page.url()).search).toContain('certified=1');
  });

  it('says what a pack costs, and what that is per 500 g', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.open(`/products/${peach.productId}`);
    await page.getByText('合 ¥17.60/斤').waitFor();
    await page.getByRole('button', { name: '第 2 种' }).click();

    await page.getByText('合 ¥31.60/斤').waitFor();
    // What it cost before is there for anybody who asks.
    await page.getByText('以前卖多少钱').click();
    await page.getByRole('row', { name: /第 2 种 ¥158 ¥31.60/ }).waitFor();

    expect(await visitor.hindrances('product-prices')).toEqual([]);
  });
});

describe('English', () => {
  it('is a switch away, and stays', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.open('/');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Categories' }).first().waitFor();
    await visitor.open(`/products/${tea.productId}`);
    await page.getByText('¥390 per 500 g').waitFor();

    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await visitor.shot('product-english');
    await visitor.open('/counters');
    await page.getByRole('heading', { level: 1, name: 'Counters nearby' }).waitFor();
    // What the server has called it is said in the language that is read.
    expect(await page.title()).toBe('Counters nearby · Taoyuan');
    await page.getByRole('link', { name: 'What is in it' }).first().waitFor();
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });

      expect(await visitor.overflow()).toBe(0);
      await visitor.shot(`counters-english-${width}`);
    }
    // The name of a page stands above it, not beside.
    const [title, content] = await Promise.all([
      page.locator('.top-bar').boundingBox(),
      page.locator('#main').boundingBox(),
    ]);

    expect(title?.x).toBe(content?.x);
  });
});

describe('a household that was given a link', () => {
  const link = async () => {
    const { userId } = world.person();
    const { id: merchantId } = await makeMerchant(world, { name: '炎陵县大源合作社' });
    const { id: householdId } = await makeHousehold(world);
    const agreementId = await makeSignedLinkage(world, { merchantId, householdIds: [householdId], userId });
    const paid = await makeLinkagePayment(
      world,
      { agreementId, householdId },
      { userId, merchantIds: [merchantId] },
    );
    const confirmations = world.get(LinkageConfirmationService);
    const issued = await confirmations.issue(paid, { userId: newId('usr'), divisions: 'ALL' });
    if (refused(issued)) throw new Error(issued.message.en);
    return `/confirm/${issued.token}`;
  };
  const isForEverybody = async (visitor: Visitor, name: string) => {
    const { page } = visitor;
    // Large without anybody's asking; what is around it is the shop's.
    expect(
      await page.evaluate("parseFloat(getComputedStyle(document.querySelector('#main')).fontSize)"),
    ).toBeGreaterThan(20);
    expect(await visitor.hindrances(name)).toEqual([]);
  };

  it('says yes, at the second tap, and is told so again', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.open(await link());
    await page.getByText('炎陵县大源合作社说，2026年10月15日给了您家：').waitFor();
    await page.getByText('1,234.50 元').waitFor();
    await page.getByText('收货的钱').waitFor();
    await isForEverybody(visitor, 'confirm');
    await page.getByRole('button', { name: '收到了' }).first().click();
    await page.getByRole('button', { name: '按错了，回去' }).click();
    // Two taps of a thumb that trembles have said it once.
    await page.getByRole('button', { name: '收到了' }).first().dblclick();
    await visitor.shot('confirm-yes');
    await page.getByRole('button', { name: '对，收到了' }).click();
    await page.getByText('记下了：收到了').waitFor();
    await visitor.shot('confirm-received');
    await page.reload();
    await page.getByText('记下了：收到了').waitFor();

    expect(await page.getByRole('button', { name: '没收到' }).count()).toBe(0);
  });

  it('says no and why, and who comes later with a yes is told what was said', async () => {
    const path = await link();
    const [visitor, other] = [await arrive(), await arrive()];
    await other.open(path);
    await other.page.getByRole('button', { name: '收到了' }).first().click();
    const { page } = visitor;
    await visitor.open(path);
    await page.getByRole('button', { name: '没收到' }).click();
    const tell = page.getByRole('button', { name: '告诉县里：没收到' });

    expect(await tell.isDisabled()).toBe(true);
    await page.getByRole('button', { name: '收到了，但是数目不对' }).click();
    await isForEverybody(visitor, 'confirm-no');
    await tell.click();
    await page.getByText('记下了：没收到').waitFor();
    await other.page.getByRole('button', { name: '对，收到了' }).click();
    await other.page.getByText('记下了：没收到').waitFor();
    const [answer] = await world.database.query<{ answer: string; reason: string }>(
      "SELECT answer, reason FROM linkage_confirmation WHERE answer = 'NOT_RECEIVED'",
    );

    expect(answer).toMatchObject({ answer: 'NOT_RECEIVED', reason: '收到了，但是数目不对' });
  });

  it('is told that a link is none, or over, in either language; and keeps what it has written while nobody is reached', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.open(`${await link()}x`);
    await page.getByText('这个链接不对').waitFor();
    await isForEverybody(visitor, 'confirm-unknown');
    const path = await link();
    await visitor.open(`${path}?lang=en`);
    await page.getByText('Was your family given this money?').waitFor();
    await visitor.shot('confirm-english');
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByLabel('Or in your own words').fill('half of it');
    await visitor.context.setOffline(true);
    await page.getByRole('button', { name: 'Tell the county: not received' }).click();
    await page.getByRole('alert').waitFor();

    expect(await page.getByLabel('Or in your own words').inputValue()).toBe('half of it');
    await visitor.context.setOffline(false);
    const before = world.clock.now();
    world.clock.advance(15 * DAY_MS);
    await visitor.open(path);
    await page.getByText('This link is over').waitFor();
    await visitor.shot('confirm-over-english');
    world.clock.set(before.toISOString());
  });
});

describe('over a slow line', () => {
  it('shows where things will stand, waits without complaint, and takes two taps for one', async () => {
    const visitor = await arrive();
    const { page, context } = visitor;
    await visitor.open('/');
    await page.getByText('炎陵黄桃').first().waitFor();
    // A village's line: half a second away, and a picture takes seconds.
    const line = await context.newCDPSession(page);
    await line.send('Network.enable');
    const slow = { offline: false, latency: 500, downloadThroughput: 32_000, uploadThroughput: 16_000 };
    await line.send('Network.emulateNetworkConditions', slow);
    await page
      .getByRole('link', { name: /茶陵红茶/ })
      .first()
      .click();
    await page.locator('.skeleton').first().waitFor();
    await visitor.shot('slow');
    await page.getByRole('heading', { level: 1, name: '茶陵红茶' }).waitFor();
    await page.getByRole('button', { name: '加购物车' }).dblclick();
    await page.getByRole('link', { name: '购物车，1 件' }).waitFor();

    expect(await visitor.faults()).toEqual([]);
    const [cart] = await world.database.query<{ quantity: number }>(
      'SELECT quantity FROM cart_line WHERE variant_id = ?',
      [tea.variantId],
    );
    expect(cart?.quantity).toBe(1);
  });
});

describe('without a network', () => {
  it('says so', async () => {
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.open('/');
    await page.getByText('炎陵黄桃').first().waitFor();
    await visitor.context.setOffline(true);
    await page.getByText(/没有网络，显示的是 .+ 前的内容/).waitFor();
    await page.getByRole('link', { name: /炎陵黄桃/ }).click();
    await page.getByText('现在没有网络。连上网络后再试。').waitFor();
    await visitor.shot('offline');
    await visitor.context.setOffline(false);
    await page.getByRole('button', { name: '再试一次' }).click();

    await page.getByText('这一份帮助谁').waitFor();
  });

  it('shows what was kept, and from when; what is somebody’s own was not', async () => {
    const visitor = await arrive({ keeps: true });
    const { page, context } = visitor;
    await visitor.open('/');
    await page.evaluate(`new Promise((done) => navigator.serviceWorker.controller
      ? done() : navigator.serviceWorker.addEventListener('controllerchange', () => done(), { once: true }))`);
    await page
      .getByRole('link', { name: /炎陵黄桃/ })
      .first()
      .click();
    await page.getByText('这一份帮助谁').waitFor();
    // The answer that came with the first page, and the one that was asked for through the worker.
    await page.evaluate(`(async () => {
      const kept = async () => (await (await caches.open('answers')).keys()).map(({ url }) => url).join();
      for (let names = ''; !names.includes('/home?') || !names.includes('/product-page?'); names = await kept())
        await new Promise((done) => requestAnimationFrame(done));
    })()`);
    await context.setOffline(true);
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.getByText('这一份帮助谁').waitFor();
    await page.getByText(/没有网络，显示的是 .+ 前的内容/).waitFor();

    expect(await visitor.faults()).toEqual([]);
    await visitor.shot('offline-kept');
    await visitor.open('/');
    await page
      .getByRole('link', { name: /炎陵黄桃/ })
      .first()
      .waitFor();
    await visitor.shot('offline-home');
    // Where nothing was kept, that is said.
    await visitor.open(`/products/${tea.productId}`);
    await page.getByRole('alert').getByRole('button', { name: '再试一次' }).waitFor();
    await visitor.shot('offline-nothing');
    const kept = (await page.evaluate(`(async () => {
      const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const requests = (await Promise.all(stores.map((store) => store.keys()))).flat();
      return requests.map(({ url }) => new URL(url).pathname);
    })()`)) as string[];

    expect(kept).toContain('/graphql/documents/product-page');
    expect(kept.filter((path) => !/^\/(shell$|assets\/shop\/|graphql\/documents\/)/.test(path))).toEqual([]);
    await context.setOffline(false);
    await page.getByRole('button', { name: '再试一次' }).click();

    await page.getByRole('heading', { level: 1, name: '茶陵红茶' }).waitFor();
    await page.getByText(/没有网络/).waitFor({ state: 'detached' });
  });
});

describe('what the server says before any script runs', () => {
  const get = (path: string, headers = {}) => fetch(`${url}${path}`, { headers });

  it('is the title, the first answer and what search engines read', async () => {
    const response = await get(`/products/${peach.productId}`);
    const html = await response.text();

    expect(html).toContain('<title>炎陵黄桃 · 炎陵县 · 桃源助农</title>');
    expect(html).toContain('"@type":"Product"');
    expect(html).toContain('"lowPrice":"88.00"');
    expect(html).toContain('<h1>炎陵黄桃</h1>');
    expect(html).toMatch(/<script type="application\/json" id="boot">\[\{"document":"product-page"/);
    expect(html).toContain('rel="modulepreload"');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    // Data is no code: nothing that runs stands in the page itself.
    expect(html).not.toMatch(/<script(?![^>]*(src=|type="application\/))/);
  });

  it('of what is not sold is 404, and not for the index', async () => {
    const response = await get('/products/prd_01D03BBF00ZZZZZZZZZZZZZZZZ');

    expect(response.status).toBe(404);
    expect(await response.text()).toContain('content="noindex"');
  });

  it('of an address that nobody has is a page to people, and an answer to scripts', async () => {
    const page = await get('/nothing/of/the/kind', { accept: 'text/html,*/*;q=0.8' });

    expect(page.status).toBe(404);
    expect(await page.text()).toContain('<title>没有这个页面 · 桃源助农</title>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const answer = await get('/nothing/of/the/kind', { accept: 'application/json' });

    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/json');
    const posted = await fetch(`${url}/nothing`, { method: 'POST', headers: { accept: 'text/html' } });

    expect(posted.status).toBe(404);
  });

  it('cannot be broken out of by the name of a product', async () => {
    const { productId } = await makeProduct(world, { name: '</script><b>"&\'' });
    const html = await (await get(`/products/${productId}`)).text();

    expect(html).not.toContain('</script><b>');
    expect(html).toContain('&lt;/script&gt;&lt;b&gt;&quot;&amp;');
  });

  it('is how a phone installs the shop, and what keeps it, asked for again each time', async () => {
    const html = await (await get('/')).text();
    const [, address = ''] = /<link rel="manifest" href="([^"]+)"/.exec(html) ?? [];
    const response = await get(address);
    const manifest = (await response.json()) as { icons: { src: string; sizes: string; type: string }[] };

    expect(response.headers.get('content-type')).toContain('application/manifest+json');
    expect(manifest).toMatchObject({ short_name: '桃源', start_url: '/', display: 'standalone' });
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512', 'any']);
    for (const { src, type } of manifest.icons)
      expect((await get(src)).headers.get('content-type')).toContain(type);
    const worker = await get('/worker.js');

    expect(worker.status).toBe(200);
    expect(worker.headers.get('content-type')).toContain('text/javascript');
    expect(worker.headers.get('cache-control')).toBe('no-cache');
  });

  it('names assets that never change, in the smallest form that is understood', async () => {
    const html = await (await get('/')).text();
    const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(html) ?? [];
    for (const encoding of ['br', 'gzip', 'identity']) {
      const response = await get(script, { 'accept-encoding': encoding });

      expect(response.status).toBe(200);
      expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect((await get('/assets/shop/none.js')).status).toBe(404);
    expect((await get('/assets/shop/..%2Fmanifest.json')).status).toBe(404);
  });
});

it('places and origin are on the lines of the counties, for whoever wants to see them there', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.open('/counters');
  await page.getByRole('button', { name: '全市' }).click();
  await page.getByText('示意图，不作为划界依据').waitFor();
  expect(await page.locator('.sketch-land path').count()).toBe(9);
  expect(await visitor.hindrances('counters-city')).toEqual([]);
  await visitor.open(`/products/${peach.productId}`);
  await page.getByText('在地图上看').click();
  await page.locator('.sketch-land .is-it').waitFor();
  expect(await visitor.hindrances('product-origin')).toEqual([]);
});

describe('public notice', () => {
  it('is there for anybody, who may object once', async () => {
    const owner = newId('usr');
    const { id } = await makeCertificationApplication(world, owner, { households: 5 });
    for (const office of ['TOWNSHIP', 'SECTOR', 'COUNTY'] as const) {
      const desks = [deskOf(office, '430225', '430225209')];
      const verdict = { applicationId: id, revision: 1, reason: '同意上报' };
      const passed = await world
        .get(CertificationReviewService)
        .pass(verdict, { userId: newId('usr'), divisions: 'ALL', desks });
      if (refused(passed)) throw new Error(passed.message.en);
    }
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.open(`/products/${peach.productId}`);
    await page.getByRole('link', { name: '怎么认定的，正在公示什么' }).click();
    await page.getByText(/截止/).waitFor();
    expect(await visitor.hindrances('notices')).toEqual([]);
    await page.getByText(/截止/).click();
    await page.getByText('5 户').waitFor();
    await page.getByLabel(/哪里不对/).fill('这批黄桃不是本村种的，基地早就没有了');
    await page.getByLabel('怎么称呼您').fill('张三');
    await page.getByLabel('手机号').fill('13800000001');
    expect(await visitor.hindrances('notice')).toEqual([]);
    await page.getByRole('button', { name: '提交异议' }).dblclick();
    await page.getByRole('heading', { name: '收到了' }).waitFor();

    const [said] = await world.database.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM certification_objection',
    );
    expect(Number(said?.n)).toBe(1);
    await visitor.open(`/notices/${newId('cap')}?lang=en`);
    await page.getByText(/It hangs out no more/).waitFor();
    await visitor.open(`/notices/${id}`);
    await page.getByText('Object, if something is wrong').waitFor();
    expect(await visitor.hindrances('notice-english')).toEqual([]);
  });
});
