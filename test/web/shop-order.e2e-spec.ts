import type { Browser } from 'playwright-core';
import { AfterSaleService } from '#libs/aftersale';
import { BulkRunService } from '#libs/bulk';
import { PresaleHarvestService } from '#libs/harvest';
import { type IdOf, newId, refused } from '#libs/kernel';
import { csvFile } from '#platform/sheets';
import { freePort } from '../harness/fleet.js';
import { World } from '../harness/world.js';
import { makeAdoptionOffer } from '../make/adoption.make.js';
import { makeDivisions } from '../make/division.make.js';
import { deliverWebhooks, payAtSandbox } from '../make/payment.make.js';
import { type MadeProduct, makeProduct } from '../make/product.make.js';
import { freshCreditCode } from '../make/merchant.make.js';
import { makeOrder } from '../make/order.make.js';
import { makePresale } from '../make/presale.make.js';
import { makeMember, makeProcurementUnit } from '../make/procurement.make.js';
import { makePromotion } from '../make/promotion.make.js';
import { picture } from '../make/photo.make.js';
import { shipOrder } from '../make/receipt.make.js';
import { makeCreditTerm } from '../make/receivable.make.js';
import { freshPhone, makeUser } from '../make/user.make.js';
import { type Visitor, openBrowser, readCode, visits } from './browser.js';

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

const arrive = visits(() => ({ browser, url, now: world.clock.now() }));
beforeEach(async () => {
  visitor = await arrive();
});

/** As it stands there, for everybody. */
const looksRight = async (name: string) => expect([name, await visitor.hindrances(name)]).toEqual([name, []]);

/** Of the first that is found: how many lines of text are as high as it. */
const linesOf = async (selector: string) =>
  (await visitor.page.evaluate(`(() => {
    const found = document.querySelector(${JSON.stringify(selector)});
    return Math.round(found.getBoundingClientRect().height / parseFloat(getComputedStyle(found).lineHeight));
  })()`)) as number;

/** By code, on the page of it; in development the answer holds it. */
const enter = async (phone: string, back: string) => {
  const { page } = visitor;
  await page.getByLabel('手机号').fill(phone);
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

/** What a guest has ordered, on its own page; how one orders is told once, below. */
const order = async (): Promise<void> => {
  const { userId, token } = world.guest();
  const { orderId } = await makeOrder(world, { buyerId: userId }, tea);
  await visitor.guest(token);
  await visitor.open(`/orders/${orderId}`);
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
    // Whoever goes back with the phone's own button finds the page as they left it, and may press again.
    const letThrough = await visitor.hinder(/\/pay\//, (route) => route.fulfill({ status: 204 }));
    await Promise.all([page.waitForRequest(/\/pay\//), page.getByRole('button', { name: '去付款' }).click()]);
    await page.getByRole('button', { name: '正在打开支付页面…' }).waitFor();
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await page.getByRole('button', { name: '去付款' }).waitFor();
    letThrough();
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
    const wallet = await context.newPage();
    await wallet.goto(await readCode(code));
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
    // Two taps of a thumb that trembles are one.
    await page.getByRole('button', { name: '取消订单' }).dblclick();
    await page.getByRole('button', { name: '真的取消' }).click();
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
    // On the way to something else, which is there afterwards with what was typed.
    const checkout = `/checkout?variant=${tea.variantId}&quantity=2`;
    await visitor.open(checkout);
    await page.getByLabel('收货人').fill('刘大姐');
    await page.getByRole('link', { name: '登录后能用优惠券、看所有订单' }).click();
    await enter(freshPhone(), checkout);
    await page.getByText('× 2').waitFor();

    expect(await page.getByLabel('收货人').inputValue()).toBe('刘大姐');
    await visitor.open('/orders');
    await page.getByText('待付款').waitFor();
    await visitor.open('/account');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(`${url}/`);
    await page.goto(address);

    await page.getByText('这里看不到这个订单').waitFor();
  });

  it('takes their data along, signs another device out, and leaves, or stays after all', async () => {
    const { page } = visitor;
    const { userId, phone } = await makeUser(world);
    await visitor.signedIn(world.personOf(userId).token);
    await visitor.open('/account');
    await page.getByRole('link', { name: '账号和我的数据' }).click();
    const code = async () => {
      await page.getByLabel('手机号').fill(phone);
      await page.getByRole('button', { name: '发送验证码' }).click();
      await page.getByLabel('短信里的 6 位数字').waitFor();
    };
    await code();
    await looksRight('own-data');
    const taken = page.waitForEvent('download');
    await page.getByRole('button', { name: '拿走我的数据' }).click();

    expect((await taken).suggestedFilename()).toMatch(/\.json$/);
    world.clock.advance(61_000); // A number gets one code a minute.
    await code();
    await page.getByRole('button', { name: '注销账号' }).click();
    await page.getByRole('button', { name: '真的注销' }).click();
    await page.getByRole('heading', { name: '正在注销' }).waitFor();
    await looksRight('own-data-leaving');
    await page.getByRole('button', { name: '不注销了' }).click();
    await page.getByRole('heading', { name: '正在注销' }).waitFor({ state: 'detached' });
    await visitor.open('/account/data?lang=en');
    await page.getByText('Take your data, or leave').waitFor();
    await looksRight('own-data-english');
    // Somebody else's: it was not ordered for this phone.
    const { orderId } = await makeOrder(world, { buyerId: world.guest().userId }, tea);
    await visitor.open(`/orders/${orderId}?lang=zh`);
    await page.getByRole('button', { name: '是我没登录时下的单' }).click();
    await page.getByText('收货手机号和您的不一样，认领不了。').waitFor();
  });

  it('keeps addresses, changes them and takes them out', async () => {
    const { page } = visitor;
    await visitor.open('/addresses');
    await page.getByText('登录后能存地址').waitFor();
    await page.getByRole('link', { name: '登录' }).click();
    await enter(freshPhone(), '/addresses');
    await page.getByText('还没有存过地址').waitFor();
    for (const nth of [1, 2]) {
      await page.getByRole('button', { name: '添加地址' }).click();
      // As phones fill it in.
      await fillIn(`+86 ${freshPhone()}`);
      if (nth === 1) await looksRight('address-new');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('霞阳镇炎帝路 1 号').first().waitFor();
    }
    await page.getByRole('button', { name: '设为默认' }).waitFor();
    await looksRight('addresses');
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
    // Nobody was reached: that is no word on who one is.
    await visitor.open('/account');
    await page.getByRole('button', { name: '退出登录' }).waitFor();
    const letThrough = await visitor.hinder('**/graphql', (route) => route.abort());
    await page.getByRole('link', { name: '收货地址' }).click();
    await page.getByRole('alert').waitFor();

    expect(await page.getByText('登录后能存地址').count()).toBe(0);
    letThrough();
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByText('王奶奶').waitFor();
  });

  it('claims a coupon once, and it is used at the checkout', async () => {
    const { page } = visitor;
    await makePromotion(world, { name: '消费帮扶月', thresholdFen: 5_000n, personMax: 1 });
    const { userId } = await makeUser(world);
    await visitor.signedIn(world.personOf(userId).token);
    await visitor.open('/coupons');
    await page.getByText('满 ¥50 可用').waitFor();
    await page.getByRole('button', { name: '领取' }).dblclick();
    await page.getByRole('button', { name: '已经领过' }).waitFor();
    await page.getByRole('heading', { name: '可以用的' }).waitFor();

    expect(await page.getByRole('link', { name: '去挑东西' }).count()).toBe(1);
    await looksRight('coupons');
    await visitor.open('/coupons?lang=en');
    await page.getByRole('heading', { name: 'Ready to use' }).waitFor();
    await looksRight('coupons-english');
    await visitor.open('/addresses');
    await page.getByText('No address yet').waitFor();
    await looksRight('addresses-english');
    await visitor.open('/coupons?lang=zh');
    await page.getByRole('heading', { name: '可以用的' }).waitFor();
    await visitor.open(`/checkout?variant=${tea.variantId}&quantity=1`);
    await page.getByText('省 ¥10').waitFor();

    // The first try is refused, as it is where a price has changed: the second writes no second address down.
    await fillIn(freshPhone());
    const refusal = {
      __typename: 'PriceChangedError',
      code: 'PRICE_CHANGED',
      message: '价格变了，请再看一眼',
    };
    const letThrough = await visitor.hinder('**/graphql', (route) =>
      route.request().postData()?.includes('mutation OrderPlace') === true
        ? route.fulfill({ json: { data: { orderPlace: refusal } } })
        : route.fallback(),
    );
    await page.getByRole('button', { name: '提交订单' }).click();
    await page.getByText('价格变了，请再看一眼').waitFor();
    letThrough();
    await page.getByRole('button', { name: '提交订单' }).click();
    await page.getByRole('button', { name: '去付款' }).waitFor();
    await visitor.open('/addresses');
    await page.getByText('霞阳镇炎帝路 1 号').first().waitFor();

    expect(await page.getByText('霞阳镇炎帝路 1 号').count()).toBe(1);
  });

  it('sees an order of many things at any width', async () => {
    const { userId } = await makeUser(world);
    const { variantIds } = await makeProduct(world, {
      name: '酃县白鹅礼盒',
      pricesFen: [30_800n, 30_900n, 31_000n, 31_100n],
    });
    const lines = variantIds.map((variantId) => ({ variantId, quantity: 1, channelPointId: '' }));
    await makeOrder(world, { buyerId: userId, lines });
    await visitor.signedIn(world.personOf(userId).token);
    await visitor.open('/orders');
    await visitor.page.getByText('酃县白鹅礼盒').waitFor();
    await looksRight('orders-of-many');

    expect(await linesOf('.order-lines .price')).toBe(1);
  });

  it('is sent nowhere but to our own pages afterwards', async () => {
    const { page } = visitor;
    await visitor.open('/sign-in?back=//example.org');
    await enter(freshPhone(), '/account');
    await page.getByRole('button', { name: '退出登录' }).waitFor();

    // Signed out elsewhere meanwhile: a page that a phone has kept whole shows nothing of it any more.
    await page.evaluate(`
      localStorage.setItem('session', '');
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    `);
    await page.getByRole('link', { name: '登录' }).waitFor();
  });
});

describe('when it has come', () => {
  const idOf = (path: string) => path.split('/').at(-1) as IdOf<'ord'>;
  const photo = async (seed: number, width = 640) => ({
    name: 'photo.jpg',
    mimeType: 'image/jpeg',
    buffer: await picture(seed, width, (width * 3) / 4),
  });
  const shown = async (name: string, seed: number, width?: number) => {
    const picker = visitor.page.getByRole('group', { name });
    await picker.getByLabel('拍照').setInputFiles(await photo(seed, width));
    await picker.getByRole('button', { name: '去掉照片 1' }).waitFor();
    await picker.getByRole('progressbar').waitFor({ state: 'detached' });
  };
  /** An order's page, once all of it is there. */
  const look = async (path: string) => {
    await visitor.open(path);
    await visitor.page.getByText(/没有联农协议/).waitFor();
    await visitor.page.getByRole('button', { name: '再来一单' }).waitFor();
  };
  /** By a member, paid and sent; their page of it. */
  const sent = async (product = tea): Promise<{ path: string; phone: string }> => {
    const member = await makeUser(world);
    const order = await makeOrder(world, { buyerId: member.userId }, product);
    await payAtSandbox(world, order);
    await shipOrder(world, order);
    await visitor.signedIn(world.personOf(member.userId).token);
    const path = `/orders/${order.orderId}`;
    await look(path);
    return { path, phone: member.phone };
  };

  it('is signed for, praised with a photo, billed, and bought again', async () => {
    const { page } = visitor;
    const { path } = await sent();
    await page.getByText('SF0000000001', { exact: true }).waitFor();
    await page.getByRole('button', { name: '确认收货' }).click();
    await page.getByRole('link', { name: '写评价' }).waitFor();
    await looksRight('order-received');
    await page.getByRole('link', { name: '写评价' }).click();
    await page.getByText('4 星，不错').click({ force: true });
    await page.getByRole('button', { name: '新鲜，味道正' }).click();
    // Larger than it has to be: the phone makes it smaller first.
    await shown('晒照片（可以不拍）', 31, 2_400);
    await looksRight('review-new');
    await page.getByRole('button', { name: '发表评价' }).dblclick();
    await page.getByText('大家都看得到了。').waitFor();
    await visitor.open('/reviews');
    await page.getByRole('img', { name: '买家拍的照片' }).waitFor();
    await looksRight('own-reviews');

    await look(path);
    await page.getByRole('link', { name: '发票' }).click();
    await page.getByRole('button', { name: '公司或单位' }).click();
    await page.getByLabel('名称，和营业执照上一样').fill('株洲市示例学校');
    await page.getByLabel('税号，15 到 20 位').fill('9143020 0MA4L00001X');
    await looksRight('invoice-new');
    await page.getByRole('button', { name: '申请开票' }).dblclick();
    await page.getByRole('heading', { name: '正在开，几天内好' }).waitFor();
    await looksRight('invoices');

    await look(path);
    await page.getByRole('button', { name: '再来一单' }).click();
    await page.getByText('放进购物车了').waitFor();
    await looksRight('order-again');
    await page.getByRole('link', { name: '去购物车' }).click();
    await page.getByText('茶陵红茶').waitFor();
    await visitor.open('/impact');
    await page.getByText('您在这里买了 1 单').waitFor();
    await looksRight('impact-year');
    await visitor.open('/impact?lang=en');
    await page.getByText('Month by month').waitFor();
    await visitor.shot('impact-year-english');
    await visitor.open('/account?lang=zh');
    await page.getByRole('link', { name: '我的评价' }).waitFor();
    await looksRight('account');
  }, 120_000);

  it('is complained about, refused, and handed to the platform', async () => {
    const { page } = visitor;
    const { path, phone } = await sent();
    await page.getByRole('button', { name: '确认收货' }).click();
    await page.getByRole('link', { name: '申请售后' }).click();
    await page.getByText('东西不用寄回').click();
    await page.getByRole('button', { name: '破损了' }).click();
    await page.getByLabel('说一句，卖家看得到').fill('罐子裂了');
    await page.getByText('¥86.00').waitFor();

    // A line that is lost takes nothing along: the photo waits, and goes when there is one again.
    const letPhotosThrough = await visitor.hinder('**/photos', (route) => route.abort());
    const picker = page.getByRole('group', { name: '有问题的地方' });
    await picker.getByLabel('从相册选').setInputFiles([await photo(41), await photo(42)]);
    await picker.getByRole('button', { name: '再传一次' }).nth(1).waitFor();
    await looksRight('after-sale-lost');

    expect(await page.getByRole('button', { name: '照片还在传…' }).isDisabled()).toBe(true);
    // The phone forgets the page: what was taken is there again, and goes once there is a network.
    await page.reload();
    await picker.getByRole('button', { name: '再传一次' }).nth(1).waitFor();
    letPhotosThrough();
    await page.evaluate("dispatchEvent(new Event('online'))");
    await picker.getByRole('progressbar').first().waitFor({ state: 'detached' });
    await picker.getByRole('button', { name: '再传一次' }).first().waitFor({ state: 'detached' });
    await picker.getByRole('progressbar').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '提交申请' }).waitFor();
    // Their time is over half-way: they are told, sign in, and find what they have typed and shown.
    await visitor.context.clearCookies();
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('登录过期了，写好的都留着。').waitFor();
    await visitor.shot('session-over');
    const { pathname, search } = new URL(page.url());
    await page.getByRole('link', { name: '重新登录' }).click();
    await enter(phone, `${pathname}${search}`);
    await page.getByRole('img', { name: '照片 2，已经传好' }).waitFor();
    await looksRight('after-sale-new');
    // What has been brought is kept no longer.
    const left = `new Promise((done) => {
      indexedDB.open('photos').onsuccess = ({ target: { result } }) =>
        (result.transaction('waiting').objectStore('waiting').count().onsuccess = (event) => done(event.target.result));
    })`;
    expect(await page.evaluate(left)).toBe(0);
    await page.getByRole('button', { name: '提交申请' }).dblclick();
    await page.getByRole('heading', { level: 1, name: '等卖家答复' }).waitFor();
    await page.waitForURL(/after-sales\/(?!new)/);
    await page.getByText('罐子裂了').waitFor();

    expect(await page.locator('.case-photos img').count()).toBe(2);
    // A look that does not get through takes nothing away.
    const letLooksThrough = await visitor.hinder('**/graphql', (route) => route.abort());
    const lost = page.waitForEvent('requestfailed');
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await lost;
    letLooksThrough();
    await looksRight('after-sale');
    const id = idOf(new URL(page.url()).pathname);
    const no = await world
      .get(AfterSaleService)
      .refuse(id, '照片看不出有问题', [], { merchantIds: [tea.merchantId], userId: newId('usr') });
    if (refused(no)) throw new Error(no.message.en);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '卖家没同意，等您决定' }).waitFor();
    await page.getByRole('button', { name: '不服，请平台来判' }).click();
    await page.getByLabel(/为什么不服/).fill('裂缝在第二张照片上');
    await looksRight('after-sale-refused');
    await page.getByRole('button', { name: '请平台来判', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '平台正在处理' }).waitFor();
    await page.getByRole('button', { name: '补照片' }).click();
    await shown('补照片', 43);
    await page.getByRole('button', { name: '交上去' }).click();
    await page.getByText('补了照片').waitFor();
    await visitor.open(path);
    await page.getByRole('link', { name: '售后：平台正在处理' }).waitFor();
    await visitor.open('/after-sales?lang=en');
    await page.getByText('The platform decides').waitFor();
    await visitor.shot('after-sales-english');
    await visitor.open(`/after-sales/${id}`);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('button', { name: 'Really withdraw' }).click();
    await page.getByRole('heading', { level: 1, name: 'Withdrawn' }).waitFor();
    await looksRight('after-sale-english');
    await visitor.open('/after-sales?lang=zh');
    await page.getByText('您撤回了').waitFor();
    await looksRight('after-sales');
  }, 120_000);

  it('is spoilt: weighed, photographed, and paid for', async () => {
    const { page } = visitor;
    const fruit = await makeProduct(world, {
      name: '炎陵黄桃',
      pricesFen: [10_000n],
      batches: [{ quantity: 9, bestBeforeOn: '2099-01-01' }],
    });
    await sent(fruit);
    await page.getByRole('button', { name: '确认收货' }).click();
    await page.getByRole('link', { name: '申请售后' }).click();
    await shown('箱子上的面单', 51);
    await shown('坏果放在秤上', 52);
    await page.getByLabel('秤上是多少克').fill('750 克');
    await page.getByRole('button', { name: '打开箱子就有坏的' }).click();
    await page.getByText('坏的占 30%').waitFor();
    await looksRight('after-sale-fresh');
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('坏的有 750 克，占 30%').waitFor();
    await looksRight('after-sale-fresh-open');
  }, 60_000);
});

describe('ordered before it is there', () => {
  const pay = async () => {
    await atTheBank();
    await visitor.page.getByText('确认付款').click();
    await bankTells();
  };

  it('is a harvest: a deposit now, the balance later', async () => {
    const { page } = visitor;
    const presale = await makePresale(world);
    const days = page.getByRole('group', { name: '哪天发' });
    const dayOf = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
    await visitor.open(`/products/${presale.productId}`);
    await page.getByText(`${dayOf(presale.firstOn)} 发，一单一次发齐`).waitFor();
    await page.getByText('今天付订金 ¥10.00').waitFor();
    await days.getByRole('button', { name: dayOf(presale.lastOn) }).click();
    await page.getByText(`${dayOf(presale.lastOn)} 发，一单一次发齐`).waitFor();
    await looksRight('product-presale');
    // The day goes along, and may be another one after all.
    await page.getByRole('link', { name: '立即购买' }).click();
    await page.getByLabel('收货人').waitFor();
    await fillIn(freshPhone());
    await page.getByText(`${dayOf(presale.lastOn)}前发出`).waitFor();
    await looksRight('checkout-presale');
    await days.getByRole('button', { name: '越早越好' }).click();
    await page.getByText(`${dayOf(presale.firstOn)}前发出`).waitFor();
    await page.getByRole('button', { name: '提交订单' }).dblclick();
    await page.getByRole('heading', { name: '付订金' }).waitFor();
    await looksRight('order-deposit');
    await pay();
    await page.getByRole('heading', { level: 1, name: '待付尾款' }).waitFor();
    await page.getByText('尾款没付，订金会原样退回，不扣一分。').waitFor();
    await looksRight('order-balance');
    await pay();
    await page.getByRole('heading', { level: 1, name: '待发货' }).waitFor();

    // The grower moves the day: one is asked, waits, and the order says so.
    const delay = { presaleId: presale.id, day: presale.firstOn, newDay: presale.lastOn, reason: '连日降雨' };
    const asked = await world
      .get(PresaleHarvestService)
      .announceDelay([presale.merchantId], delay, newId('usr'));
    expect(asked).toBe(1);
    await page.reload();
    await page.getByRole('heading', { name: '要晚几天发货' }).waitFor();
    await looksRight('order-delay');
    await page.getByRole('button', { name: '我等' }).click();
    await page.getByText(/改过发货日/).waitFor();
    await visitor.open(`/products/${presale.productId}?lang=en`);
    await page.getByText('As soon as possible').waitFor();
    await looksRight('product-presale-english');
  }, 60_000);

  it('is a tree with a number', async () => {
    const { page } = visitor;
    const offer = await makeAdoptionOffer(world);
    await visitor.open('/');
    await page.getByRole('link', { name: '认养一棵树' }).click();
    await page.getByText('认养一棵：炎陵黄桃').waitFor();
    // The sign of money stands beside the figures, however little room there is.
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 844 });

      expect(await linesOf('.order-lines .price')).toBe(1);
    }
    await visitor.open(`/products/${offer.productId}`);
    await page.getByRole('heading', { name: '也可以认养' }).waitFor();
    await looksRight('product-adoption');
    await page.getByRole('link', { name: /一棵，保底/ }).click();
    await page.getByRole('button', { name: /A-2/ }).click();
    await looksRight('adopt');
    await page.getByRole('link', { name: '认养这一棵' }).click();
    await fillIn(freshPhone());
    await page.getByRole('button', { name: '提交订单' }).click();
    await page.getByRole('button', { name: '去付款' }).waitFor();
    await pay();
    await page.getByRole('link', { name: '看我认养的' }).click();
    await page.getByRole('button', { name: '给它起个名字' }).click();
    await page.getByLabel('牌子上写什么，最多 12 个字').fill('小桃');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('小桃').waitFor();
    await page.getByRole('heading', { name: '认养证书' }).waitFor();
    await looksRight('adoption');
    await page.getByRole('button', { name: '送给别人' }).last().click();
    await fillIn(freshPhone());
    await looksRight('adoption-gift');
    await page.getByRole('button', { name: '这一次寄给他' }).click();
    await page.getByText('寄给 李女士').waitFor();
    await page.getByRole('button', { name: '这一次不要了' }).first().click();
    await page.getByRole('button', { name: '真的不要了，退钱' }).click();
    await page.getByText('不发了').waitFor();
    await visitor.open(`/adopt/${offer.id}?lang=en`);
    await page.getByText('1 of 2 left').first().waitFor();
    await visitor.shot('adopt-english');
    await visitor.open('/adoptions?lang=zh');
    await page.getByText('小桃').waitFor();
    await looksRight('adoptions');
  }, 60_000);
});

describe('for a school', () => {
  let buyer: string;
  let approver: string;
  beforeAll(async () => {
    const { id: unitId } = await makeProcurementUnit(world, { canteen: 'OUTSOURCED' });
    await makeCreditTerm(world, unitId);
    const [buyerId, approverId] = [
      await makeMember(world, unitId),
      await makeMember(world, unitId, 'APPROVER'),
    ];
    [buyer, approver] = [world.personOf(buyerId).token, world.personOf(approverId).token];
  });
  /** The one puts it down, the other one takes it up. */
  const comes = async (token: string) => {
    await visitor.leave();
    visitor = await arrive();
    await visitor.signedIn(token);
    return visitor.page;
  };

  it('an approver keeps its books: titles, the reserved share, who runs the canteen', async () => {
    const page = await comes(approver);
    await visitor.open('/unit');
    await page.getByText('发票抬头簿').click();
    await page.getByLabel('抬头名称').fill('霞阳中学工会委员会');
    await page.getByLabel('税号', { exact: true }).fill('8143 0225 MC12 3456 7X');
    await page.getByRole('button', { name: '添加抬头' }).click();
    await page.getByText('81430225MC1234567X').waitFor();
    await page.getByText('填报预留份额', { exact: true }).click();
    await page.getByLabel('食堂全年采购，元').fill('100000');
    await page.getByLabel('其中预留，元').fill('9999');
    await page.getByRole('button', { name: '填报', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('其中预留，元').fill('20000');
    await page.getByRole('button', { name: '填报', exact: true }).click();
    await page.getByText(/预留 ¥20,000/).waitFor();
    await page.getByLabel('公司名称').fill('炎陵县示例餐饮有限公司');
    await page.getByLabel('统一社会信用代码').fill(freshCreditCode());
    await page.getByLabel('采购人手机号').fill(freshPhone());
    await page.getByRole('button', { name: '登记承包方' }).click();
    await page.getByRole('button', { name: '今天起不再承包' }).waitFor();
    await looksRight('unit-books');
    await visitor.open('/unit?lang=en');
    await page.getByText('Titles to be billed by').waitFor();
    await looksRight('unit-books-english');
  }, 60_000);

  it('is bought with its union’s money, and owed for once somebody else has signed', async () => {
    let page = await comes(buyer);
    await visitor.open('/unit');
    await page.getByRole('button', { name: '替单位采购' }).click();
    await page.getByText('现在下单就是替单位买。').waitFor();
    await page.getByText('年预留份额').waitFor();
    await looksRight('unit');
    await visitor.open(`/checkout?variant=${tea.variantId}&quantity=2`);
    await page.getByText(/挂账，审批人签字后/).click();
    await page.getByText('工会经费').click();
    await page.getByLabel('发票抬头').selectOption({ index: 1 });
    await fillIn(freshPhone());
    await looksRight('checkout-unit');
    await page.getByRole('button', { name: '提交订单' }).click();
    await page.getByRole('heading', { name: '等单位的审批人签字' }).waitFor();

    const [bought] = await world.database.query<{ buyerKind: string }>(
      'SELECT buyer_kind AS buyerKind FROM order_line WHERE order_id = ?',
      [new URL(page.url()).pathname.slice('/orders/'.length)],
    );
    expect(bought?.buyerKind).toBe('UNION');
    expect(await page.getByRole('button', { name: '去付款' }).count()).toBe(0);
    await looksRight('order-to-sign');
    page = await comes(approver);
    await visitor.open('/unit');
    await page.getByRole('heading', { name: '等您签字' }).waitFor();
    await looksRight('unit-sign');
    await page.getByRole('button', { name: '签字同意' }).dblclick();
    await page.getByRole('heading', { name: '等您签字' }).waitFor({ state: 'detached' });
    await visitor.open('/unit?lang=en');
    await page.getByText('Signed, on account').waitFor();
    await visitor.shot('unit-english');
  }, 90_000);

  it('is a list of many: checked, mended, ordered, signed', async () => {
    const [row] = await world.database.query<{ sku: string }>(
      'SELECT sku FROM product_variant WHERE id = ?',
      [tea.variantId],
    );
    const line = (no: number, goods = row?.sku ?? '') => [
      `职工${no}`,
      `1390000000${no}`,
      '株洲市炎陵县',
      `泰山路 ${no} 号`,
      goods,
      '1',
    ];
    const sheet = (...lines: string[][]) => ({
      name: '春节慰问.csv',
      mimeType: 'text/csv',
      buffer: csvFile([['收货人', '手机号', '县市区', '详细地址', '货号', '数量'], ...lines]),
    });
    let page = await comes(buyer);
    const check = async (...lines: string[][]) => {
      await visitor.open('/unit/lists');
      await page.getByLabel('选填好的表（XLSX 或 CSV）').setInputFiles(sheet(...lines));
      await page.getByRole('button', { name: '交上去查一遍，先不下单' }).click();
      await page.getByRole('heading', { name: '确认下单' }).waitFor();
    };
    await check(line(1), line(2, 'NO-SUCH'));
    await page.getByText('其中 1 行有错').waitFor();
    await page.getByText('第 3 行').waitFor();
    await looksRight('unit-list');
    const taken = page.waitForEvent('download');
    await page.getByRole('button', { name: '拿回表格，每行写着结果' }).click();
    await taken;
    await check(line(1), line(2));
    await page.getByText('工会经费').click();
    await page.getByRole('button', { name: /按 ¥.* 下单/ }).dblclick();
    await page.getByRole('heading', { name: '正在下单' }).waitFor();
    while ((await world.get(BulkRunService).work()) > 0);
    await page.getByRole('heading', { name: '下好了' }).waitFor();
    await page.getByText('挂账：等单位的审批人签字。下单的人自己不能签。').waitFor();
    await looksRight('unit-list-placed');
    const { pathname } = new URL(page.url());
    await visitor.open('/unit/lists');
    await page.getByText('查过了，等您确认').waitFor();
    await looksRight('unit-lists');
    page = await comes(approver);
    await visitor.open(`${pathname}?lang=en`);
    await page.getByRole('button', { name: 'Sign all' }).click();
    await page.getByRole('heading', { name: 'Being signed' }).waitFor();
    while ((await world.get(BulkRunService).work()) > 0);
    await page.getByRole('heading', { name: 'Signed' }).waitFor();
    await looksRight('unit-list-english');
  }, 90_000);
});

it('somebody else’s order is not there', async () => {
  await order();
  const { pathname } = new URL(visitor.page.url());
  const stranger = await arrive();
  await stranger.open(pathname);

  await stranger.page.getByText('这里看不到这个订单').waitFor();
});
