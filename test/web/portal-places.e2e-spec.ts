import type { Browser } from 'playwright-core';
import { ZoneContractService } from '#libs/channel';
import { SellThroughRunService } from '#libs/consignment';
import type { UserId } from '#libs/identity';
import { SellThroughFeedService } from '#libs/intake';
import type { Grant } from '#platform/auth';
import { freePort } from '../harness/fleet.js';
import { World } from '../harness/world.js';
import { makeDivisions } from '../make/division.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { picture } from '../make/photo.make.js';
import { type MadeProduct, makeCertification, makeProduct } from '../make/product.make.js';
import { makeUser } from '../make/user.make.js';
import { type Visitor, openBrowser, visits } from './browser.js';

let world: World;
let browser: Browser;
let url: string;
let consoleUrl: string;
let token: () => string;
let farmToken: () => string;
let officialId: UserId;
let product: MadeProduct;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  [world, browser] = await Promise.all([
    World.start({ services: ['merchant', 'settlement'], settings: { PUBLIC_URL: url } }),
    openBrowser(),
  ]);
  world.clock.set('2026-11-02T02:00:00Z');
  await makeDivisions(world);
  product = await makeProduct(world);
  await makeCertification(world, product.productId);
  officialId = (await makeUser(world, { displayName: '市里' })).userId;
  const farm = [{ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: product.merchantId }] as const;
  const { userId: farmerId } = await makeUser(world, { displayName: '罗长庚', grants: farm });
  farmToken = () => world.personOf(farmerId, ...farm).token;
  const { id: merchantId } = await makeMerchant(world, { kind: 'VENUE_OPERATOR' });
  const grants = [{ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId }] as const;
  const { userId } = await makeUser(world, { displayName: '张桂花', grants });
  token = () => world.personOf(userId, ...grants).token;
  await world.app('merchant').listen(port, '127.0.0.1');
  const consolePort = await freePort();
  consoleUrl = `http://127.0.0.1:${consolePort}`;
  await world.app('settlement').listen(consolePort, '127.0.0.1');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await world.close();
});

const arrive = visits(() => ({ browser, url, now: world.clock.now() }));
const sitDown = visits(() => ({ browser, url: consoleUrl, now: world.clock.now() }));
const official: Grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' };
/** At the console of officials, at a desk. */
const reviewer = async (grant: Grant) => {
  const visitor = await sitDown({ width: 1_280, height: 900 });
  const { userId } = await makeUser(world, { displayName: '县里', grants: [grant] });
  await visitor.signedIn(world.personOf(userId, grant).token);
  return visitor;
};
const looksRight = async (visitor: Visitor, name: string) => {
  expect([name, await visitor.hindrances(`portal-${name}`)]).toEqual([name, []]);
  // Whoever is in says where: of the tabs (twice, on top and below) one is lit.
  const tabs = visitor.page.locator('nav.tabs');
  expect([name, await tabs.locator('[aria-current=page]').count()]).toEqual([name, await tabs.count()]);
};
/** The console has no elder mode. */
const looksRightAtDesk = async (visitor: Visitor, name: string) => {
  const found = await visitor.hindrances(`console-${name}`);

  expect([name, found.filter((fault) => !fault.startsWith('elder'))]).toEqual([name, []]);
};

it('a zone goes from a phone to its county and back until it is open, and a month of its sales is told by a file', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  const bring = async (seed: number) => {
    await page
      .getByLabel('从相册选')
      .first()
      .setInputFiles({
        name: `${seed}.jpg`,
        mimeType: 'image/jpeg',
        buffer: await picture(seed, 600, 800),
      });
    await page.getByRole('button', { name: '去掉照片 1' }).waitFor();
  };
  await visitor.signedIn(token());
  await visitor.open('/places');
  await page.getByText('还没有专馆或专区。').waitFor();
  await looksRight(visitor, 'places-empty');
  await page.getByRole('link', { name: '申报新点' }).click();
  await page.getByLabel('名称').fill('神农城消费扶贫专区');
  await page.getByLabel('区县').selectOption('430225');
  await page.getByLabel('地址').fill('霞阳镇炎帝路1号');
  await page.getByLabel('店名').fill('神农城生活超市');
  await looksRight(visitor, 'place-new');
  await page.getByRole('button', { name: '提交申报' }).click();
  await page.getByRole('heading', { name: '落实场地' }).waitFor();
  await bring(81);
  await looksRight(visitor, 'place-site');
  await page.getByRole('button', { name: '交上去，等审批' }).click();
  await page.getByText('县里正在审批').waitFor();

  const desk = await reviewer(official);
  const act = async (name: string, reason: string, documentNo?: string) => {
    await desk.page.getByRole('button', { name, exact: true }).click();
    await desk.page.getByLabel('理由').fill(reason);
    if (documentNo !== undefined) await desk.page.getByLabel('批准文号').fill(documentNo);
    await desk.page.getByRole('button', { name: `确定${name}` }).click();
  };
  await desk.open('/reviews?kind=places');
  await looksRightAtDesk(desk, 'reviews-places');
  await desk.page.getByRole('link', { name: '神农城消费扶贫专区' }).click();
  await act('退回修改', '协议第二页看不清');
  await desk.page.getByText('申报中', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('协议第二页看不清').waitFor();
  await looksRight(visitor, 'place-returned');
  await bring(82);
  await page.getByRole('button', { name: '交上去，等审批' }).click();
  await page.getByText('县里正在审批').waitFor();
  await desk.page.reload();
  await act('批准', '人流大，同意', '株商发〔2026〕8号');
  await desk.page.getByText('已批准，待建').waitFor();
  await looksRightAtDesk(desk, 'review-place');
  await page.reload();
  await bring(83);
  await page.getByRole('button', { name: '交上去，等验收' }).click();
  await page.getByText('县里会来验收').waitFor();
  await desk.page.reload();
  await act('验收通过', '标识、价签齐全');
  await desk.page.getByText('已验收，待开业').waitFor();
  await page.reload();
  await page.getByRole('button', { name: '开业' }).click();
  await page.getByText('正在营业').waitFor();
  await looksRight(visitor, 'place-open');

  await visitor.open('/sell-through');
  await page.getByLabel('哪个月').selectOption('2026-11-01');
  const sheet = (...rows: string[]) => ({
    name: '十一月.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['行号,门店,货号,数量,金额', ...rows].join('\n')),
  });
  const picker = page.getByLabel('收银系统导出的表格');
  await looksRight(visitor, 'sell-through');
  await picker.setInputFiles(sheet('1,别处,没有的货,半,8'));
  await page.getByText('第 2 行').waitFor();
  await looksRight(visitor, 'sell-through-faulty');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载有误的行' }).click();
  expect((await download).suggestedFilename()).toMatch(/-faulty\.xlsx$/);
  await visitor.open('/sell-through');
  await page.getByLabel('哪个月').selectOption('2026-11-01');
  await picker.setInputFiles(sheet(`1,神农城消费扶贫专区,${product.variantId},2,17.60`));
  await page.getByRole('button', { name: '确认计入' }).click();
  await page.getByText('计入中').waitFor();
  await page.getByText('办好 0 行，一共 1 行').waitFor();
  await looksRight(visitor, 'sell-through-taking');
  while ((await world.get(SellThroughRunService).work()) > 0);
  while ((await world.get(SellThroughFeedService).work()) > 0);
  await page.getByText('已计入').waitFor();
  await looksRight(visitor, 'sell-through-counted');

  // The peaches are asked for; whose they are says no, and yes when asked again.
  const ask = async () => {
    await page.getByRole('link', { name: '选货，问商家' }).click();
    await page.getByLabel('找货').fill('黄桃');
    await page.getByRole('button', { name: '找', exact: true }).click();
    await page.getByRole('button', { name: /^选它.*炎陵黄桃/ }).click();
  };
  await page.getByRole('button', { name: '返回' }).click();
  await page.getByRole('link', { name: '进场的货' }).click();
  await ask();
  await looksRight(visitor, 'range-new');
  await page.getByRole('button', { name: '问商家：1 样' }).click();
  await page.getByText('等商家答复').waitFor();
  const farmer = await arrive();
  await farmer.signedIn(farmToken());
  await farmer.open('/');
  await farmer.page.getByText('1 样货，馆区想卖').click();
  await farmer.page.getByText('神农城消费扶贫专区想卖这样货').waitFor();
  await farmer.page.getByText('其中 2 件账上没有').waitFor();
  await looksRight(farmer, 'consignment');
  await farmer.page.getByRole('button', { name: '不同意', exact: true }).click();
  await farmer.page.getByText('请写明原因').waitFor();
  await farmer.page.getByLabel('不同意的话，为什么').fill('今年产量不够');
  await farmer.page.getByRole('button', { name: '不同意', exact: true }).click();
  await farmer.page.getByText('神农城消费扶贫专区想卖这样货').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: '全部' }).click();
  await page.getByText('今年产量不够').waitFor();
  await ask();
  await page.getByRole('button', { name: '问商家：1 样' }).click();
  await page.getByText('等商家答复').waitFor();

  // What was bought outright is told apart, and its seller says that it was so.
  await page.getByRole('link', { name: '收购' }).click();
  await page.getByRole('link', { name: '记一笔收购' }).click();
  await page.locator('.card').getByRole('button').first().click();
  await page.getByLabel('买了多少件').fill('10');
  await page.getByLabel('一共付给卖家多少元').fill('880');
  await page.getByLabel('送货单或发票号').fill('SH-1102');
  await looksRight(visitor, 'offtake-new');
  await page.getByRole('button', { name: '记下，请卖家核对' }).click();
  await page.getByText('等卖家核对').waitFor();
  await looksRight(visitor, 'offtakes');
  await farmer.page.reload();
  await farmer.page.getByRole('button', { name: '同意进场' }).click();
  const sure = farmer.page.getByRole('button', { name: /^没错/ });
  await sure.click();
  await farmer.page.waitForTimeout(600); // The rest between two taps.
  await sure.click();
  await farmer.page.getByRole('button', { name: '被收购的' }).click();
  await farmer.page.getByText('卖家认了').waitFor();
  await farmer.page.getByRole('button', { name: '在哪里卖' }).click();
  await farmer.page.getByText('不再卖了').click();
  await looksRight(farmer, 'consignment-carried');

  // One contract for the shops of a host.
  await page.getByRole('link', { name: '合同' }).click();
  await page.getByRole('link', { name: '交一份合同' }).click();
  await page.getByLabel('区县').selectOption({ label: '全市' });
  await page.getByLabel('合同编号').fill('株专区〔2026〕3号');
  await page.getByLabel('店方分成').fill('8.5');
  await page
    .getByLabel('从相册或文件选')
    .setInputFiles({ name: '合同.jpg', mimeType: 'image/jpeg', buffer: await picture(84, 600, 800) });
  await page.getByRole('button', { name: '去掉照片 1' }).waitFor();
  await looksRight(visitor, 'zone-contract-new');
  await page.getByRole('button', { name: '交上去，等主管部门' }).click();
  await page.getByText('等主管部门', { exact: true }).waitFor();
  const contractId = page.url().split('/').at(-1) ?? '';
  const office = { userId: officialId, divisions: ['430200'] };
  await world.get(ZoneContractService).decide(contractId, 'AGREED', '已核对', office);
  await page.reload();
  await page.getByText('放进来的店').click();
  await page.getByRole('button', { name: '全选' }).click();
  await page.getByRole('button', { name: '放进合同：1 家' }).click();
  await page.getByRole('link', { name: '神农城消费扶贫专区' }).waitFor();
  await page.getByText('提前终止').click();
  await looksRight(visitor, 'zone-contract');
}, 150_000);
