import type { Browser } from 'playwright-core';
import {
  AfterSaleOpeningService,
  AfterSaleService,
  type AfterSaleWish,
  type PhotoSubject,
} from '#libs/aftersale';
import { LedgerDayBalanceService, LedgerService, payeeAccount, posted } from '#libs/ledger';
import { newId, present, refused } from '#libs/kernel';
import { MerchantOrderService, OrderReader } from '#libs/ordering';
import { ReceiptService } from '#libs/fulfillment';
import { ReviewService } from '#libs/review';
import { PayeeAccountService, PayoutRunService } from '#libs/settlement';
import { StatementIssueService, StatementRunService } from '#libs/statement';
import { VolumeRollupService } from '#libs/volume';
import { emit, newEvent } from '#platform/outbox';
import { freePort } from '../harness/fleet.js';
import { World } from '../harness/world.js';
import { makeCabinet } from '../make/cabinet.make.js';
import { makeDivisions } from '../make/division.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { type MadeOrder, makeOrder, makePaidOrder, partsOf } from '../make/order.make.js';
import { payAtSandbox } from '../make/payment.make.js';
import { type MadeProduct, makeProduct } from '../make/product.make.js';
import { makePhoto, picture } from '../make/photo.make.js';
import { receiveOrder } from '../make/receipt.make.js';
import { freshPhone, makeUser, makeUserWithPassword } from '../make/user.make.js';
import { PORTAL } from '../../apps/merchant/src/portal/portal-page.rules.js';
import { type Visitor, openBrowser, visits } from './browser.js';

const PASSWORD = 'yellow peaches';
const COOPERATIVE = '炎陵县霞阳黄桃专业合作社';

let world: World;
let browser: Browser;
let url: string;
let peach: MadeProduct;
let owner: { readonly phone: string; readonly token: () => string };
let clerk: string;

/** ¥200 a box, two of them; paid, captured and split. */
const sell = async (quantity = 2): Promise<MadeOrder> => {
  const order = await makePaidOrder(world, { quantity }, peach);
  const now = world.clock.now();
  const captured = {
    paymentId: newId('pay'),
    orderId: order.orderId,
    intentRef: `pi_${order.orderId}`,
    amountFen: String(20_000 * quantity),
    disposition: 'KEPT',
    capturedAt: now.toISOString(),
  };
  await world.database.transaction((tx) => emit(tx, newEvent('payment.captured', captured, now)));
  await world.settle();
  return order;
};
const partOf = async ({ orderId }: MadeOrder) => present((await partsOf(world, orderId))[0], 'a part').id;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  [world, browser] = await Promise.all([
    World.start({ services: ['merchant', 'settlement'], withSandbox: true, settings: { PUBLIC_URL: url } }),
    openBrowser(),
  ]);
  world.clock.set('2026-11-02T02:00:00Z'); // A Monday, 10:00.
  await makeDivisions(world);
  const { id: merchantId } = await makeMerchant(world, { name: COOPERATIVE });
  const scope = { scopeKind: 'MERCHANT', scopeId: merchantId } as const;
  peach = await makeProduct(world, {
    merchantId,
    name: '炎陵黄桃',
    pricesFen: [20_000n, 8_800n],
    batches: [{ quantity: 30 }, { quantity: 5 }],
  });
  const grants = [{ role: 'MERCHANT_OWNER', ...scope }] as const;
  const { userId, phone } = await makeUser(world, { displayName: '张桂花', grants });
  owner = { phone, token: () => world.personOf(userId, ...grants).token };
  clerk = (
    await makeUserWithPassword(world, {
      displayName: '谭小军',
      grants: [{ role: 'MERCHANT_CLERK', ...scope }],
    })
  ).phone;
  await world.app('merchant').listen(port, '127.0.0.1');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await world.close();
});

const arrive = visits(() => ({ browser, url, now: world.clock.now() }));

/** By a code, on the page itself; in development the answer holds the code. */
const signInHere = async (visitor: Visitor, phone: string) => {
  world.clock.advance(61_000);
  await visitor.page.getByLabel('手机号').fill(phone);
  await visitor.page.getByRole('button', { name: '发送验证码' }).click();
  await visitor.page.getByLabel('短信里的 6 位数字').waitFor();
  await visitor.page.getByRole('button', { name: '登录', exact: true }).click();
};

const signInByCode = async (visitor: Visitor, phone: string, path = '/') => {
  await visitor.open(path);
  await signInHere(visitor, phone);
};

/** The owner, who has signed in before. */
const work = async () => {
  const visitor = await arrive();
  await visitor.signedIn(owner.token());
  await visitor.open('/');
  await visitor.page.getByRole('heading', { name: '今天要紧的事' }).waitFor();
  return visitor;
};

const looksRight = async (visitor: Visitor, name: string) => {
  expect([name, await visitor.hindrances(`portal-${name}`)]).toEqual([name, []]);
  // Whoever is in says where: of the tabs (twice, on top and below) one is lit.
  const tabs = visitor.page.locator('nav.tabs');
  expect([name, await tabs.locator('[aria-current=page]').count()]).toEqual([name, await tabs.count()]);
};

it('a cooperative ships what was paid, and sees the money come', async () => {
  const first = await sell();
  const second = await sell(1);
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.open('/ship');
  await page.getByRole('heading', { level: 1, name: '卖货、发货、收钱，都在这里' }).waitFor();
  await looksRight(visitor, 'sign-in');
  await signInByCode(visitor, owner.phone, '/ship');

  // Where one wanted to go is where one is.
  await page.getByRole('heading', { name: /前发|^(今天|明天)要发/ }).waitFor();
  await page.getByText('李女士').first().waitFor();
  await looksRight(visitor, 'ship');
  await page.getByRole('link', { name: '打印 2 张装箱单' }).click();
  await page.getByRole('heading', { level: 2, name: '装箱单' }).first().waitFor();
  await looksRight(visitor, 'packing');
  await page.emulateMedia({ media: 'print' });
  await visitor.shot('portal-packing-print');
  await page.emulateMedia({ media: 'screen' });

  // Labels: a list of numbers from the carrier, a print, a label that is scanned twice is one parcel.
  await sell();
  await visitor.open('/print');
  await page.getByRole('button', { name: '中通快递' }).click();
  await page.getByLabel('把快递给的一批号贴在这里，一行一个').fill('73100000001\n73100000002');
  await page.getByRole('button', { name: '存下 2 个号' }).click();
  await page.getByText('中通快递的运单号还剩 2 个').waitFor();
  for (const box of (await page.getByRole('checkbox').all()).slice(0, 2)) await box.uncheck();
  await page.getByRole('button', { name: '出号，打印 1 单' }).click();
  await page.getByRole('link', { name: '面单（100 × 150 毫米）' }).waitFor();
  await looksRight(visitor, 'print');
  await visitor.open('/scan');
  await page.getByLabel('扫面单上的条码，或者输运单号').waitFor(); // Before the line goes: a page that was never there cannot be used without one.
  await visitor.context.setOffline(true);
  for (let n = 0; n < 2; n += 1) {
    await page.getByLabel('扫面单上的条码，或者输运单号').fill('73100000001');
    await page.getByRole('button', { name: '这一件发出' }).click();
  }
  await page.getByText('1 件等网络').waitFor();
  await visitor.context.setOffline(false);
  await page.getByText('发出去了 · 李女士').waitFor();
  await looksRight(visitor, 'scan');

  // One box now; pressing twice is one parcel.
  await visitor.open(`/orders/${await partOf(first)}`);
  await page.getByRole('button', { name: '顺丰速运' }).click();
  await page.getByLabel('运单号').fill('sf 1234-567');
  await page.getByRole('button', { name: '这次只发一部分' }).click();
  await page.getByRole('button', { name: '减少' }).click();

  // Their time is over half-way: they are told, sign in where they are, and find what they have typed.
  await visitor.context.clearCookies();
  await page.getByRole('button', { name: '确认发货' }).click();
  await page.getByText('登录过期了，写好的都留着。').waitFor();

  expect(await visitor.faults()).toEqual([]);
  await page.getByRole('button', { name: '重新登录' }).click();
  await signInHere(visitor, owner.phone);
  await page.getByRole('heading', { name: '要装的货' }).waitFor();

  expect(await page.getByLabel('运单号').inputValue()).toBe('SF1234-567');
  await looksRight(visitor, 'order');
  await page.getByRole('button', { name: '确认发货' }).dblclick();
  await page.getByRole('heading', { level: 1, name: '发了一部分' }).waitFor();

  // The same number for what is left is refused, in words that say what to do.
  await page.getByLabel('运单号').fill('SF1234-567');
  await page.getByRole('button', { name: '确认发货' }).click();
  await page.getByRole('alert').waitFor();
  await looksRight(visitor, 'order-part');
  await page.getByLabel('运单号').fill('SF7654321');
  await page.getByRole('button', { name: '确认发货' }).click();
  await page.getByRole('heading', { name: '发出去了' }).waitFor();
  await looksRight(visitor, 'order-gone');
  await page.getByRole('link', { name: '发下一单' }).click();
  await page.getByLabel('运单号').fill('SF9999999');
  await page.getByRole('button', { name: '确认发货' }).click();
  await page.getByRole('link', { name: '都发完了，回去看看' }).click();
  await page.getByText('没有要发的货了').waitFor();
  await looksRight(visitor, 'ship-empty');

  // No account, no money.
  await visitor.open('/money');
  await page.getByText('还没有银行账户').waitFor();
  await looksRight(visitor, 'money-no-account');
  await page.getByRole('link', { name: '填银行账户' }).click();
  await page.getByLabel('开户银行和网点').fill('炎陵农商银行霞阳支行（演示）');
  await page.getByLabel('账号', { exact: true }).fill('6230000000000001');
  await page.reload();
  await page.getByRole('button', { name: '下一步：核对' }).waitFor();

  // What was typed is still there, but for the number: it lies on no phone.
  expect(await page.getByLabel('开户银行和网点').inputValue()).toBe('炎陵农商银行霞阳支行（演示）');
  expect(await page.getByLabel('账号', { exact: true }).inputValue()).toBe('');
  expect(await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain(
    '623000',
  );
  await page.getByLabel('账号', { exact: true }).fill('6230000000000001');
  await looksRight(visitor, 'bank-account-new');
  await page.getByRole('button', { name: '下一步：核对' }).click();
  await looksRight(visitor, 'bank-account-check');
  await page.getByRole('button', { name: '没错，提交' }).click();
  await page.getByText('平台财务正在核对').waitFor();
  await looksRight(visitor, 'bank-account');

  const account = present(
    await world
      .client('merchant')
      .as(world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: peach.merchantId }).token)
      .ask<{ id: string }>('query ($id: ID!) { bankAccount(merchantId: $id) { id } }', {
        id: peach.merchantId,
      }),
    'an account',
  );
  await world.get(PayeeAccountService).verify(newId('usr'), account.id, 'DOCUMENTS', '开户许可证（演示）');
  for (const order of [first, second])
    for (const { id } of await partsOf(world, order.orderId))
      await world.get(ReceiptService).receive(order.buyerId, id);
  await world.settle();
  await visitor.open('/money');
  await page.getByText(/最早一笔 11月4日/).waitFor();
  await looksRight(visitor, 'money-held');

  // Two days later it is theirs, and a working day later it is at the bank.
  world.clock.set('2026-11-04T02:05:00Z');
  await world.get(MerchantOrderService).completeDue(10);
  await world.settle();
  world.clock.set('2026-11-05T08:00:00Z');
  while ((await world.get(PayoutRunService).work()) > 0);
  await visitor.open('/money');
  await page.getByText('已排上，等着打款').waitFor();
  await looksRight(visitor, 'money');
  // Which orders it is of, and every fen that has come and gone.
  await page.getByRole('link', { name: /已排上，等着打款/ }).click();
  await page
    .getByRole('link', { name: /可以打款/ })
    .first()
    .waitFor();
  await looksRight(visitor, 'payout');
  await visitor.open('/money');
  await page.getByRole('link', { name: /^每一笔钱/ }).click();
  await page
    .getByText(/其中 .*平台服务费/)
    .first()
    .waitFor();
  await looksRight(visitor, 'money-book');

  // What its counter has earned, of others' goods: seen, and told where to go, by itself.
  const counter = await makeCabinet(world, { operatorId: peach.merchantId });
  const counterPayee = payeeAccount('available', counter.channelPointId as `chp_${string}`);
  const journal = {
    idempotencyKey: newId('key'),
    kind: 'release',
    subject: newId('ord'),
    eventId: null,
    effectiveAt: world.clock.now(),
    transfers: [{ debit: 'liability:suspense', credit: counterPayee, amountFen: 15_000n }] as const,
  };
  await world.database.transaction(async (tx) => {
    posted(await world.get(LedgerService).post(tx, [journal]));
  });
  await visitor.open('/money');
  await page.getByRole('link', { name: /^专柜分成/ }).click();
  await page.getByText('还没有银行账户').waitFor();
  await looksRight(visitor, 'money-counters');
  await page.getByRole('link', { name: /消费扶贫专柜/ }).click();
  await page.getByText('还没有银行账户。先填一个').waitFor();
  await page.getByRole('heading', { name: '消费扶贫专柜' }).waitFor();
  await looksRight(visitor, 'money-counter');
  await page.getByRole('link', { name: /^每一笔钱/ }).click();
  await page.getByText(/订单尾号/).waitFor();
  await looksRight(visitor, 'money-counter-book');
  await visitor.open('/money');

  // What was sold is shown from sums that are kept.
  while ((await world.get(VolumeRollupService).rollUp(100)) > 0);
  await page.getByRole('link', { name: /^卖得怎么样/ }).click();
  await page.getByRole('heading', { name: '什么货卖得好' }).waitFor();
  await looksRight(visitor, 'insight');
  await visitor.open('/orders');
  await page.getByText('已完成').nth(1).waitFor();
  await looksRight(visitor, 'orders');

  // The month's statement leads from a line to its order.
  world.clock.set('2026-12-02T02:00:00Z');
  while ((await world.get(LedgerDayBalanceService).addUp(1_000)) > 0);
  while ((await world.get(StatementRunService).work()) > 0);
  while ((await world.get(StatementIssueService).work()) > 0);
  await visitor.open('/statements');
  await page.getByText('2026-11').waitFor();
  await looksRight(visitor, 'statements');
  await page.getByRole('link', { name: /2026-11/ }).click();
  await page.getByRole('link', { name: /PDF/ }).waitFor();
  await page.getByRole('link', { name: /卖货/ }).first().waitFor();
  await looksRight(visitor, 'statement');
  await page.getByRole('link', { name: /卖货/ }).first().click();
  await page.waitForURL(/\/orders\/mor_/);
  await page.getByRole('heading', { level: 1, name: '已完成' }).waitFor();
  await looksRight(visitor, 'order-done');
}, 180_000);

it('today says what waits, and stock is received once', async () => {
  await sell(1);
  world.clock.advance(6 * 86_400_000);
  const visitor = await work();
  const { page } = visitor;
  await page.getByText(/单已经晚了，先发这些/).waitFor();
  await looksRight(visitor, 'home');
  await page.getByRole('link', { name: /我的货/ }).click();
  await page.getByText('等着发').first().waitFor();
  await looksRight(visitor, 'stock');
  await page.getByRole('link', { name: '仓库', exact: true }).click();
  await page.getByText('快没了').or(page.getByText('等着发')).first().waitFor();
  await looksRight(visitor, 'goods');
  await page.getByRole('button', { name: /进货/ }).first().click();
  await page.getByLabel('到了多少件').fill('40 件');
  await page.getByRole('button', { name: '入库' }).dblclick();
  await page.getByLabel('到了多少件').waitFor({ state: 'detached' });

  const [top] = await world.database.query<{ n: number }>('SELECT MAX(on_hand) AS n FROM stock_level');

  // Thirty, less what has left, and forty: not eighty.
  expect(Number(top?.n)).toBeGreaterThan(60);
  expect(Number(top?.n)).toBeLessThanOrEqual(70);

  // Counted where there is no network: kept on the phone, and handed in once there is one.
  await page.getByRole('link', { name: '库存', exact: true }).click();
  await page.getByRole('button', { name: '盘点' }).click();
  await page.waitForURL(/\/stock\/counts\/stc_/);
  await page
    .getByLabel(/ 几件$/)
    .first()
    .waitFor();
  await page.context().setOffline(true);
  await page
    .getByLabel(/ 几件$/)
    .first()
    .fill('3');
  await page.getByRole('button', { name: '增加' }).first().click();
  await page.getByText('先记在手机上').waitFor();
  await page.context().setOffline(false);
  await page.getByText(/少了 \d+ 件/).waitFor();
  await page.getByLabel('为什么不一样').fill('鼠害');
  await looksRight(visitor, 'stock-count');
  await page.getByRole('button', { name: '数完了，交' }).click();
  await page.getByText('差得多，等另一个人看过才算').waitFor();
  await visitor.open('/stock/transfers');
  await page.getByText('送货去馆区，或者收回来').click();
  await page.getByLabel('送到哪里').waitFor();
  await looksRight(visitor, 'stock-transfers');
  await visitor.open('/stock');
  await page.getByText(/开始的盘点等人复核/).waitFor();
  await page.locator('a.kind').first().click();
  await page.getByText('坏了、丢了、送人了').click();
  await page.getByText('入库').or(page.getByText('进货')).first().waitFor();
  await looksRight(visitor, 'stock-item');
}, 90_000);

it('help is short and opens at a tap', async () => {
  const visitor = await work();
  await visitor.open('/help');
  await visitor.page.getByText('怎么发货？').click();
  await looksRight(visitor, 'help');

  // The browser says where one is after a step as well.
  await visitor.page.getByRole('link', { name: '发货' }).first().click();
  await visitor.page.getByRole('heading', { level: 1, name: '去发货' }).waitFor();
  expect(await visitor.page.title()).toBe('去发货 · 桃源商家');
}, 60_000);

it('a clerk ships, signs in by password, and sees nobody’s money', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.open('/money');
  await page.getByRole('button', { name: '改用密码登录' }).click();
  await page.getByLabel('手机号').fill(clerk);
  await page.getByLabel('密码').fill('wrong peaches');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('钱款只有负责人看得到').waitFor();
  await visitor.open('/me');
  await page.getByText('谭小军').waitFor();
  await looksRight(visitor, 'me');
  await page.getByRole('link', { name: '格口柜的包裹' }).click();
  await page.getByText('没有等着放进格口的包裹。').waitFor();
  await looksRight(visitor, 'pick-ups');
  await page.getByRole('button', { name: '返回' }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '发送验证码' }).waitFor();
}, 60_000);

it('somebody without a merchant is asked to join one and says yes, and a stranger’s order is not there', async () => {
  const newcomer = await arrive();
  const phone = freshPhone();
  // As phones fill it in.
  await signInByCode(newcomer, `+86 ${phone}`);
  await newcomer.page.getByText('没有等您答复的邀请').waitFor();
  await newcomer.shot('portal-join-none');
  // Or they apply themselves: typed bit by bit, and told at once what is missing.
  await newcomer.page.getByRole('link', { name: '申请开店' }).click();
  await newcomer.page.getByRole('button', { name: '开始申请' }).click();
  await newcomer.page.getByRole('button', { name: '合作社' }).click();
  await newcomer.page.getByLabel('名称，和执照上一样').fill('平乐黄桃合作社');
  await looksRight(newcomer, 'apply');
  await newcomer.page.getByRole('button', { name: '下一步' }).click();
  await newcomer.page.getByLabel('想卖什么').fill('黄桃 200 亩');
  await newcomer.page.getByRole('button', { name: '不卖，只卖鲜货' }).click();
  await newcomer.page.getByRole('button', { name: '下一步' }).click();
  await newcomer.page.getByRole('heading', { name: '真实性承诺书' }).waitFor();
  const scan = { name: '执照.jpg', mimeType: 'image/jpeg', buffer: await picture(17, 900, 1_200) };
  await newcomer.page.getByLabel('从相册或文件选').first().setInputFiles(scan);
  await newcomer.page.getByRole('button', { name: '去掉照片 1' }).waitFor();
  await newcomer.page.getByRole('progressbar').waitFor({ state: 'detached' });
  await looksRight(newcomer, 'apply-papers');
  // Where the money goes is sealed at once, and lies on no phone.
  await newcomer.page.getByRole('button', { name: '填银行账户' }).click();
  await newcomer.page.getByLabel('开户银行和网点').fill('炎陵农商银行霞阳支行（演示）');
  await newcomer.page.getByLabel('账号').fill('6230 0000 0000 0014 321');
  await newcomer.page.getByRole('button', { name: '下一步：核对' }).click();
  await newcomer.page.getByRole('button', { name: '没错，提交' }).click();
  await newcomer.page.getByText('账号已加密存好').waitFor();
  await looksRight(newcomer, 'apply-account');
  const kept = await newcomer.page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })');
  expect([kept.includes('平乐黄桃合作社'), kept.includes('0014321')]).toEqual([true, false]);
  await newcomer.page.getByRole('button', { name: '交给县里' }).click();
  await newcomer.page.getByText('统一社会信用代码有误，请核对').waitFor();
  await newcomer.shot('portal-apply-faults');
  const [saved] = await world.database.query<{ id: string; content: string }>(
    "SELECT id, content FROM merchant_application WHERE state = 'DRAFT'",
  );
  expect(JSON.stringify(saved?.content)).toContain('平乐黄桃合作社');
  await newcomer.open('/apply');
  await newcomer.page.getByRole('link', { name: '平乐黄桃合作社' }).click();
  await newcomer.page.getByRole('button', { name: '合作社', pressed: true }).waitFor();
  const asking = await work();
  await asking.open('/team');
  await asking.page.getByLabel('对方的手机号').fill(phone);
  await asking.page.getByRole('button', { name: '发邀请' }).click();
  await asking.page.getByText('等对方答复').waitFor();
  await looksRight(asking, 'team');
  await newcomer.open('/join');
  await newcomer.page.getByRole('heading', { name: COOPERATIVE }).waitFor();
  await looksRight(newcomer, 'join');
  await newcomer.page.getByRole('button', { name: '同意加入' }).click();
  await newcomer.page.getByRole('link', { name: '去发货' }).waitFor();
  const other = await makeProduct(world);
  const foreign = await makePaidOrder(world, {}, other);
  const visitor = await work();
  await visitor.open('/papers');
  await visitor.page.getByRole('heading', { name: '营业执照' }).waitFor();
  await visitor.page.getByRole('button', { name: '交一份' }).first().click();
  await visitor.page.getByRole('button', { name: '交上去审核' }).waitFor();
  await looksRight(visitor, 'papers');
  await visitor.open('/closure');
  await visitor.page.getByLabel('为什么').fill('不再经营');
  await looksRight(visitor, 'closure');
  await visitor.open(`/orders/${await partOf(foreign)}`);
  await visitor.page.getByText('这里看不到这个订单').waitFor();
  await looksRight(visitor, 'order-missing');
}, 60_000);

it('reads in English, and says what to do without a network', async () => {
  const visitor = await work();
  const { page, context } = visitor;
  await visitor.open('/ship?lang=en');
  await page.getByRole('heading', { level: 1, name: 'To ship' }).waitFor();

  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await context.setOffline(true);
  await page.getByText('Offline. What you typed is kept').waitFor();
  await context.setOffline(false);
  await visitor.open('/money?lang=zh');
  await page.getByRole('heading', { level: 1, name: '我的钱' }).waitFor();
}, 60_000);

describe('what buyers are not content with', () => {
  let chili: MadeProduct;
  beforeAll(async () => {
    chili = await makeProduct(world, {
      merchantId: peach.merchantId,
      name: '茶陵剁辣椒',
      categoryCode: 'SNACK',
      pricesFen: [3_980n],
      isPerishable: false,
      batches: [{ quantity: 6, bestBeforeOn: null }],
    });
  });

  const bought = async (product: MadeProduct) => {
    const order = await makeOrder(world, {}, product);
    await payAtSandbox(world, order);
    await receiveOrder(world, order);
    const [line] = await world.get(OrderReader).linesOfOrder(order.orderId);
    return { buyerId: order.buyerId, orderLineId: present(line, 'a line').id };
  };
  const opened = async (
    { buyerId, orderLineId }: Awaited<ReturnType<typeof bought>>,
    {
      subjects,
      ...ask
    }: Pick<AfterSaleWish, 'kind' | 'reason' | 'badWeightG'> & {
      readonly subjects: readonly PhotoSubject[];
    },
  ) => {
    const photos = [];
    for (const subject of subjects) photos.push({ photoId: await makePhoto(world, buyerId), subject });
    const wish = { idempotencyKey: newId('req'), text: '到的时候就压坏了', quantity: 1, amountFen: null };
    const id = await world
      .get(AfterSaleOpeningService)
      .open(buyerId, { ...wish, ...ask, orderLineId, photos });
    if (refused(id)) throw new Error(id.message.en);
    return id;
  };

  it('is answered: exchanged step by step, or handed to the platform', async () => {
    const buyer = await bought(chili);
    const exchange = await opened(buyer, {
      kind: 'EXCHANGE',
      reason: 'DAMAGED',
      badWeightG: null,
      subjects: ['GOODS'],
    });
    const claim = await opened(await bought(peach), {
      kind: 'FRESH_CLAIM',
      reason: 'SPOILED',
      badWeightG: 750,
      subjects: ['WAYBILL', 'SCALE'],
    });
    const visitor = await work();
    const { page } = visitor;
    await page.getByRole('link', { name: '2 个售后等您处理' }).click();
    await page.getByText('生鲜坏果赔付').waitFor();
    await looksRight(visitor, 'after-sales');
    await page.getByRole('link', { name: /换货/ }).click();
    await page.getByRole('heading', { level: 1, name: '等您答复' }).waitFor();
    const agree = page.getByRole('button', { name: '同意，让买家寄回' });

    expect(await agree.isDisabled()).toBe(true);
    await page.getByRole('button', { name: '不同意' }).click();
    await page.getByRole('button', { name: '照片看不出有问题' }).click();
    await looksRight(visitor, 'after-sale');
    await page.getByLabel('寄回到哪里').fill('张桂花 13900000000 炎陵县霞阳镇 1 号');
    await page.reload();
    await agree.click();
    await page.getByRole('heading', { level: 1, name: '等买家寄回' }).waitFor();
    const sent = await world
      .get(AfterSaleService)
      .sendBack(exchange, { carrier: '中通快递', trackingNo: 'ZT12345678' }, { buyerId: buyer.buyerId });
    if (refused(sent)) throw new Error(sent.message.en);
    await page.reload();
    await page.getByText('ZT12345678').waitFor();
    await page.getByRole('button', { name: '收到了，没问题，给他换' }).click();
    await page.getByRole('heading', { level: 1, name: '等您寄新的' }).waitFor();
    await page.getByRole('button', { name: '中通快递' }).click();
    await page.getByLabel('运单号').fill('zt 8765-4321');
    await looksRight(visitor, 'after-sale-replace');
    await page.getByRole('button', { name: '新的寄出去了' }).click();
    await page.getByRole('heading', { level: 1, name: '新的在路上' }).waitFor();
    await page.getByText('ZT8765-4321').waitFor();

    // Fresh goods are refused by nobody but the platform.
    await visitor.open(`/after-sales/${claim}`);
    await page.getByText('坏的有 750 克').waitFor();

    expect(await page.getByRole('button', { name: '不同意', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: '不对，请平台来判' }).click();
    await page.getByLabel('为什么，买家看得到').fill('这不是我们的箱子');
    const shown = { name: 'box.jpg', mimeType: 'image/jpeg', buffer: await picture(71, 900, 1_200) };
    await page.getByLabel('从相册选').setInputFiles(shown);
    await page.getByRole('button', { name: '去掉照片 1' }).waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    await looksRight(visitor, 'after-sale-fresh');
    await page.getByRole('button', { name: '请平台来判' }).click();
    await page.getByRole('heading', { level: 1, name: '平台在判' }).waitFor();
    await page.getByText('这不是我们的箱子').waitFor();

    // Theirs and ours, beside each other.
    expect(await page.locator('.case-sides img').count()).toBe(3);
    await visitor.shot('portal-after-sale-sides');
    await visitor.open('/after-sales');
    await page.getByText('没有要处理的售后。').waitFor();
    await page.getByRole('button', { name: '全部' }).click();
    await page.getByText('新的在路上').waitFor();
    await visitor.open('/after-sales/asl_nobody?lang=en');
    await page.getByText('This case is not here').waitFor();
    await visitor.open(`/after-sales/${exchange}`);
    await page.getByRole('heading', { level: 1, name: 'The replacement is on its way' }).waitFor();
    await visitor.shot('portal-after-sale-english');
    await visitor.open('/?lang=zh');
  }, 120_000);

  it('is replied to once, for everybody', async () => {
    const { buyerId, orderLineId } = await bought(chili);
    const posted = await world
      .get(ReviewService)
      .post(buyerId, { orderLineId, rating: 2, text: '比上回咸', photoIds: [] });
    if (refused(posted)) throw new Error(posted.message.en);
    const visitor = await work();
    const { page } = visitor;
    await page.getByRole('link', { name: '评价' }).click();
    await page.getByText('比上回咸').waitFor();
    await page.getByRole('button', { name: '回一句' }).click();
    await page.getByRole('button', { name: '对不住，我们改。' }).click();
    await looksRight(visitor, 'reviews');
    await page.getByRole('button', { name: '发出回复' }).dblclick();
    await page.getByText('我们回的').waitFor();
    await visitor.shot('portal-reviews-replied');

    expect(await page.getByRole('button', { name: '回一句' }).count()).toBe(0);
  }, 60_000);
});

it('every address is a page with its own code', async () => {
  const visitor = await arrive();
  for (const { path } of PORTAL.routes) {
    const response = await visitor.page.request.get(`${url}${path.replace(':id', 'x')}`);

    expect([path, response.status()]).toEqual([path, 200]);
    expect(response.headers()['content-security-policy']).toContain("default-src 'self'");
  }
});
