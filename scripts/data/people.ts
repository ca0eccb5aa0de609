import { present } from '#libs/kernel';
import type { DemoLogin, MembershipRow, MerchantRow, PersonRow } from './files.js';
import { PHONES } from './phones.js';
import { seededId } from './seeded-id.js';
import type { County } from './shared.js';

/** Merchants that the tour and the demo logins name, each with a clerk beside its owner. */
const WELL_KNOWN = [
  'pingle-peach',
  'yantang-tea',
  'lianxing-tofu',
  'guoci-porcelain',
  'luyuan-goose',
  'dayuan-tea',
  'jieshou-garlic',
  'wangshiwan-chilli',
];

/** How many of them the list of logins shows. */
const SHOWN = 4;

/** Nicknames, as people give themselves in a shop. */
const CONSUMERS = [
  '湘江边的风',
  '小禾',
  '桃子爱好者',
  '周末下厨',
  '阿玲的菜篮',
  '老街坊',
  '山里来信',
  '慢慢喝茶',
  '神农湖跑者',
  '团购小能手',
  '豆豆妈',
  '辣不怕',
  '一碗米饭',
  '车站南边',
  '清晨买菜',
  '炎帝广场见',
  '爱吃香干',
  '瓷都小李',
  '渌水长流',
  '云田种花人',
];

export interface People {
  readonly people: readonly PersonRow[];
  readonly memberships: readonly MembershipRow[];
  readonly logins: readonly DemoLogin[];
}

export function generatePeople(counties: readonly County[], merchants: readonly MerchantRow[]): People {
  const people: PersonRow[] = [];
  const memberships: MembershipRow[] = [];
  const logins: DemoLogin[] = [];

  function add(
    phone: string,
    displayName: string,
    grant?: Pick<MembershipRow, 'role' | 'scopeKind' | 'scopeId'>,
  ): void {
    const id = seededId('usr', phone);
    people.push({ id, phone, displayName });
    if (!grant) return;
    memberships.push({
      id: seededId('mbr', `${phone}:${grant.role}:${grant.scopeId}`),
      userId: id,
      ...grant,
    });
  }

  const platform = { scopeKind: 'PLATFORM', scopeId: '*' } as const;
  add(PHONES.operator, '平台运营', { role: 'OPERATOR', ...platform });
  add(PHONES.finance, '平台财务', { role: 'FINANCE', ...platform });
  add(PHONES.checker, '平台财务复核', { role: 'FINANCE', ...platform });
  add(PHONES.auditor, '审计员', { role: 'AUDITOR', ...platform });
  const within = (role: MembershipRow['role'], scopeId: string) =>
    ({ role, scopeKind: 'DIVISION', scopeId }) as const;
  const official = (scopeId: string) => within('OFFICIAL', scopeId);
  add(PHONES.city(0), '株洲市消费帮扶专班', official('430200'));
  add(PHONES.city(1), '株洲市统计员', within('STATISTICIAN', '430200'));
  // Publishing takes two of the office, and those who only count are none of it.
  add(PHONES.city(2), '株洲市消费帮扶专班负责人', official('430200'));
  add(PHONES.city(3), '株洲市财政局', within('FINANCE_REVIEWER', '430200'));
  add(PHONES.city(4), '株洲市督查组', within('INSPECTOR', '430200'));
  add(PHONES.city(5), '株洲市教育局', within('DEPARTMENT_OFFICER', '430200'));
  for (const [index, county] of counties.entries())
    add(PHONES.county(index), `${county.name}统计员`, official(county.code));
  add(PHONES.below(0), '炎陵县认定专员', within('CERTIFIER', '430225'));
  add(PHONES.below(1), '炎陵县中村瑶族乡', within('TOWNSHIP_REVIEWER', '430225209'));
  add(PHONES.below(2), '平乐村干部', within('VILLAGE_OFFICER', '430225209225'));
  add(PHONES.below(3), '炎陵县农业农村局', within('DEPARTMENT_OFFICER', '430225'));
  add(PHONES.procurement, '株洲市示范中学食堂采购');
  add(PHONES.approver, '株洲市示范中学后勤主任');
  for (const [index, merchant] of merchants.entries()) {
    const scope = { scopeKind: 'MERCHANT', scopeId: merchant.id } as const;
    add(merchant.contactPhone, merchant.contactName, { role: 'MERCHANT_OWNER', ...scope });
    if (WELL_KNOWN.includes(merchant.key))
      add(PHONES.clerk(index), `${merchant.name}仓管`, { role: 'MERCHANT_CLERK', ...scope });
    // Who drives the route of the demonstration.
    if (merchant.key === 'guoci-porcelain')
      add(PHONES.restocker, `${merchant.name}补货员`, { role: 'RESTOCKER', ...scope });
  }
  for (const [index, nickname] of CONSUMERS.entries()) add(PHONES.consumer(index), nickname);

  const merchantOf = (key: string) =>
    present(
      merchants.find((merchant) => merchant.key === key),
      key,
    );
  const countyPhone = (code: string) => PHONES.county(counties.findIndex((county) => county.code === code));
  const login = (service: DemoLogin['service'], phone: string, who: string, note: string) =>
    logins.push({ who, phone, service, note });
  login(
    'storefront',
    PHONES.consumer(0),
    '买家（湘江边的风）',
    'Buyer. Buys the first box of yellow peaches; has three coupons.',
  );
  login(
    'storefront',
    PHONES.consumer(1),
    '买家（小禾）',
    'A second buyer, who sees nothing of the first: orders, an exchange, an open claim.',
  );
  login('storefront', PHONES.procurement, '食堂采购', 'Buys for a school canteen.');
  login('storefront', PHONES.approver, '后勤主任', 'Approves what the school canteen buys.');
  for (const key of WELL_KNOWN.slice(0, SHOWN)) {
    const merchant = merchantOf(key);
    login('merchant', merchant.contactPhone, merchant.name, `Owner: orders, stock and money of ${key}.`);
  }
  const host = merchantOf('xianghe-host');
  login(
    'merchant',
    host.contactPhone,
    host.name,
    'Runs zones in its supermarkets and a pavilion: range, contract, sales of a month, purchases.',
  );
  const pingle = merchantOf('pingle-peach');
  login(
    'merchant',
    PHONES.clerk(merchants.indexOf(pingle)),
    `${pingle.name}（仓管）`,
    'Clerk: orders and stock, no money.',
  );
  login('settlement', countyPhone('430225'), '炎陵县统计员', 'Official of Yanling: volume of 430225 only.');
  login('settlement', countyPhone('430224'), '茶陵县统计员', 'Official of Chaling: sees nothing of Yanling.');
  login(
    'settlement',
    PHONES.city(0),
    '株洲市消费帮扶专班',
    'Official of the city: volume of all nine counties.',
  );
  login(
    'settlement',
    PHONES.city(1),
    '株洲市统计员',
    'Statistician of the city: targets, and the lock of months.',
  );
  login(
    'settlement',
    PHONES.city(2),
    '株洲市消费帮扶专班负责人',
    'The second of the office: agrees that months are published.',
  );
  login('settlement', PHONES.city(3), '株洲市财政局', 'Finance bureau: units that buy, and reserved shares.');
  login('settlement', PHONES.city(4), '株洲市督查组', 'Inspector of the city: sees, and changes nothing.');
  login('settlement', PHONES.city(5), '株洲市教育局', 'A department: the figures of the city.');
  login(
    'settlement',
    PHONES.below(0),
    '炎陵县认定专员',
    'Certifier of Yanling: claims, look-alikes and flags.',
  );
  login('settlement', PHONES.below(1), '炎陵县中村瑶族乡', 'A township: reviews what its villages declare.');
  login('settlement', PHONES.below(2), '平乐村干部', 'A village: declares what it has sold elsewhere.');
  login(
    'settlement',
    PHONES.below(3),
    '炎陵县农业农村局',
    'The department of agriculture of Yanling: checks products that ask to be recognised.',
  );
  login('settlement', PHONES.auditor, '审计员', 'Auditor: reads everything, the books included.');
  login('settlement', PHONES.finance, '平台财务', 'Finance: ledger, payouts; proposes.');
  login(
    'settlement',
    PHONES.checker,
    '平台财务复核',
    'Finance as well: approves what the other has proposed.',
  );
  login('settlement', PHONES.operator, '平台运营', 'Operator: also dead deliveries and their replay.');
  return { people, memberships, logins };
}
