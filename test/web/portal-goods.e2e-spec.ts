import type { Browser } from 'playwright-core';
import { ReferencePriceService } from '#libs/catalog';
import { CertificationReviewService } from '#libs/certification';
import { DivisionService } from '#libs/division';
import { HarvestReviewService } from '#libs/harvest';
import { HouseholdRegisterService } from '#libs/household';
import { type IdOf, newId, refused } from '#libs/kernel';
import { SheetRunService } from '#libs/sheet';
import type { Grant } from '#platform/auth';
import { csvFile } from '#platform/sheets';
import { freePort } from '../harness/fleet.js';
import { World } from '../harness/world.js';
import { makeApplication } from '../make/application.make.js';
import { makeCertificationApplication } from '../make/certification.make.js';
import { makeDivisions } from '../make/division.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { picture } from '../make/photo.make.js';
import { makeHousehold } from '../make/household.make.js';
import { makeGoodsKind, makeProduct } from '../make/product.make.js';
import { makeUser } from '../make/user.make.js';
import { type Visitor, openBrowser, visits } from './browser.js';

const VILLAGE = {
  code: '430225209225',
  parentCode: '430225209',
  level: 'VILLAGE',
  name: '平乐村',
  isDesignated: false,
  longitude: null,
  latitude: null,
} as const;

let world: World;
let browser: Browser;
let url: string;
let consoleUrl: string;
let merchantId: IdOf<'mer'>;
let token: () => string;

const county = { userId: newId('usr'), divisions: ['430225'] };

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  [world, browser] = await Promise.all([
    World.start({ services: ['merchant', 'settlement'], settings: { PUBLIC_URL: url } }),
    openBrowser(),
  ]);
  world.clock.set('2026-11-02T02:00:00Z');
  await makeDivisions(world);
  await world.get(DivisionService).load([VILLAGE]);
  ({ id: merchantId } = await makeMerchant(world, { name: '炎陵县霞阳黄桃专业合作社' }));
  const kindCode = await makeGoodsKind(world);
  await makeProduct(world, {
    merchantId,
    kindCode,
    grade: 'FIRST',
    name: '炎陵黄桃',
    netWeightG: 2_500,
    pricesFen: [8_800n],
  });
  const reference = {
    idempotencyKey: newId('req'),
    kindCode,
    grade: 'UNGRADED',
    monthFrom: '2026-11',
    monthTo: '2026-12',
    jinPriceFen: 1_600n,
    source: '县农业农村局价格监测',
  } as Parameters<ReferencePriceService['record']>[0];
  const recorded = await world.get(ReferencePriceService).record(reference, county);
  if (refused(recorded)) throw new Error(recorded.message.en);
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
/** At the console of officials, at a desk. */
const reviewer = async (grant: Grant) => {
  const visitor = await sitDown({ width: 1_280, height: 900 });
  const { userId } = await makeUser(world, { displayName: '县里', grants: [grant] });
  await visitor.signedIn(world.personOf(userId, grant).token);
  return visitor;
};
const official: Grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' };
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
const listingOf = async (name: string) => {
  const [row] = await world.database.query<{ id: string; revision: number; state: string }>(
    "SELECT id, revision, state FROM product_listing WHERE JSON_VALUE(content, '$.name') = ? ORDER BY id DESC",
    [name],
  );
  return row ?? { id: '', revision: 0, state: '' };
};

it('goods are listed in three steps, kept while there is no network, mended, and come on sale', async () => {
  const visitor = await arrive();
  const { page, context } = visitor;
  await visitor.signedIn(token());
  await visitor.open('/listings');
  await page.getByRole('heading', { name: '炎陵黄桃' }).waitFor();
  await looksRight(visitor, 'listings');
  await page.getByRole('link', { name: '上架新货' }).click();
  await looksRight(visitor, 'listing-new');
  await page.getByRole('button', { name: /从头填/ }).click();
  await page.getByLabel('是哪一类').selectOption('YELLOW_PEACH');

  // Its name follows from its kind, where it grows from where its merchant is.
  expect(await page.getByLabel('叫什么').inputValue()).toBe('黄桃');
  await page.getByText('存好了。').waitFor();
  await looksRight(visitor, 'listing-what');

  // In the field there is no network: what is typed stays, and goes once there is one.
  await context.setOffline(true);
  await page.getByLabel('叫什么').fill('霞阳晚桃');
  await page.getByRole('button', { name: '鲜货，放不住' }).click();
  await page.getByText('没有网络，先留在这部手机上').waitFor();
  await context.setOffline(false);
  await page.getByText('存好了。').waitFor();

  expect((await listingOf('霞阳晚桃')).state).toBe('DRAFT');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '5 斤', exact: true }).click();
  await page.getByLabel('卖多少钱（元）').fill('110');
  await page.getByText('合 ¥22.00 一斤').waitFor();
  await page.getByText(/要审核的人说出理由才能卖/).waitFor();
  await page.getByLabel('卖多少钱（元）').fill('96');
  await page.getByText(/比一般的贵 20%/).waitFor();
  await looksRight(visitor, 'listing-packs');
  await page.getByLabel('卖多少钱（元）').fill('88');
  await page.getByText('价钱合适。').waitFor();
  await page.getByRole('button', { name: '下一步' }).click();
  const shown = { name: 'peach.jpg', mimeType: 'image/jpeg', buffer: await picture(5, 900, 900) };
  await page.getByLabel('从相册选').setInputFiles(shown);
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  await looksRight(visitor, 'listing-looks');

  // What is missing is asked for in the step where it belongs.
  await page.getByRole('button', { name: '交给县里审核' }).click();
  await page.getByText('请填写商品说明').waitFor();
  await page.getByLabel('说几句给买家听').fill('海拔八百米，晚熟，脆甜。');
  await page.getByText('存好了。').waitFor();

  // Another phone has typed on: whoever comes second is asked, and nothing is lost unsaid.
  const other = await arrive();
  await other.signedIn(token());
  await other.open(`/listings/${(await listingOf('霞阳晚桃')).id}`);
  await other.page.getByLabel('叫什么').fill('霞阳晚熟桃');
  await other.page.getByText('存好了。').waitFor();
  await page.getByLabel('叫什么').fill('霞阳冷库桃');
  await page.getByRole('heading', { name: '别的手机也改了这样货' }).waitFor();
  await looksRight(visitor, 'listing-choose');
  await page.getByRole('button', { name: '用这部手机的' }).click();
  await page.getByText('存好了。').waitFor();
  await page.getByRole('button', { name: '照片', exact: true }).click();
  await page.getByRole('button', { name: '交给县里审核' }).click();
  await page.getByText('县里在看，看好了就上架').waitFor();
  await looksRight(visitor, 'listing-waits');

  // An official of the county marks what is to be mended, and sends it back.
  const desk = await reviewer(official);
  await desk.open('/reviews');
  await desk.page.getByRole('link', { name: '霞阳冷库桃' }).waitFor();
  await looksRightAtDesk(desk, 'reviews');
  await desk.page.getByRole('link', { name: '霞阳冷库桃' }).click();
  await desk.page.getByRole('button', { name: '名称：要改', exact: true }).click();
  await desk.page.getByLabel('名称：怎么改', { exact: true }).fill('写上炎陵');
  expect(await desk.page.evaluate("document.querySelector('.review-photo').naturalWidth")).toBeGreaterThan(0);
  await looksRightAtDesk(desk, 'review-listing');
  await desk.page.getByRole('button', { name: '退回修改' }).click();
  await desk.page.getByLabel('理由').fill('名字里写上产地');
  await desk.page.getByRole('button', { name: '确定退回修改' }).click();
  await desk.page.getByText('炎陵县 · 已退回').waitFor();

  await visitor.open('/listings');
  await page.getByText('退回来了，改一改').waitFor();
  await page.getByRole('link', { name: /霞阳冷库桃/ }).click();
  await page.getByText('写上炎陵').first().waitFor();
  await looksRight(visitor, 'listing-returned');
  await page.getByLabel('叫什么').fill('炎陵霞阳冷库桃');
  await page.getByText('存好了。').waitFor();
  await page.getByRole('button', { name: '照片', exact: true }).click();
  await page.getByRole('button', { name: '交给县里审核' }).click();
  await page.getByText('县里在看，看好了就上架').waitFor();
  await desk.open(`/reviews/listings/${(await listingOf('炎陵霞阳冷库桃')).id}`);
  await desk.page.getByRole('button', { name: '通过', exact: true }).click();
  await desk.page.getByRole('button', { name: '确定通过' }).click();
  await desk.page.getByText('炎陵县 · 已通过').waitFor();

  // On sale; off with a reason, and on again.
  await visitor.open('/listings');
  const goods = page.getByRole('region', { name: '炎陵霞阳冷库桃' });
  await goods.getByText('在卖').waitFor();
  await goods.getByRole('button', { name: '下架' }).click();
  await looksRight(visitor, 'listings-off');
  await goods.getByRole('button', { name: '季节过了' }).click();
  await goods.getByText('下架了').waitFor();
  await goods.getByRole('button', { name: '重新上架' }).click();
  await goods.getByText('在卖').waitFor();
  await goods.getByRole('button', { name: /改价/ }).click();
  await goods.getByLabel(/卖多少钱/).fill('120');
  await goods.getByRole('button', { name: '就卖这个价' }).click();
  await goods.getByRole('link', { name: '改内容，请县里说理由' }).click();
  await page.getByRole('heading', { level: 1, name: '改在卖的货' }).waitFor();

  expect(await page.getByLabel('叫什么').inputValue()).toBe('炎陵霞阳冷库桃');
}, 180_000);

it('an agreement with a household is signed, paid by, and a payment that was wrong is taken back', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  const shown = async (seed: number) => ({
    name: `slip-${seed}.jpg`,
    mimeType: 'image/jpeg',
    buffer: await picture(seed, 600, 800),
  });
  const bring = async (seed: number) => {
    await page
      .getByLabel('从相册选')
      .first()
      .setInputFiles(await shown(seed));
    await page.getByLabel(/照片 1 正在传/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '去掉照片 1' }).waitFor();
  };
  await visitor.signedIn(token());
  await visitor.open('/linkage');
  await page.getByText('还没有和农户签协议。').waitFor();
  await looksRight(visitor, 'linkage-empty');
  await page.getByRole('link', { name: '签一份新协议' }).click();
  await page.getByRole('button', { name: '订单收购' }).click();
  await page.getByText('还没有介绍给您的农户。').waitFor();
  const { id: householdId } = await makeHousehold(world);
  await world.get(HouseholdRegisterService).introduce(householdId, merchantId, county);
  await page.reload();
  await page.getByRole('button', { name: '陈**' }).click();

  // What is missing is said beside its field.
  await page.getByRole('button', { name: '存好，下一步拍协议' }).click();
  await page.getByText('该类协议须写明单价').waitFor();
  await looksRight(visitor, 'linkage-new');
  await page.getByLabel('保底价，一斤多少元').fill('6.5');
  await page.getByLabel('从哪天起').fill('2026-03-01');
  await page.getByRole('button', { name: '存好，下一步拍协议' }).click();
  await page.getByText('还没签').waitFor();
  await bring(71);
  await looksRight(visitor, 'linkage-draft');
  await page.getByRole('button', { name: '签好了' }).click();
  await page.waitForTimeout(600);
  await page.getByRole('button', { name: '签了就不能改人和种类，再按一次' }).click();
  await page.getByText('在执行').waitFor();

  // A slip of a finger: it is taken back with a reason, and stays to be seen.
  await page.getByLabel('付给谁').selectOption(householdId);
  await page.getByLabel('付了多少元').fill('12500');
  await bring(72);
  await page.getByRole('button', { name: '记下这笔 ¥12,500.00' }).click();
  await page.getByText('记好了：陈** ¥12,500.00').waitFor();
  await looksRight(visitor, 'linkage-paid');
  await page.getByRole('button', { name: '记错了' }).click();
  await page.getByLabel('哪里不对').fill('多打了一个零');
  await page.getByRole('button', { name: '撤掉这笔，记得再补一笔对的' }).click();
  await page.getByText('−¥12,500.00').waitFor();
  await visitor.open('/linkage');
  await page.getByRole('link', { name: /订单收购/ }).waitFor();
  await looksRight(visitor, 'linkage');
  const rows = await world.database.query<{ amount_fen: string }>(
    'SELECT amount_fen FROM linkage_payment ORDER BY id',
  );
  expect(rows.map(({ amount_fen: fen }) => String(fen))).toEqual(['1250000', '-1250000']);
});

it('goods are put up for certification in three steps, sent back to one field, and go their way', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.signedIn(token());
  await visitor.open('/certifications');
  await page.getByText('还没有申请过认定。').waitFor();
  await page.getByRole('link', { name: '申请认定一样货' }).click();
  await page.getByText('乡镇审 → 县行业部门审').first().waitFor();
  await looksRight(visitor, 'certification-new');
  await page.getByRole('button', { name: '炎陵黄桃', exact: true }).click();
  await page.getByLabel('产在哪个乡镇').selectOption('430225209');
  await page.getByLabel('一年卖多少元').fill('880000');
  await page.getByRole('button', { name: '不是，鲜货' }).click();
  await page.getByText('存好了。').waitFor();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: /订单收购 · 1 户/ }).click();
  await page.getByLabel('一样的货，别处卖多少钱').fill('县城超市同级黄桃 12 元一斤，我们 10 元');
  await looksRight(visitor, 'certification-help');
  await page.getByRole('button', { name: '下一步' }).click();
  const bring = async (name: string, no: number) => {
    const card = page.getByRole('group', { name });
    const shown = { name: `${no}.jpg`, mimeType: 'image/jpeg', buffer: await picture(80 + no, 400, 500) };
    await card.getByLabel('从相册或文件选').setInputFiles(shown);
    await card.getByRole('button', { name: '去掉照片 1' }).waitFor();
    await card.getByRole('progressbar').waitFor({ state: 'detached' });
  };
  await bring('检测报告，一年以内的', 1);
  await page.getByLabel('上面的编号').first().fill('JC2026-0718');
  await page.getByLabel('哪天出的').fill('2026-07-18');
  await bring('承诺达标合格证', 2);
  await bring('产品照片', 3);
  await looksRight(visitor, 'certification-papers');

  // All that is missing is said at once, each where it is mended.
  await page.getByRole('button', { name: '交上去' }).click();

  await page.getByText('请填写售后联系方式与承诺').waitFor();
  await page.getByLabel('买家有事找谁，怎么赔').fill('坏果包赔，48 小时内打合作社电话');
  await page.getByRole('button', { name: /材料/ }).click();
  await page.getByText('还缺：真实性承诺书').waitFor();
  await bring('真实性承诺书，签字盖章', 4);
  await page.getByText('存好了。').waitFor();
  await page.getByRole('button', { name: '交上去' }).click();
  await page.getByText('交上去了，在一级一级审').waitFor();
  await looksRight(visitor, 'certification-waits');

  const [row] = await world.database.query<{ id: IdOf<'cap'>; revision: number }>(
    'SELECT id, revision FROM certification_application',
  );
  const { id = '', revision = 0 } = row ?? {};
  const back = await world
    .get(CertificationReviewService)
    .returnForMending(
      { applicationId: id, revision, reason: '照片不清楚' },
      [{ path: 'content.papers.1.fileIds', message: '照片要看得清箱子' }],
      { userId: newId('usr'), divisions: ['430225209'], desks: ['TOWNSHIP:430225209'] },
    );
  if (refused(back)) throw new Error(back.message.en);
  await visitor.open(`/certifications/${id}`);
  await page.getByText('退回来了：照片不清楚').waitFor();
  await looksRight(visitor, 'certification-returned');
  await visitor.open('/certifications');
  await page.getByText('退回来了，改一改').waitFor();
  await looksRight(visitor, 'certifications');
});

it('applicants and products are looked at by one desk, each by whoever may', async () => {
  const applicant = await makeUser(world);
  const { id } = await makeApplication(world, applicant.userId);
  const desk = await reviewer(official);
  const { page } = desk;
  await desk.open('/reviews?kind=applications');
  await page.getByRole('link', { name: '炎陵县平乐黄桃专业合作社' }).click();
  await page.getByText('营业执照').first().waitFor();
  await looksRightAtDesk(desk, 'review-application');
  await page.getByRole('button', { name: '推荐', exact: true }).click();
  await page.getByLabel('理由').fill('平乐种桃多年，带动六十户');
  await page.getByRole('button', { name: '确定推荐' }).click();
  await page.getByText('待平台审批').waitFor();
  const platform = await reviewer({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });
  await platform.open(`/reviews/applications/${id}?lang=en`);
  await platform.page.getByRole('button', { name: 'Approve', exact: true }).click();
  await platform.page.getByRole('button', { name: /Approve/ }).click();
  await platform.page.getByText('Approved').waitFor();
  await looksRightAtDesk(platform, 'review-application-english');

  const made = await makeCertificationApplication(world, (await makeUser(world)).userId, { households: 2 });
  const township = await reviewer({ role: 'TOWNSHIP_REVIEWER', scopeKind: 'DIVISION', scopeId: '430225209' });
  await township.open('/reviews?kind=certifications');
  await township.page.getByRole('link', { name: '炎陵黄桃' }).click();
  await township.page.getByText('1 份协议，2 户').waitFor();
  await looksRightAtDesk(township, 'review-certification');
  await township.page.getByRole('button', { name: '通过本级' }).click();
  await township.page.getByLabel('理由').fill('现场看过，属实');
  await township.page.getByRole('button', { name: '确定通过本级' }).click();
  await township.page.getByText('通过本级 · 乡镇').waitFor();

  // The county does not sit at the department's desk, and is told so.
  await desk.open(`/reviews/certifications/${made.id}`);
  await page.getByRole('button', { name: '通过本级' }).click();
  await page.getByLabel('理由').fill('同意');
  await page.getByRole('button', { name: '确定通过本级' }).click();
  await page.getByRole('alert').waitFor();
}, 120_000);

it('a table is looked at row by row, said yes to, and what is left of it taken to be mended', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.signedIn(token());
  await visitor.open('/imports');
  await page.getByRole('heading', { name: '第二步' }).waitFor();
  await page.getByText('每一列怎么填').click();
  await looksRight(visitor, 'imports');
  const head = ['商品名称', '品类', '产地', '规格', '等级', '净重克', '价格元'];
  const rows = [
    ['霞阳蜜桃', '黄桃', '炎陵县', '5 斤装', '一级', '2500', '66'],
    ['霞阳油桃', '黄桃', '炎陵县', '5 斤装', '一级', '2500', '很贵'],
    ['霞阳毛桃', '桃子', '炎陵县', '5 斤装', '一级', '2500', '66'],
  ];
  const file = { name: '十一月的桃.csv', mimeType: 'text/csv', buffer: csvFile([head, ...rows]) };
  await page.getByLabel('选填好的表').setInputFiles(file);
  await page.getByRole('button', { name: '传上来查一遍' }).click();
  await page.getByRole('heading', { name: '查过了，还没导入' }).waitFor();
  await page.getByText('请填写以元为单位的金额').waitFor();
  await page.getByText('没有这个品类').waitFor();
  await looksRight(visitor, 'import-checked');
  expect((await listingOf('霞阳蜜桃')).state).toBe('');

  await page.getByRole('button', { name: '导入 1 行' }).click();
  await page.getByText('关掉这一页也会接着办').waitFor();
  await looksRight(visitor, 'import-running');
  while ((await world.get(SheetRunService).work()) > 0);
  await page.getByRole('heading', { name: '导入完了' }).waitFor();
  expect((await listingOf('霞阳蜜桃')).state).toBe('DRAFT');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载这些行' }).click();

  expect((await download).suggestedFilename()).toMatch(/-failed\.xlsx$/);
  await looksRight(visitor, 'import-done');
});

it('a listing reads in English, and what is somebody else’s is not there', async () => {
  const visitor = await arrive();
  await visitor.signedIn(token());
  await visitor.open('/listings/lst_nobody?lang=en');
  await visitor.page.getByText('Not here: there is none').waitFor();
  await looksRight(visitor, 'listing-missing');
}, 60_000);

/** The next harvest from there is ordered before it is picked: opened, a day of it changed, closed. Its village grows less than that. */
async function presell(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const season = { kindCode: 'YELLOW_PEACH', seasonFrom: '2026-11-01', seasonTo: '2026-12-31' };
  const registered = await world
    .get(HarvestReviewService)
    .setCapacity({ ...season, villageCode: VILLAGE.code, capacityG: 1_000_000 }, county);
  if (refused(registered)) throw new Error(registered.message.en);
  await visitor.open('/presales');
  await page.getByText('现在没有预售。').waitFor();
  await looksRight(visitor, 'presales-empty');
  await page.getByRole('link', { name: '开一期预售' }).click();
  await page.getByRole('button', { name: '两周后' }).click();
  await page.getByRole('button', { name: '3 天', exact: true }).click();
  await page.getByLabel('一天最多发多少公斤').fill('300');

  // What is typed is there after the phone has forgotten the page.
  await page.reload();
  await page.getByText('3 天，一共最多 900 公斤').waitFor();
  await looksRight(visitor, 'presale-new');
  await page.getByRole('button', { name: '开始预售' }).click();
  await page.getByText('预售开好了：3 天，一共最多 900 公斤，现在能订 600 公斤').waitFor();
  await page.getByText('多出 300 公斤，这些等县里放行').waitFor();
  await visitor.open('/');
  // More of what is to be done may come in above it under the thumb.
  const task = page.getByRole('link', { name: /预售有 300 公斤等县里放行/ });
  await visitor.open((await task.getAttribute('href')) ?? '');
  await page.getByRole('button', { name: /11月18日/ }).click();
  await page.getByLabel('11月18日最多发多少公斤').fill('0');
  await looksRight(visitor, 'presale');
  await page.getByRole('button', { name: '改成这么多' }).first().click();
  await page.getByText('这些等县里放行').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '关掉这一期' }).click();
  await page.waitForTimeout(600);
  await page.getByRole('button', { name: '再按一次：不再接单' }).click();
  await page.getByText('关了，订了的照发').waitFor();
  await visitor.open('/presales');
  await page.getByRole('button', { name: '关了的' }).click();
  await page.getByRole('link', { name: /最多 600 公斤，已订 0/ }).waitFor();
  await looksRight(visitor, 'presales');
}

it('a harvest is registered by a few taps, is presold, comes in, is tested, and is recalled in two steps', async () => {
  const visitor = await arrive();
  const { page } = visitor;
  await visitor.signedIn(token());
  await visitor.open('/batches');
  await page.getByRole('link', { name: '登记新的一批' }).click();
  await page.getByLabel('哪个乡镇').selectOption('430225209');
  await page.getByLabel('村', { exact: true }).selectOption(VILLAGE.code);
  await page.getByRole('button', { name: '3 天', exact: true }).click();
  await page.getByLabel('一共多少公斤').fill('500');
  await page.getByRole('button', { name: '采完 30 天' }).click();
  await looksRight(visitor, 'batch-new');
  await page.getByRole('button', { name: '登记，拿溯源码' }).click();

  await page.getByText('平乐村').waitFor();
  await page.getByLabel('到了多少件').fill('201');
  await page.getByRole('button', { name: '入库' }).click();
  await page.getByText('这一批可入库 500 公斤').waitFor();
  await page.getByLabel('到了多少件').fill('200');
  await page.getByRole('button', { name: '入库' }).click();
  await page.getByText('500 公斤').nth(2).waitFor();
  await page.getByRole('button', { name: '拍检测报告' }).click();
  const shown = { name: 'report.jpg', mimeType: 'image/jpeg', buffer: await picture(6, 900, 900) };
  await page.getByLabel('从相册选').setInputFiles(shown);
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '合格', exact: true }).click();
  await page.getByLabel('检测机构').fill('株洲市农产品检测中心');
  await page.getByLabel('报告编号').fill('NO.2026-1');
  await looksRight(visitor, 'batch-report');
  await page.getByRole('button', { name: '交报告' }).click();
  await page.getByText('看原件').waitFor();
  await page.getByRole('link', { name: '打印溯源标签' }).click();
  await page.getByRole('button', { name: '打印' }).waitFor();
  await looksRight(visitor, 'batch-labels');
  await page.goBack();

  await presell(visitor);
  await visitor.open('/batches');
  await page.getByRole('link', { name: /一共 500 公斤/ }).click();
  await page.getByRole('button', { name: '这一批有问题，要召回' }).click();
  await page.getByRole('button', { name: '检测发现农药残留超标' }).click();
  await looksRight(visitor, 'batch-recall');
  await page.getByRole('button', { name: '召回', exact: true }).click();
  await page.waitForTimeout(600);
  await page.getByRole('button', { name: '再按一次：召回并通知买家' }).click();
  await page.getByText('已召回，停止销售').waitFor();
  await looksRight(visitor, 'batch');
  await visitor.open('/batches');
  await page.getByText('已召回').waitFor();
  await looksRight(visitor, 'batches');
  expect(visitor.complaints).toEqual([]);
});
