import { Readable } from 'node:stream';
import type { Browser } from 'playwright-core';
import { DivisionService } from '#libs/division';
import { IntegrityCheckService } from '#libs/integrity';
import { DAY_MS, newId, refused } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { CheckpointService, SealReader, SealService, keyText } from '#libs/seal';
import { PayeeAccountService, PayoutRunService } from '#libs/settlement';
import {
  LiveVolumeService,
  MonthFreezeService,
  type VolumeChannel,
  VolumeFactService,
  VolumeRollupService,
  factsOfPaid,
  factsOfReceived,
} from '#libs/volume';
import type { Grant } from '#platform/auth';
import { StoredFileService } from '#platform/files';
import { Pseudonyms } from '#platform/pseudonym';
import { line } from '../database/volume-rooms.js';
import { freePort } from '../harness/fleet.js';
import { World } from '../harness/world.js';
import { makeAlarm, makeCabinet, makeCredential } from '../make/cabinet.make.js';
import { makeCampaign } from '../make/campaign.make.js';
import { makeCertificationApplication } from '../make/certification.make.js';
import { makeCounter } from '../make/channel-point.make.js';
import { claimContent, claimLine, freshInvoiceNo, makeClaim } from '../make/claim.make.js';
import { makeDivisions } from '../make/division.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { picture } from '../make/photo.make.js';
import { type MadeProduct, makeGoodsKind, makeProduct } from '../make/product.make.js';
import { freshPhone, makeUser, signIn } from '../make/user.make.js';
import { CONSOLE } from '../../apps/settlement/src/console/console-page.rules.js';
import { bankRefund } from '../scope/scope-console.js';
import { type Visitor, openBrowser, visits } from './browser.js';

/** Those of Zhuzhou that `makeDivisions` leaves out. */
const MORE_COUNTIES = [
  ['430202', '荷塘区'],
  ['430203', '芦淞区'],
  ['430204', '石峰区'],
  ['430211', '天元区'],
  ['430212', '渌口区'],
  ['430223', '攸县'],
  ['430281', '醴陵市'],
] as const;

const GOODS = [
  ['炎陵黄桃', '430225', 'PAVILION', 9],
  ['茶陵生姜', '430224', 'ZONE', 6],
  ['攸县香干', '430223', 'ONLINE', 5],
  ['醴陵玻璃椒', '430281', 'PROCUREMENT', 4],
  ['渌口山茶油', '430212', 'COUNTER', 2],
] as const satisfies readonly (readonly [string, string, VolumeChannel, number])[];

/** More sales of a product than one page of them holds. */
const DAYS = 14;

let world: World;
let browser: Browser;
let url: string;
let products: readonly MadeProduct[];
let official: string;
let second: string;
let villager: string;
let neighbours: string;
let financier: string;

const within = (role: Grant['role'], scopeId: string): Grant => ({ role, scopeKind: 'DIVISION', scopeId });

const PLATFORM_FINANCE: Grant = { role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' };

/** Each day of two weeks something of each is sold and signed for, this year more than the last. */
const history = () =>
  [0, 365].flatMap((ago) =>
    Array.from({ length: DAYS }, (_, day) => day).flatMap((day) =>
      GOODS.flatMap(([, originCountyCode, channelKind, size], at) => {
        const when = new Date(world.clock.now().getTime() - (ago + day) * DAY_MS - 3_600_000);
        const fen = BigInt(size * (120_000 + ((day * 7_919 + at * 977) % 50_000)) * (ago === 0 ? 6 : 5));
        const sold = line(`oln_${ago}_${day}_${at}`, fen, {
          originCountyCode,
          channelKind,
          productId: products[at]?.productId ?? '',
          merchantId: products[at]?.merchantId ?? '',
          isCertified: at % 2 === 0,
          weightG: fen / 2n,
          sourceSystem: 'TAOYUAN',
          sourceOrderNo: `ord_${ago}_${day}_${at}`,
          sourceLineNo: `oln_${ago}_${day}_${at}`,
        });
        return [...factsOfPaid([sold], when), ...factsOfReceived([sold], when, when)];
      }),
    ),
  );

/** As the clockwork does: counts, then announces. */
const count = async () => {
  const live = world.get(LiveVolumeService);
  while ((await world.get(VolumeRollupService).rollUp(1_000, (ids) => live.note(ids))) > 0);
  await live.announce();
};

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  [world, browser] = await Promise.all([
    World.start({ services: ['settlement'], settings: { PUBLIC_URL: url } }),
    openBrowser(),
  ]);
  // Before anybody asks anything: what is asked first would have it listen elsewhere.
  await world.app('settlement').listen(port, '127.0.0.1');
  // The feed of today's sales lives in the one Redis that all specs share: a day that is nobody else's.
  world.clock.set('2027-03-16T06:30:00Z');
  await makeDivisions(world);
  await world.get(DivisionService).load(
    MORE_COUNTIES.map(([code, name]) => ({
      code,
      parentCode: '430200',
      level: 'COUNTY',
      name,
      isDesignated: false,
      longitude: null,
      latitude: null,
    })),
  );
  const { id: merchantId } = await makeMerchant(world, { name: '炎陵县霞阳黄桃专业合作社' });
  products = await Promise.all(
    GOODS.map(([name, originCountyCode]) => makeProduct(world, { name, originCountyCode, merchantId })),
  );
  await makeCampaign(world, { name: '春茶节', startsOn: '2027-03-05', endsOn: '2027-03-20' });
  await world.database.transaction((tx) => world.get(VolumeFactService).record(tx, history()));
  await count();
  const province = world.client('settlement').as(world.person(within('OFFICIAL', '430000')).token);
  for (const [divisionCode, amountFen] of [
    ['430200', '1200000000'],
    ['430225', '600000000'],
  ])
    await province.ask(
      'mutation ($input: VolumeTargetSetInput!) { volumeTargetSet(input: $input) { __typename } }',
      { input: { year: 2027, divisionCode, amountFen } },
    );
  official = (await makeUser(world, { displayName: '周敏', grants: [within('OFFICIAL', '430200')] })).phone;
  second = (await makeUser(world, { displayName: '谭志远', grants: [within('OFFICIAL', '430200')] })).phone;
  villager = (
    await makeUser(world, { displayName: '黄守田', grants: [within('VILLAGE_OFFICER', '430225209201')] })
  ).phone;
  neighbours = (
    await makeUser(world, {
      displayName: '陈小燕',
      grants: [within('OFFICIAL', '430225'), within('OFFICIAL', '430224')],
    })
  ).phone;
  financier = (await makeUser(world, { displayName: '何静', grants: [PLATFORM_FINANCE] })).phone;
}, 60_000);

afterAll(async () => {
  await browser.close();
  await world.close();
});

const arrivals = visits(() => ({ browser, url, now: world.clock.now() }));
const arrive = () => arrivals({ width: 1280, height: 900 });

/** By a code, on the page itself; in development the answer holds the code. */
const signInOnPage = async ({ page }: Visitor, phone: string) => {
  world.clock.advance(61_000);
  await page.getByLabel('登记的手机号').fill(phone);
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByLabel('短信里的 6 位数字').waitFor();
  await page.getByRole('button', { name: '登录', exact: true }).click();
};

/** Somebody who has signed in before, at a page. */
const work = async (phone: string, path: string) => {
  const { accessToken } = await signIn(world, world.client('settlement'), phone);
  const visitor = await arrive();
  await visitor.signedIn(accessToken);
  await visitor.open(path);
  return visitor;
};

/** As a link does: the page stays and shows something else. */
const walk = ({ page }: Visitor, path: string) => page.evaluate(`history.pushState(null, '', '${path}')`);

/** Where a phone shows something else than a narrower desk. */
const ON_A_PHONE = [
  'board',
  'board-tables',
  'month',
  'report',
  'reports',
  'circular',
  'payout-batch',
  'audit',
  'claim',
  'duplicate',
  'counters',
  'counter',
  'breaks',
  'ledger-journal',
];

/** Axe and sizes once, then the same page in each width. */
const looksRight = async (visitor: Visitor, name: string) => {
  expect(await visitor.faults()).toEqual([]);
  expect(await visitor.tooSmall(44, 12)).toEqual([]);
  await fits(visitor, name);
};

const fits = async (visitor: Visitor, name: string) => {
  const { page } = visitor;
  await visitor.picture(`console-${name}`);
  for (const width of [320, 1920, 1280]) {
    await page.setViewportSize({ width, height: width < 700 ? 720 : 900 });

    expect([name, width, await visitor.overflow()]).toEqual([name, width, 0]);
    if (width === 320 && ON_A_PHONE.includes(name)) await visitor.shot(`console-${name}-320`);
  }
};

it('an official follows the volume of a city down to a sale', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.open('/');
  await page.getByRole('heading', { name: '登录' }).waitFor();
  await looksRight(visitor, 'sign-in');
  await signInOnPage(visitor, official);
  await page.getByRole('heading', { level: 1, name: '株洲市消费帮扶交易监测' }).waitFor();
  await page.getByRole('link', { name: /^炎陵县 / }).waitFor();

  // What is drawn can be read, and says of when it is and in what it is counted.
  await page.getByText('数据截至 3月16日').waitFor();
  await page.getByText(/年度目标 1,200\.00 万元，完成 \d/).waitFor();
  await page.getByText(/春茶节/).waitFor();
  await looksRight(visitor, 'board');
  // A year that is long over is reached as well.
  await page.getByLabel('更早的年份').selectOption('2020');
  await page.getByRole('heading', { name: '2020年' }).waitFor();
  await page.getByRole('button', { name: '近 30 日' }).click();
  await page.getByRole('heading', { name: '2020年' }).waitFor({ state: 'detached' });
  await page.getByRole('group', { name: '产地分布的看法' }).getByRole('button', { name: '格网' }).click();
  await page.getByRole('link', { name: /^荷塘区 ?0\.00 元/ }).waitFor();
  for (const title of ['认定交易额走势', '渠道构成', '产品排行'])
    await page
      .getByRole('group', { name: `${title}的看法` })
      .getByRole('button', { name: '表', exact: true })
      .click();
  await looksRight(visitor, 'board-tables');
  await page.getByRole('button', { name: '表格' }).click();

  // Down: county, product, sale; the sums stay the same.
  const row = (name: RegExp) => page.getByRole('row', { name });
  const inBoard = await row(/^炎陵县/)
    .getByRole('cell')
    .nth(1)
    .innerText();
  await row(/^炎陵县/)
    .getByRole('link')
    .click();
  await page.getByRole('columnheader', { name: '件数' }).waitFor();
  await looksRight(visitor, 'county');

  expect(await page.title()).toBe('逐级查数 · 桃源监测台');
  expect(
    await row(/^炎陵黄桃/)
      .getByRole('cell')
      .nth(1)
      .innerText(),
  ).toBe(inBoard);
  await row(/^炎陵黄桃/)
    .getByRole('link')
    .click();
  await page.getByText(`共 ${2 * DAYS} 条记录，认定 ${inBoard} 万元`).waitFor();
  await page
    .getByText(/^ord_0_\d+_0$/)
    .first()
    .waitFor();
  await looksRight(visitor, 'sales');
  await page.getByRole('button', { name: '再看一些' }).click();
  await page
    .getByText(/^ord_0_\d+_0$/)
    .nth(2 * DAYS - 1)
    .waitFor();
  await page.getByRole('link', { name: '炎陵县' }).click();
  await page.getByRole('link', { name: '炎陵县霞阳黄桃专业合作社' }).click();
  await page.getByText(/共 \d+ 条记录/).waitFor();
  await page.getByRole('link', { name: '株洲市' }).click();
  await page.getByRole('heading', { name: '按产地县' }).waitFor();
  await looksRight(visitor, 'volume');
}, 120_000);

it('a report says what it counts, leads to each sale and is taken out as a file', async () => {
  const visitor = await work(official, '/reports');
  const { page } = visitor;
  await page.getByRole('link', { name: /R14 价格指数/ }).waitFor();
  await page.getByText(/没有来源：高于参考价的幅度/).waitFor();
  await looksRight(visitor, 'reports');
  await page.getByRole('link', { name: /^R3 / }).click();
  await page.getByText('数据截至 3月16日').waitFor();
  await page.getByText('产地以批次为准，不看销售主体注册地；不明产地单列。').waitFor();
  await page.getByLabel('比较').selectOption({ label: '上年同期' });
  await page.getByRole('button', { name: '查看', exact: true }).click();
  await page.getByText(/^小字为上年同期/).waitFor();
  await looksRight(visitor, 'report');

  // What is cut off is there at a tap, and adds up to what stands below.
  const figures = async () =>
    (await page.locator('td.is-figure:nth-child(3)').allInnerTexts()).map(
      (text) => text.split('\n')[0] ?? '',
    );
  expect(await page.getByRole('columnheader', { name: '认定交易额（万元）' }).count()).toBe(1);
  await page.getByRole('button', { name: '精确到分' }).click();
  const fen = (await figures()).map((text) => Number(text.replace(/[,.]/g, '')));
  expect(fen.slice(0, -1).reduce((sum, each) => sum + each, 0)).toBe(fen[fen.length - 1]);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出文本（CSV）' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('R3-2027-01-01-2027-03-31.csv');
  await page.getByRole('table').getByRole('link', { name: '炎陵县' }).click();
  await page.getByText(`共 ${2 * DAYS} 条记录`).waitFor();
  await page.getByRole('cell', { name: '炎陵县霞阳黄桃专业合作社' }).first().waitFor();
  await walk(visitor, '/reports/R6?by=ORIGIN_COUNTY,UNIT&vs=PREVIOUS_PERIOD');
  await page.locator('.table-box, .state').first().waitFor();
  await walk(visitor, '/reports/R99');
  await page.getByText('这里没有东西').waitFor();
}, 60_000);

it('on a wall everything is on one screen, and a sale appears by itself', async () => {
  const visitor = await work(official, '/wall');
  const { page } = visitor;
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.getByRole('link', { name: /^炎陵县 / }).waitFor();

  expect(await page.getByRole('navigation', { name: '主导航' }).count()).toBe(0);
  expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThanOrEqual(1_080);
  await visitor.shot('console-wall-1920');
  await looksRight(visitor, 'wall');
  const before = await page.locator('.digits').getAttribute('aria-label');
  const sold = line('oln_new', 8_800n, {
    originCountyCode: '430225',
    productId: products[0]?.productId ?? '',
  });
  await world.database.transaction((tx) =>
    world.get(VolumeFactService).record(tx, factsOfPaid([sold], world.clock.now())),
  );
  await count();
  await page.evaluate("dispatchEvent(new Event('online'))"); // And so at once, instead of within seconds.
  await page.getByText('¥88.00').waitFor();

  expect(await page.locator('.digits').getAttribute('aria-label')).not.toBe(before);
}, 60_000);

it('two officials close a month, and neither does it alone', async () => {
  const when = new Date('2025-11-05T02:00:00Z');
  const sold = line('oln_old', 348_300n, { originCountyCode: '430225' });
  await world.database.transaction((tx) =>
    world.get(VolumeFactService).record(tx, factsOfReceived([sold], when, when)),
  );
  await count();
  while ((await world.get(IntegrityCheckService).check(1_000)) > 0);
  const maker = await work(official, '/months');
  const { page } = maker;
  await page.getByRole('heading', { level: 1, name: '月度关账' }).waitFor();
  await looksRight(maker, 'months');
  await walk(maker, '/months/2027-03');
  await page.getByText('这个月还没有过完。').waitFor();

  expect(await page.getByRole('button', { name: '截止收数' }).count()).toBe(0);
  await walk(maker, '/months/2025-11');
  for (const name of ['截止收数', '开始复核', '申请锁定']) {
    await page.getByRole('button', { name, exact: true }).press('Enter');
    await page.locator('.act > p:focus').waitFor(); // Not its yes: a key that is held down would say it.
    await page.getByRole('button', { name: `确定${name}` }).dblclick();
  }
  await page.getByText('申请了锁定，等另一个人同意').waitFor();
  await looksRight(maker, 'month');

  const checker = await work(second, '/months/2025-11');
  await checker.page.getByRole('button', { name: '同意锁定' }).click();
  await checker.page.getByRole('button', { name: '确定同意锁定' }).click();
  await checker.page.getByText(/几分钟后自动锁定/).waitFor();
  while ((await world.get(MonthFreezeService).advance()) > 0);
  for (const { page: each } of [checker, maker]) {
    await each.evaluate("dispatchEvent(new Event('online'))");
    await each.getByText('3,483.00 元').first().waitFor();
    await each.getByRole('button', { name: '申请公布' }).waitFor();
  }
  await fits(checker, 'month-locked');
  await checker.page.getByRole('link', { name: '月度通报' }).click();
  await checker.page.getByRole('heading', { name: '株洲市消费帮扶交易情况通报' }).waitFor();
  await checker.page.getByText('已锁定的数').waitFor();
  await looksRight(checker, 'circular');
  // On paper there is the circular alone, and room to sign.
  await checker.page.emulateMedia({ media: 'print' });

  expect(await checker.page.locator('.side').isVisible()).toBe(false);
  expect(await checker.page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
  expect(await checker.page.getByText('签发').isVisible()).toBe(true);
  if (process.env['TAOYUAN_SHOTS'] === 'all')
    await checker.page.pdf({ path: 'test/web/.shots/console-circular.pdf', preferCSSPageSize: true });
  await walk(checker, '/months/2027-03/circular');
  await checker.page.getByText('暂定数：本月还没有锁定').waitFor();
  if (process.env['TAOYUAN_SHOTS'] === 'all')
    await checker.page.pdf({
      path: 'test/web/.shots/console-circular-counties.pdf',
      preferCSSPageSize: true,
    });
}, 60_000);

it('what an office does not do is not offered, and whoever holds none is told so', async () => {
  const visitor = await work(villager, '/volume');
  const { page } = visitor;
  await page.getByText('您的岗位不办这件事').waitFor();

  expect(await page.getByRole('link', { name: '逐级查数' }).count()).toBe(0);
  await page.getByRole('link', { name: '看我能办什么' }).click();
  await page.getByRole('cell', { name: '村干部' }).waitFor();
  await looksRight(visitor, 'me');
  await walk(visitor, '/months/2026-13');
  await page.getByText('这里没有东西').waitFor();
  const buyer = await work(freshPhone(), '/');
  await buyer.page.getByText('这个手机号还没有岗位').waitFor();
}, 60_000);

it('reads in English; two counties are shown as theirs alone, and nothing once the session is over', async () => {
  const visitor = await work(neighbours, '/?lang=en');
  const { page } = visitor;
  const heading = '茶陵县, 炎陵县: consumption assistance volume';
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await page.getByText('Data as of').waitFor();
  await page.getByText(/^炎陵县: target 600\.00 × ¥10k, reached \d/).waitFor();
  await page.getByText('茶陵县: no target has been set for this year').waitFor();
  await page.locator('.map-county').first().waitFor();

  // What is somebody else's is drawn, and is not nought.
  expect(await page.locator('.map-county').count()).toBe(9);
  expect(await page.locator('.map a').count()).toBe(2);
  await fits(visitor, 'board-en');
  await page.getByRole('link', { name: 'Month close' }).click();
  await page.getByRole('link', { name: 'Last month' }).click();
  await page.getByText('The close of this month has not begun.').waitFor();

  expect(await page.getByRole('button', { name: 'Cut off' }).count()).toBe(0);
  await visitor.context.clearCookies();
  await page.getByRole('link', { name: 'Drill down' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  expect(new URL(page.url()).pathname).toBe('/volume');
}, 60_000);

it('finance finds what moved an account, and proves a journal in the browser itself', async () => {
  const orderId = newId('ord');
  const holder = products[0]?.merchantId ?? '';
  const journal = {
    idempotencyKey: `split:${orderId}`,
    kind: 'order_split',
    subject: orderId,
    eventId: null,
    effectiveAt: world.clock.now(),
    transfers: [
      {
        debit: 'liability:escrow',
        credit: `liability:held:${holder}` as 'liability:held:mer_1',
        amountFen: 8_800n,
      },
      { debit: 'liability:escrow', credit: 'liability:held:fund:430225', amountFen: 176n },
    ],
  } as const;
  const [made] = posted(
    await world.database.transaction((tx) => world.get(LedgerService).post(tx, [journal])),
  );
  await world.get(SealService).sealDue(1_000, { delayMs: 0, leaseMs: 0 });
  const visitor = await work(financier, '/ledger');
  const { page } = visitor;
  await page.getByText('借贷平衡，差额 ¥0.00').waitFor();
  await page.getByRole('row', { name: /^待分账/ }).waitFor();
  await page.getByText('已封存').waitFor();
  await looksRight(visitor, 'ledger');

  // From an account to what moved it, and from there to all of one journal.
  await page.getByRole('button', { name: '待结算' }).click();
  await page
    .getByRole('row', { name: /炎陵县霞阳黄桃专业合作社/ })
    .getByRole('link')
    .click();
  await page.getByRole('row', { name: /分账/ }).waitFor();
  await looksRight(visitor, 'ledger-account');
  await page.getByRole('link', { name: '分账' }).click();
  await page.getByRole('button', { name: '核验这一条' }).click();
  await page.getByText('还不能证明').waitFor();
  world.clock.advance(DAY_MS);
  await world.get(CheckpointService).signDue();
  await page.getByRole('button', { name: '再验一次' }).click();
  await page.getByText('材料彼此吻合').waitFor();
  await page.getByText(/用本服务给的公钥 \S+ 验过/).waitFor();
  await looksRight(visitor, 'ledger-journal');
  const [, keys] = await Promise.all([
    page.getByText('用我自己保存的公钥和检查点').click(),
    world.get(SealReader).keys(),
  ]);
  await page.getByLabel(/公钥，一行一把/).fill(keys.map(keyText).join('\n'));
  await page
    .getByLabel('检查点全文')
    .fill((await world.get(SealReader).latestCheckpoint('JOURNAL'))?.note ?? '');
  await page.getByRole('button', { name: '再验一次' }).click();
  await page.getByText('之后一个字都没有改过').waitFor();

  // Altered afterwards, by whoever owns the database, it is shown as it is now and proven no longer.
  const alter = (fen: number) =>
    world.asOwner((tx) =>
      tx.write(
        'UPDATE ledger_transfer SET amount_fen = amount_fen + ? WHERE journal_id = ? AND line_no = 1',
        [fen, made?.id ?? null],
      ),
    );
  await alter(1);
  await page.reload();
  await page.getByRole('button', { name: '核验这一条' }).click();
  await page.getByText('没有通过').waitFor();
  await page.getByText('从它的哈希算不到检查点写的树根').waitFor();
  await alter(-1);
  await fits(visitor, 'ledger-failed');
  await page.getByRole('link', { name: '订单' }).click();
  await page.getByRole('heading', { level: 1, name: '订单的凭证' }).waitFor();
  await walk(visitor, '/ledger/about/ord_nothing');
  await page.getByText('账上没有它的凭证').waitFor();
  const outsider = await work(official, `/ledger/journals/${made?.id}`);
  await outsider.page.getByText('您的岗位不办这件事').waitFor();
}, 60_000);

it('a batch of payouts is agreed to as it was looked at, by somebody else, and its file goes to the bank', async () => {
  const [maker, checker] = [world.person(PLATFORM_FINANCE), world.person(PLATFORM_FINANCE)];
  const payees = [products[0]?.merchantId ?? '', newId('hhd')];
  const accounts = world.get(PayeeAccountService);
  for (const [index, payeeId] of payees.entries()) {
    const kind = index === 0 ? 'MERCHANT' : 'HOUSEHOLD';
    const account = await accounts.propose(
      maker.userId,
      { kind, id: payeeId },
      {
        method: 'BANK',
        accountName: '炎陵县霞阳黄桃专业合作社',
        bankName: '炎陵农商银行（演示）',
        bankCode: null,
        accountNumber: `623000000000000000${index}`,
        idempotencyKey: newId('key'),
      },
    );
    if (refused(account)) throw new Error(account.code);
    await accounts.verify(checker.userId, account.id, 'DOCUMENTS', '开户许可（演示）');
  }
  const credits = payees.map((payeeId, index) => ({
    idempotencyKey: newId('key'),
    kind: 'release',
    subject: newId('ord'),
    eventId: null,
    effectiveAt: new Date(world.clock.now().getTime() - 3 * DAY_MS),
    transfers: [
      {
        debit: 'liability:escrow' as const,
        credit: `liability:available:${payeeId}` as 'liability:available:mer_1',
        amountFen: 3_483_000n + BigInt(index),
      },
    ],
  }));
  posted(await world.database.transaction((tx) => world.get(LedgerService).post(tx, credits)));
  await world.get(PayoutRunService).start(maker.userId);
  while ((await world.get(PayoutRunService).work()) > 0);

  const made = await work(financier, '/payouts');
  await made.page.getByText('没有等审批的批次').waitFor();
  await made.page.getByRole('button', { name: '制一批银行付款' }).click();
  await made.page.getByRole('button', { name: '确定制一批银行付款' }).click();
  await made.page.getByText('自己不能批自己的').waitFor();
  const second = (await makeUser(world, { displayName: '文清', grants: [PLATFORM_FINANCE] })).phone;
  const visitor = await work(second, '/payouts');
  const { page } = visitor;
  await page.getByRole('row', { name: /等审批/ }).waitFor();
  await looksRight(visitor, 'payouts');
  await page.getByRole('link', { name: /^第 \d+ 批/ }).click();
  await page.getByRole('cell', { name: '¥69,660.01' }).waitFor();
  await page.getByText(/浏览器按这一页的每一笔算出指纹/).waitFor();
  await page.getByRole('button', { name: '炎陵县霞阳黄桃专业合作社' }).click();
  await page.getByRole('cell', { name: '转为可付' }).waitFor();
  await looksRight(visitor, 'payout-batch');
  await page.getByRole('button', { name: '同意付款' }).click();
  await page.getByText('同意付出 ¥69,660.01，2 笔。').waitFor();
  await page.getByRole('button', { name: '确定同意付款' }).dblclick();
  await page.getByRole('button', { name: '导出银行文件' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '确定导出银行文件' }).click(),
  ]);

  expect(file.suggestedFilename()).toMatch(/^payout-.*\.csv$/);
  await page.getByLabel('导入银行回盘文件').waitFor();
  await page.getByLabel('导入银行回盘文件').setInputFiles({
    name: 'answer.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('H,SOMETHING,ELSE'),
  });
  await page.getByText('这份回盘对不上').waitFor();
  await fits(visitor, 'payout-exported');
}, 60_000);

it('a break is taken, looked at from both sides and closed with its reason', async () => {
  await makeUser(world, { displayName: '罗珊', grants: [PLATFORM_FINANCE] });
  const now = world.clock.now().toISOString().replace('T', ' ').slice(0, 23);
  const [small, large] = [newId('brk'), newId('brk')];
  for (const [id, subject, fen] of [
    [small, newId('ord'), 4],
    [large, newId('ord'), 8_800],
  ] as const)
    await world.asOwner((tx) =>
      tx.write(
        `INSERT INTO reconciliation_break (id, check_name, break_class, subject, open_key, expected_fen, actual_fen, detail,
         happened_at, first_seen_at, last_seen_at, last_run_no, state) VALUES (?, 'ORDERS', 'AMOUNT', ?, ?, ?, 0, ?, ?, ?, ?, 0, 'OPEN')`,
        [id, subject, subject, fen, JSON.stringify({ orderId: subject, what: 'captured' }), now, now, now],
      ),
    );
  const visitor = await work(financier, '/breaks');
  const { page } = visitor;
  await page.getByRole('row', { name: /¥88\.00/ }).waitFor();
  await page.getByText('有核对没有按时跑完').waitFor();
  await page.getByRole('button', { name: '金额大的在前' }).click();
  const [, first] = await page.getByRole('region', { name: '差异' }).getByRole('row').all();

  expect(await first?.innerText()).toContain('¥88.00');
  await looksRight(visitor, 'breaks');
  await first?.getByRole('link').click();
  await page.getByRole('heading', { name: '订单和支付应有' }).waitFor();
  await page.getByRole('button', { name: '我来处理' }).click();
  await page.getByRole('button', { name: '确定我来处理' }).click();
  await page.getByText('您认领了它').waitFor();
  await page.getByRole('button', { name: '交给别人' }).click();
  await page.getByLabel('交给谁').selectOption({ label: '罗珊' });
  await page.getByRole('button', { name: '确定交给别人' }).click();
  await page.getByText('罗珊认领了它').waitFor();
  await page.getByRole('button', { name: '了结' }).click();
  await page.getByLabel('理由').fill('已核对，仓库补记');
  await looksRight(visitor, 'break');
  await page.getByRole('button', { name: '确定了结' }).click();
  await page.getByRole('row', { name: /何静/ }).getByText('已核对，仓库补记').waitFor();
  await walk(visitor, '/breaks?view=closed');
  await page.getByRole('row', { name: /已处理/ }).waitFor();
}, 60_000);

it('counters stand on the map, an alarm is there as it happens, and whoever sees to it is named', async () => {
  const made = await makeCabinet(world, { name: '神农谷游客中心专柜' });
  for (const [name, countyCode, longitude, latitude] of [
    ['茶陵汽车站专柜', '430224', 113.54, 26.79],
    ['攸县人民医院专柜', '430223', 113.34, 27.0],
    ['醴陵市民中心专柜', '430281', 113.49, 27.65],
  ] as const)
    await makeCounter(world, { name, countyCode, longitude, latitude });
  const { credentialId } = await makeCredential(world, made.cabinetId);
  const visitor = await work(official, '/counters');
  const { page } = visitor;
  await page.getByText('有变化马上显示').waitFor();
  await page.getByText('没有要人处理的报警').waitFor();
  await page.locator('.pin').nth(3).waitFor();
  await makeAlarm(world, made.cabinetId, credentialId);
  await world.settle();
  await page.getByText('刚才：神农谷游客中心专柜 被撬或被动过').waitFor();
  await page.getByText('还没有人接手').waitFor();
  await looksRight(visitor, 'counters');

  // Larger around its middle, and whole again; the table says the same, by keys alone.
  await page.getByRole('button', { name: '放大' }).click();
  await page.getByRole('button', { name: '全图' }).click();
  await page.locator('.pin.is-silent').first().click();
  await page.getByRole('heading', { name: '选中的专柜' }).waitFor();
  await page.getByRole('button', { name: '表格' }).press('Enter');
  await page
    .getByRole('row', { name: /茶陵汽车站专柜 茶陵县 没有柜机/ })
    .first()
    .waitFor();
  await page.getByRole('button', { name: '我来处理' }).click();
  await page.getByRole('button', { name: '确定我来处理' }).click();
  await page.getByText(/^周敏在处理/).waitFor();
  await fits(visitor, 'counters-table');
  await page.getByRole('link', { name: '被撬或被动过' }).click();
  await page.getByRole('heading', { name: '神农谷游客中心专柜' }).waitFor();
  await page.getByRole('region', { name: '两周的读数' }).waitFor();
  await looksRight(visitor, 'counter');
  await walk(visitor, '/wall/counters');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.locator('.pin').nth(3).waitFor();

  expect(await page.getByRole('navigation', { name: '主导航' }).count()).toBe(0);
  expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThanOrEqual(1_080);
  expect(await visitor.faults()).toEqual([]);
  await visitor.shot('console-counters-wall');
}, 60_000);

it('a claim waits for what looks told of twice, and what a yes does to the register is seen before it is said', async () => {
  const { id: merchantId } = await makeMerchant(world, { name: '平乐黄桃专业合作社' });
  const peach = await makeProduct(world, { name: '平乐黄桃', originCountyCode: '430225', merchantId });
  const buyerPhone = freshPhone();
  const owner = await makeUser(world, {
    grants: [{ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId }],
  });
  const sold = (lineId: string, fen: bigint, phone: string) =>
    line(lineId, fen, {
      merchantId,
      sellerCountyCode: '430225',
      productId: peach.productId,
      buyerKey: world.get(Pseudonyms).ofPhone(phone),
      sourceSystem: 'TAOYUAN',
      sourceOrderNo: `ord_${lineId}`,
      sourceLineNo: lineId,
    });
  const at = new Date('2027-03-10T06:00:00Z');
  const facts = [
    ...factsOfPaid([sold('oln_twin', 88_000n, buyerPhone)], at),
    ...factsOfReceived([sold('oln_self', 60_000n, owner.phone)], at, at),
  ];
  await world.database.transaction((tx) => world.get(VolumeFactService).record(tx, facts));
  while ((await world.get(IntegrityCheckService).check(1_000)) > 0);
  const photo = Readable.from([await picture(7)]);
  const file = await world.get(StoredFileService).keep(photo, '交货单.jpg', owner.userId);
  if (typeof file === 'string') throw new Error(file);
  const content = claimContent({
    buyerKind: 'CONSUMER',
    buyerName: '罗桂芳',
    buyerPhone,
    lines: [claimLine({ soldOn: '2027-03-10', batchId: peach.batchIds[0] ?? '' })],
    evidence: [
      { kind: 'E_INVOICE', invoiceNo: freshInvoiceNo(), fileId: null },
      { kind: 'PHOTO', invoiceNo: null, fileId: file.id },
    ],
  });
  await makeClaim(world, merchantId, { content, authorId: owner.userId });

  const visitor = await work(official, '/claims');
  const { page } = visitor;
  await page.getByRole('link', { name: '平乐黄桃专业合作社' }).waitFor();
  await looksRight(visitor, 'claims');
  await page.getByRole('link', { name: '平乐黄桃专业合作社' }).click();
  await page.getByRole('row', { name: /2027年3月 炎陵县 \+¥880\.00/ }).waitFor();
  const twins = page.getByRole('region', { name: '疑似重复' }).getByRole('link');
  await twins.waitFor();
  await page.getByRole('button', { name: '通过', exact: true }).click();
  await page.getByText('计入线下申报 ¥880.00，不计入认定额。').waitFor();
  await page.getByRole('button', { name: '确定通过' }).click();
  await page.getByText(/疑似与其他来源重复/).waitFor();
  await looksRight(visitor, 'claim');
  await twins.click();
  await page.getByRole('cell', { name: 'ord_oln_twin' }).waitFor();
  await page.getByText('登记的数现在不变：申报还要另外审。').waitFor();
  await page.getByRole('button', { name: '是两笔' }).click();
  await page.getByLabel('理由').fill('两次不同的采购');
  await looksRight(visitor, 'duplicate');
  await page.getByRole('button', { name: '确定是两笔' }).click();
  await page.getByRole('heading', { name: '是两笔，已放行' }).waitFor();
  await page.getByRole('link', { name: /^clm_/ }).click();
  await page.getByRole('button', { name: '通过', exact: true }).click();
  await page.getByRole('button', { name: '确定通过' }).click();
  await page.getByText(/已计入申报/).waitFor();

  // What a check suspects: taken off under one's name, once what it takes off has been seen.
  await walk(visitor, '/claims?kind=flags');
  await page
    .getByRole('row', { name: /平乐黄桃专业合作社/ })
    .getByRole('link', { name: '自买自卖' })
    .click();
  await page.getByRole('row', { name: /炎陵县 −¥600\.00/ }).waitFor();
  await page.getByRole('button', { name: '属实，扣除' }).click();
  await page.getByLabel('理由').fill('社员自买，合同不实');
  await looksRight(visitor, 'flag');
  await page.getByRole('button', { name: '确定属实，扣除' }).click();
  await page.getByText('严重 · 属实，已扣除').waitFor();
}, 60_000);

it('a refund by bank is agreed to by two others as they looked at it, and its account is seen by whoever takes it there', async () => {
  const asker = await makeUser(world, { displayName: '彭丽', grants: [PLATFORM_FINANCE] });
  const refundId = await bankRefund(world, { ids: { orderId: newId('ord') } }, asker.userId);
  const own = await work(asker.phone, `/refunds/${refundId}`);
  await own.page.getByText('自己不能同意自己的').waitFor();
  const agree = async (phone: string) => {
    const visitor = await work(phone, '/refunds');
    const { page } = visitor;
    await page.getByText('该退的都退回去了。').waitFor();
    await page.getByRole('link', { name: refundId }).click();
    await page.getByText(/浏览器按这一页的内容算出指纹/).waitFor();
    await page.getByRole('button', { name: '同意退款' }).click();
    await page.getByRole('button', { name: '确定同意退款' }).click();
    return visitor;
  };
  const first = await agree(financier);
  await first.page.getByText('还等另一个人').waitFor();
  await looksRight(first, 'refund');
  await walk(first, '/refunds');
  await first.page.getByRole('link', { name: refundId }).waitFor();
  await looksRight(first, 'refunds');
  const other = await makeUser(world, { displayName: '郭婷', grants: [PLATFORM_FINANCE] });
  const { page } = await agree(other.phone);
  await page.getByText('账上正在把这笔钱留出来').waitFor();
  await world.asOwner((tx) =>
    tx.write('UPDATE bank_refund SET set_aside_at = ? WHERE refund_id = ?', [world.clock.now(), refundId]),
  );
  await page.reload();
  await page.getByRole('button', { name: '去银行办' }).click();
  await page.getByRole('button', { name: '确定去银行办' }).click();
  await page.getByText('6230000000000001').waitFor();
  await page.getByRole('button', { name: '已付到' }).click();
  await page.getByLabel('银行流水号').fill('CCB-2027-0316');
  await page.getByRole('button', { name: '确定已付到' }).click();
  await page.getByText('已经了结，没有要办的。').waitFor();
}, 60_000);

it('what has passed every office is announced in a batch, with numbers in the catalogue', async () => {
  const owner = await makeUser(world);
  const [first, second] = [
    await makeCertificationApplication(world, owner.userId, { households: 5 }),
    await makeCertificationApplication(world, owner.userId, { households: 5 }),
  ];
  await world.asOwner((tx) =>
    tx.write(
      "UPDATE certification_application SET state = 'CONFIRMED', desk = 'CITY:430200', waiting_since = updated_at WHERE id IN (?)",
      [[first.id, second.id]],
    ),
  );
  const visitor = await work(official, '/reviews?kind=certifications');
  const { page } = visitor;
  await page.getByRole('link', { name: '审完的，到认定公布里成批公布' }).click();
  await page.getByText('2 件审完，等公布').waitFor();
  await page.getByText('还没有公布过。').waitFor();
  await page.getByLabel('这一批公布炎陵黄桃').first().uncheck();
  await page.getByRole('button', { name: '公布这一批' }).click();
  await page.getByText(/公布 1 件，一件不成就都不成/).waitFor();
  await looksRight(visitor, 'certification-batches');
  await page.getByRole('button', { name: '确定公布这一批' }).dblclick();
  await page.getByRole('cell', { name: /^ZZ430225-2027-\d+-0001$/ }).waitFor();
  await looksRight(visitor, 'certification-batch');
  await page.getByRole('link', { name: '认定公布' }).click();
  await page.getByText('1 件审完，等公布').waitFor();
  await page.getByRole('link', { name: /^第 \d+ 批$/ }).waitFor();
}, 60_000);

it('a batch is called back by two officials, and what a village grows is written down', async () => {
  await makeGoodsKind(world);
  const village = { parentCode: '430225209', level: 'VILLAGE', name: '平乐村' } as const;
  const nowhere = { isDesignated: false, longitude: null, latitude: null };
  await world.get(DivisionService).load([{ code: '430225209225', ...village, ...nowhere }]);
  const visitor = await work(official, '/harvests');
  const { page } = visitor;
  await page.getByText('没有超出产能的批次，不用做什么。').waitFor();
  await page.getByText('看所有的').click();
  const batch = page.getByRole('row', { name: new RegExp(GOODS[0]?.[0] ?? '') }).first();
  await batch.getByRole('button', { name: '停售召回' }).click();
  await batch.getByLabel('理由').fill('农残超标，请停用');
  await batch.getByLabel('请买家怎么办').selectOption('THROW_AWAY');
  await batch.getByRole('button', { name: '确定停售召回' }).click();
  await page.getByText('已停售，等另一个人确认').waitFor();
  for (const [step, name] of [
    ['区县', '炎陵县'],
    ['乡镇', '中村瑶族乡'],
    ['村', '平乐村'],
  ] as const)
    await page.getByLabel(step, { exact: true }).selectOption(name);
  await page.getByLabel('品种').selectOption('YELLOW_PEACH');
  await page.getByLabel('从哪天').fill('2027-06-01');
  await page.getByLabel('到哪天').fill('2027-09-30');
  await page.getByLabel('能产多少吨').fill('120.5');
  await page.getByRole('button', { name: '登记产能' }).click();
  await page.getByRole('cell', { name: '120.5 吨' }).waitFor();
  await looksRight(visitor, 'harvests');

  // Whoever has proposed it does not confirm it.
  await page.getByRole('button', { name: '确认召回' }).click();
  await page.getByRole('button', { name: '确定确认召回' }).click();
  await page.getByRole('alert').waitFor();
  const other = await work(second, '/harvests');
  await other.page.getByRole('button', { name: '确认召回' }).click();
  await other.page.getByRole('button', { name: '确定确认召回' }).click();

  await other.page.getByText('在召回，买家已通知').waitFor();
});

it('a merchant is closed by two officials, once nothing of it is open', async () => {
  await makeMerchant(world, { name: '茶陵县云阳老屋合作社' });
  const visitor = await work(official, '/merchants');
  const { page } = visitor;
  const row = (of: Visitor) => of.page.getByRole('row', { name: /茶陵县云阳老屋合作社/ });
  await page.getByLabel('名称里有').fill('没有这一家');
  await page.getByRole('button', { name: '找', exact: true }).click();
  await page.getByText('没有这样的商家').waitFor();
  await page.getByLabel('名称里有').fill('云阳老屋');
  await page.getByLabel('名称里有').press('Enter');
  await row(visitor).getByRole('button', { name: '关店' }).click();
  await row(visitor).getByLabel('理由').fill('合作社解散');
  await looksRight(visitor, 'merchants');
  await row(visitor).getByRole('button', { name: '确定关店' }).click();
  await row(visitor).waitFor({ state: 'detached' });
  await page.getByLabel('状态').selectOption('CLOSING');
  await row(visitor).getByText('都了结了，可以办完。').waitFor();
  await looksRight(visitor, 'merchants-closing');

  // Whoever has asked for it does not make it final.
  await row(visitor).getByRole('button', { name: '办完关店' }).click();
  await row(visitor).getByRole('button', { name: '确定办完关店' }).click();
  await row(visitor).getByRole('alert').waitFor();
  const other = await work(second, '/merchants');
  await other.page.getByLabel('状态').selectOption('CLOSING');
  await row(other).getByRole('button', { name: '办完关店' }).click();
  await row(other).getByRole('button', { name: '确定办完关店' }).click();
  await row(other).waitFor({ state: 'detached' });
  await other.page.getByLabel('状态').selectOption('CLOSED');

  await row(other).getByText('关了').waitFor();
});

it('an auditor reads who did what, narrows it down, and is in the log as well', async () => {
  await world.get(SealService).sealDue(10_000, { delayMs: 0, leaseMs: 0 });
  world.clock.advance(DAY_MS);
  await world.get(CheckpointService).signDue();
  const grants = [{ role: 'AUDITOR', scopeKind: 'PLATFORM', scopeId: '*' } as const];
  const visitor = await work((await makeUser(world, { displayName: '易明', grants })).phone, '/audit');
  const { page } = visitor;
  await page.getByLabel('什么事').selectOption('payout_batch.exported');
  await page.getByRole('button', { name: '查', exact: true }).click();
  await page.getByRole('button', { name: '付款批次 · 导出' }).waitFor();

  expect(new URL(page.url()).search).toBe('?act=payout_batch.exported');
  expect(await page.getByRole('row').count()).toBe(2);
  await page.getByRole('button', { name: '核验这条记录' }).click();
  await page.getByRole('button', { name: '核验这一条' }).click();
  await page.getByText('材料彼此吻合').waitFor();
  await looksRight(visitor, 'audit');
  await page.getByRole('button', { name: '清空条件' }).click();
  await page.getByRole('button', { name: '易明' }).first().waitFor();
  await page.getByRole('button', { name: '审计日志 · 查看' }).first().waitFor();
  await fits(visitor, 'audit-all');
}, 60_000);

it('every address is a page', async () => {
  const { http } = world.client('settlement');
  for (const { path } of CONSOLE.routes) {
    const { status, headers } = await http.get(path.replace(':month', '2026-10').replace(/:\w+/, 'x'));

    expect([path, status]).toEqual([path, 200]);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  }
});
