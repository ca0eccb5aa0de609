import type { Browser } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { freePort } from '../harness/fleet.js';
import { World } from '../harness/world.js';
import { makeDivisions } from '../make/division.make.js';
import { deliverWebhooks } from '../make/payment.make.js';
import { type MadeProduct, makeProduct } from '../make/product.make.js';
import { makePromotion } from '../make/promotion.make.js';
import { freshPhone } from '../make/user.make.js';
import { Visitor, openBrowser } from './browser.js';

let world: World;
let browser: Browser;
let url: string;
let tea: MadeProduct;
let visitor: Visitor;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  [world, browser] = await Promise.all([
    World.start({
      services: ['storefront', 'settlement'],
      withSandbox: true,
      settings: { PUBLIC_URL: url },
    }),
    openBrowser(),
  ]);
  await makeDivisions(world);
  // What keeps: the sandbox's time is the machine's.
  tea = await makeProduct(world, {
    name: '茶陵红茶',
    pricesFen: [7_800n],
    isPerishable: false,
    batches: [{ quantity: 100, bestBeforeOn: null }],
  });
  await world.app('storefront').listen(port, '127.0.0.1');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await world.close();
});

beforeEach(async () => {
  visitor = await Visitor.arrive(browser, url, { now: world.clock.now() });
});
afterEach(async () => {
  await visitor.leave();
  expect(visitor.complaints).toEqual([]);
});

const looksRight = async (name: string) => {
  expect(await visitor.faults()).toEqual([]);
  expect(await visitor.tooSmall(44, 12)).toEqual([]);
  expect(await visitor.overflow()).toBe(0);
  await visitor.shot(name);
};

/** The same at a desk. */
const looksRightAtDesk = async (name: string) => {
  await visitor.page.setViewportSize({ width: 1280, height: 900 });

  expect(await visitor.overflow()).toBe(0);
  await visitor.shot(`${name}-1280`);
  await visitor.page.setViewportSize({ width: 390, height: 844 });
};

/** By code; in development the answer holds it. */
const signIn = async (back: string) => {
  const { page } = visitor;
  await visitor.open(`/sign-in?back=${back}`);
  await page.getByLabel('手机号').fill(freshPhone());
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByLabel('验证码').waitFor();
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(`${url}${back}`);
};

const fillIn = async (phone: string) => {
  const { page } = visitor;
  await page.getByLabel('收货人').fill('李女士');
  await page.getByLabel('手机号').fill(phone);
  const choose = async (label: string) => {
    const choice = page.getByLabel(label);
    await choice.locator('option').nth(1).waitFor({ state: 'attached' });
    await choice.selectOption({ index: 1 });
  };
  await choose('省份');
  await choose('城市');
  await choose('区县');
  await page.getByLabel('详细地址').fill('霞阳镇炎帝路 1 号');
};

/** As a guest, one box at once; ends on the order's own page. */
const order = async (): Promise<void> => {
  await visitor.open(`/checkout?variant=${tea.variantId}&quantity=1`);
  await visitor.page.getByLabel('收货人').waitFor();
  await fillIn(freshPhone());
  await visitor.page.getByRole('button', { name: '提交订单' }).click();
  await visitor.page.getByRole('button', { name: '去付款' }).waitFor();
};

const atTheBank = async () => {
  await visitor.page.getByRole('button', { name: '去付款' }).click();
  await visitor.page.waitForURL(/\/pay\//);
};

const bankTells = async () => {
  await deliverWebhooks(world);
  await world.settle();
};

describe('a guest', () => {
  it('fills a cart, orders, pays and sees it paid', async () => {
    const { page } = visitor;
    await visitor.open(`/products/${tea.productId}`);
    await page.getByRole('button', { name: '增加' }).click();
    await page.getByRole('button', { name: '加购物车' }).click();
    await page.getByRole('link', { name: '购物车，2 件' }).click();
    await page.getByText('茶陵红茶').waitFor();
    await looksRight('cart');

    await page.getByRole('group', { name: '茶陵红茶 的数量' }).getByRole('button', { name: '减少' }).click();
    await page.getByText('商品 ¥78，').waitFor();
    await page.getByRole('link', { name: '去结算' }).click();
    await fillIn(freshPhone());
    await looksRight('checkout');
    await page.getByRole('button', { name: '提交订单' }).click();
    await page.getByRole('button', { name: '去付款' }).waitFor();
    await looksRight('order-unpaid');

    await atTheBank();
    await page.getByText('确认付款').click();
    // The address says "succeeded"; until the bank has told us, it is not believed.
    await page.getByText('正在等银行的消息…').waitFor();
    await looksRight('order-waiting');
    await bankTells();
    await page.getByRole('heading', { level: 1, name: '待发货' }).waitFor();
    await page.getByText('助农凭证').waitFor();
    await looksRight('order-paid');

    await visitor.open('/cart');
    await page.getByText('购物车是空的').waitFor();
    await visitor.open('/orders');
    await page.getByText('待发货').waitFor();
    await looksRight('orders');
  });

  it('orders once, however often the button is pressed', async () => {
    const { page } = visitor;
    await visitor.open(`/checkout?variant=${tea.variantId}&quantity=1`);
    await page.getByLabel('收货人').waitFor();
    await fillIn(freshPhone());
    await page.getByRole('button', { name: '提交订单' }).dblclick();
    await page.getByRole('button', { name: '去付款' }).waitFor();
    await visitor.open('/orders');
    await page.getByText('待付款').waitFor();

    expect(await page.getByText('待付款').count()).toBe(1);
  });

  it('is told that a payment failed, and pays after all', async () => {
    const { page } = visitor;
    await order();
    await atTheBank();
    await page.getByText('拒绝付款').click();
    await page.getByText(/刚才没有付成/).waitFor();
    await looksRight('order-failed');
    await bankTells();
    await atTheBank();
    await page.getByText('确认付款').click();
    await bankTells();

    await page.getByRole('heading', { level: 1, name: '待发货' }).waitFor();
  });

  it('pays by a code that another phone scans', async () => {
    const { page, context } = visitor;
    await order();
    await page.getByRole('button', { name: '微信' }).click();
    await page.getByRole('button', { name: '去付款' }).click();
    const code = page.getByRole('img', { name: '付款的二维码' });
    await code.waitFor();
    await looksRight('order-code');
    const { data, info } = await sharp(await code.screenshot())
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const wallet = await context.newPage();
    await wallet.goto(decodeQR({ width: info.width, height: info.height, data: new Uint8Array(data) }));
    await wallet.getByText('确认付款').click();
    await bankTells();
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");

    await page.getByRole('heading', { level: 1, name: '待发货' }).waitFor();
  });

  it('calls an order off, and sees that it is over, elsewhere too', async () => {
    const { page, context } = visitor;
    await order();
    const elsewhere = await context.newPage();
    await elsewhere.clock.setFixedTime(world.clock.now());
    await elsewhere.goto(page.url());
    await elsewhere.getByRole('button', { name: '去付款' }).waitFor();
    await page.getByRole('button', { name: '取消订单' }).click();
    await page.getByText('订单已经取消。').waitFor();

    // Whoever comes back to a page that was left open.
    await elsewhere.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await elsewhere.getByRole('heading', { level: 1, name: '已取消' }).waitFor();
    await page.goto(page.url());
    await page.getByRole('heading', { level: 1, name: '已取消' }).waitFor();
    await looksRight('order-cancelled');
  });
});

describe('somebody with a phone', () => {
  it('signs in by code, takes along what the guest had, and signs out', async () => {
    const { page } = visitor;
    await order();
    const address = page.url();
    await visitor.open('/sign-in?back=/orders');
    await page.getByLabel('手机号').fill(freshPhone());
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByLabel('验证码').waitFor();
    // In development the answer holds the code.
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.waitForURL(`${url}/orders`);
    await page.getByText('待付款').waitFor();
    await visitor.open('/account');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(`${url}/`);
    await page.goto(address);

    await page.getByText('这里看不到这个订单').waitFor();
  });

  it('keeps addresses, changes them and takes them out', async () => {
    const { page } = visitor;
    await visitor.open('/addresses');
    await page.getByText('登录后能存地址').waitFor();
    await signIn('/addresses');
    await page.getByText('还没有存过地址').waitFor();
    for (const _ of [1, 2]) {
      await page.getByRole('button', { name: '添加地址' }).click();
      await fillIn(freshPhone());
      await looksRight('address-new');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('霞阳镇炎帝路 1 号').first().waitFor();
    }
    await page.getByRole('button', { name: '设为默认' }).waitFor();
    await looksRight('addresses');
    await looksRightAtDesk('addresses');
    await page.getByRole('button', { name: '修改' }).first().click();
    await page.getByLabel('收货人').fill('王奶奶');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('王奶奶').waitFor();
    const remove = page
      .getByRole('listitem')
      .filter({ hasText: '李女士' })
      .getByRole('button', { name: '删除' });
    await remove.click();
    await remove.click();
    await page.getByText('李女士').waitFor({ state: 'detached' });
    await visitor.open(`/checkout?variant=${tea.variantId}&quantity=1`);
    await page.getByText('王奶奶').waitFor();

    expect(await page.getByText('李女士').count()).toBe(0);
  });

  it('claims a coupon once, and it is used at the checkout', async () => {
    const { page } = visitor;
    await makePromotion(world, { name: '消费帮扶月', thresholdFen: 5_000n, personMax: 1 });
    await signIn('/coupons');
    await page.getByText('满 ¥50 可用').waitFor();
    await page.getByRole('button', { name: '领取' }).dblclick();
    await page.getByRole('button', { name: '已经领过' }).waitFor();
    await page.getByRole('heading', { name: '可以用的' }).waitFor();

    expect(await page.getByRole('link', { name: '去挑东西' }).count()).toBe(1);
    await looksRight('coupons');
    await looksRightAtDesk('coupons');
    await visitor.open('/coupons?lang=en');
    await page.getByRole('heading', { name: 'Ready to use' }).waitFor();
    await looksRight('coupons-english');
    await visitor.open('/addresses');
    await page.getByText('No address yet').waitFor();
    await looksRight('addresses-english');
    await visitor.open('/coupons?lang=zh');
    await page.getByRole('heading', { name: '可以用的' }).waitFor();
    await page.evaluate("document.documentElement.setAttribute('data-elder', '')");
    expect(await visitor.tooSmall(60, 18)).toEqual([]);
    expect(await visitor.overflow()).toBe(0);
    await visitor.shot('coupons-elder');
    await visitor.open(`/checkout?variant=${tea.variantId}&quantity=1`);
    await page.getByText('省 ¥10').waitFor();
  });

  it('is sent nowhere but to our own pages afterwards', async () => {
    const { page } = visitor;
    await visitor.open('/sign-in?back=//example.org');
    await page.getByLabel('手机号').fill(freshPhone());
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByLabel('验证码').waitFor();
    await page.getByRole('button', { name: '登录', exact: true }).click();

    await page.waitForURL(`${url}/account`);
  });
});

it('somebody else’s order is not there', async () => {
  await order();
  const { pathname } = new URL(visitor.page.url());
  const stranger = await Visitor.arrive(browser, url, { now: world.clock.now() });
  await stranger.open(pathname);

  await stranger.page.getByText('这里看不到这个订单').waitFor();
  await stranger.leave();
});
