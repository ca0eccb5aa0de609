import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { present, isCreditCode } from '#libs/kernel';
import { normalisePhone } from '#libs/identity';
import { ROLES } from '#platform/auth';
import { refusePlaces } from '../../libs/address/src/address.rules.js';
import { provinceOf } from '../../libs/ordering/src/freight.rules.js';
import { type CsvRow, parseCsv } from '../../scripts/data/csv.js';
import type { DemoLogin, DivisionsFile, Totals } from '../../scripts/data/files.js';
import { countryPath, dataPath, readSource } from '../../scripts/data/paths.js';
import { FICTIONAL_PHONE } from '../../scripts/data/phones.js';
import { VOLUME_TOTAL_FEN } from '../../scripts/data/volume-history.js';
import { generateZhuzhou } from '../../scripts/data/zhuzhou.js';

const textOf = (file: string) => readFileSync(dataPath(file), 'utf8');
const rowsOf = (file: string) => parseCsv(textOf(file));
const column = (rows: readonly CsvRow[], name: string) => rows.map((row) => present(row[name], name));
const countBy = (values: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

const divisions = (JSON.parse(textOf('divisions.json')) as DivisionsFile).divisions;
const merchants = rowsOf('merchants.csv');
const products = rowsOf('products.csv');
const batches = rowsOf('product-batches.csv');
const points = rowsOf('channel-points.csv');
const listings = rowsOf('channel-listings.csv');
const volume = rowsOf('volume-history.csv');
const certifications = rowsOf('certifications.csv');
const people = rowsOf('people.csv');
const totals = JSON.parse(textOf('totals.json')) as Totals;
const everyFile = [
  ...readdirSync(dataPath()).filter((name) => /\.(csv|json)$/.test(name)),
  ...readdirSync(dataPath('source')).map((name) => `source/${name}`),
];
const byId = (rows: readonly CsvRow[]) => new Map(rows.map((row) => [row['id'], row]));

describe('the files of Zhuzhou', () => {
  it('are what the generator writes, to the byte', () => {
    for (const [name, text] of generateZhuzhou()) {
      // Not toBe on the texts: a difference in a file of megabytes is unreadable.
      expect([name, textOf(name) === text]).toEqual([name, true]);
    }
  });

  it('carry the checksums and row counts that totals.json says', () => {
    for (const [name, { rows, sha256 }] of Object.entries(totals.files)) {
      expect([name, rowsOf(name).length]).toEqual([name, rows]);
      expect([name, createHash('sha256').update(textOf(name)).digest('hex')]).toEqual([name, sha256]);
    }
  });

  it('have the size of the city', () => {
    expect(countBy(divisions.map(({ level }) => level))).toEqual({
      PROVINCE: 1,
      CITY: 1,
      COUNTY: 9,
      TOWNSHIP: 112,
      VILLAGE: 1400,
    });
    expect(countBy(column(points, 'kind'))).toEqual({ PAVILION: 21, ZONE: 241, COUNTER: 326 });
    expect(merchants).toHaveLength(61);
    expect(products).toHaveLength(200);
    expect(rowsOf('households.csv')).toHaveLength(2_000);
    expect(rowsOf('linkage-agreements.csv')).toHaveLength(250);
    expect(divisions.filter(({ isDesignated }) => isDesignated).map(({ code }) => code)).toEqual([
      '430224',
      '430225',
    ]);
  });

  it('stay small enough for a repository', () => {
    const size = (file: string) => Buffer.byteLength(textOf(file));

    expect(size('divisions.json')).toBeLessThan(250_000);
    expect(size('volume-history.csv')).toBeLessThan(3_000_000);
    expect(everyFile.reduce((sum, file) => sum + size(file), 0)).toBeLessThan(5_000_000);
  });

  it('name each thing once', () => {
    for (const file of Object.keys(totals.files)) {
      const rows = rowsOf(file);
      const ids = rows.map((row) => row['id']).filter((id) => id !== undefined);
      expect([file, new Set(ids).size]).toEqual([file, ids.length]);
      for (const id of ids) expect(id).toMatch(/^[a-z]{3}_01D03BBF00[0-9A-HJKMNP-TV-Z]{16}$/);
    }
    for (const unique of ['name', 'creditCode']) expect(new Set(column(merchants, unique)).size).toBe(61);
    expect(new Set(column(products, 'name')).size).toBe(200);
  });
});

describe('the page about the data', () => {
  it('names ids and sums that the data has', () => {
    const page = readFileSync(dataPath('README.md'), 'utf8');
    const ids = page.match(/\b[a-z]{3}_01D[0-9A-Z]+/g) ?? [];
    const known = ['channel-points.csv', 'products.csv', 'product-variants.csv', 'merchants.csv']
      .map(textOf)
      .join('');
    const yuan = (fen: string | undefined) =>
      present(fen, 'a sum')
        .replace(/(\d\d)$/, '.$1')
        .replace(/\B(?=(\d{3})+\.)/g, ',');

    expect(ids).toHaveLength(4);
    expect(ids.filter((id) => !known.includes(id))).toEqual([]);
    expect(page).toContain(yuan(totals.volume.byCounty['430225']));
    expect(page).toContain(yuan(totals.volume.byProduct['yellow-peach']));
  });
});

describe('privacy and honesty', () => {
  it('gives nobody a telephone number from outside the fictional range', () => {
    for (const phone of [...column(people, 'phone'), ...column(merchants, 'contactPhone')]) {
      expect(phone).toMatch(FICTIONAL_PHONE);
      expect(normalisePhone(phone)).toBe(phone);
    }
    // Sums in fen are as long as telephone numbers.
    for (const file of everyFile.filter((name) => name !== 'totals.json')) {
      const found = textOf(file).match(/(?<![0-9A-Za-z])1[3-9]\d{9}(?!\d)/g) ?? [];
      expect([file, found.filter((phone) => !FICTIONAL_PHONE.test(phone))]).toEqual([file, []]);
    }
  });

  it('contains no identity number, whole or masked', () => {
    for (const file of everyFile) {
      expect([
        file,
        textOf(file).match(/(?<![0-9A-Za-z])\d{6}(18|19|20)\d{2}[\d*]{7}[\dXx](?![0-9A-Za-z])/),
      ]).toEqual([file, null]);
    }
  });

  it('masks every name of a household', () => {
    const names = [
      ...column(rowsOf('households.csv'), 'headName'),
      ...column(rowsOf('household-members.csv'), 'name'),
    ];

    expect(names.filter((name) => !/^.\*{1,2}$/u.test(name))).toEqual([]);
  });

  it('gives merchants credit codes of correct form that no register holds', () => {
    for (const merchant of merchants) {
      const code = present(merchant['creditCode'], 'a credit code');
      expect(isCreditCode(code)).toBe(true);
      expect(code.slice(2, 12)).toBe(`${merchant['countyCode']}XXXX`);
    }
  });

  it('leaves out what is not from Zhuzhou, and words that label people', () => {
    for (const file of everyFile)
      expect([file, /狗脑贡|贫困|Poor|Poverty/i.exec(textOf(file))]).toEqual([file, null]);
  });
});

describe('goods', () => {
  it('grow in the county of the merchant who sells them', () => {
    const merchantOf = byId(merchants);
    const productOf = byId(products);
    const known = new Set(divisions.map(({ code }) => code));
    for (const product of products) {
      expect(merchantOf.get(product['merchantId'])?.['countyCode']).toBe(product['originCountyCode']);
    }
    for (const batch of batches) {
      expect(productOf.get(batch['productId'])?.['originCountyCode']).toBe(batch['originCountyCode']);
      expect(batch['originVillageCode']?.slice(0, 6)).toBe(batch['originCountyCode']);
      expect(known.has(batch['originVillageCode'] ?? '')).toBe(true);
    }
  });

  it('come with one to three variants, of which the cheapest is the price that lists show', () => {
    const variants = rowsOf('product-variants.csv');
    for (const product of products) {
      const prices = variants
        .filter((variant) => variant['productId'] === product['id'])
        .map((variant) => Number(variant['priceFen']));
      expect(prices.length).toBeGreaterThanOrEqual(1);
      expect(prices.length).toBeLessThanOrEqual(3);
      expect(Math.min(...prices)).toBe(Number(product['priceFromFen']));
    }
  });

  it('name agreements that are in force, of their own merchant, with four to twelve households', () => {
    const agreements = byId(rowsOf('linkage-agreements.csv'));
    const productOf = byId(products);
    for (const batch of batches.filter((row) => row['linkageAgreementId'] !== '')) {
      const agreement = agreements.get(batch['linkageAgreementId']);
      expect(agreement?.['merchantId']).toBe(productOf.get(batch['productId'])?.['merchantId']);
      expect(agreement?.['endsBefore']).toBe('');
    }
    const sizes = Object.values(countBy(column(rowsOf('linkage-households.csv'), 'agreementId')));
    expect(sizes).toHaveLength(250);
    expect(sizes.filter((size) => size < 4 || size > 12)).toEqual([]);
  });

  it('are certified in three cases of four, and some certificates have expired or were struck off', () => {
    const isInForce = (row: CsvRow) =>
      row['scheme'] === 'CITY_2024' && row['revoked'] === '' && Number(row['validTo']) > 0;
    const certified = new Set(certifications.filter(isInForce).map((row) => row['productId']));

    expect(certified.size).toBe(150);
    expect(certifications.filter((row) => row['revoked'] !== '')).toHaveLength(4);
    expect(
      certifications.filter((row) => row['scheme'] === 'CITY_2024' && Number(row['validTo']) < 0),
    ).toHaveLength(6);
  });

  it('have the yellow peach on sale for months, whatever the season', () => {
    const peach = present(
      products.find((product) => product['key'] === 'yellow-peach'),
      'the yellow peach',
    );
    const [batch, ...others] = batches.filter((row) => row['productId'] === peach['id']);
    const stock = rowsOf('stock-levels.csv').filter((row) => row['batchId'] === batch?.['id']);

    expect(others).toEqual([]);
    expect(batch).toMatchObject({ originVillageCode: '430225209225' });
    expect(Number(batch?.['bestBeforeInDays'])).toBeGreaterThan(100);
    expect(stock.map((row) => row['onHand'])).toEqual(['20000', '20000', '20000']);
    expect(
      products.every(
        (product) => present(product['listedOn'], 'a day') <= present(peach['listedOn'], 'a day'),
      ),
    ).toBe(true);
  });
});

describe('the divisions of the country', () => {
  const rows = parseCsv(readFileSync(countryPath('cn.csv'), 'utf8')).map((row) => ({
    code: row['code'] ?? '',
    name: row['name'] ?? '',
    level: row['level'] as DivisionsFile['divisions'][number]['level'],
    parentCode: row['parentCode'] === '' ? null : (row['parentCode'] ?? ''),
  }));
  const country = new Map(rows.map((row) => [row.code, row]));
  const counties = rows.filter(({ level }) => level === 'COUNTY');

  it('are all of them, each once, in order', () => {
    expect(countBy(rows.map(({ level }) => level))).toEqual({ PROVINCE: 34, CITY: 329, COUNTY: 2855 });
    expect(rows.map(({ code }) => code)).toEqual([...country.keys()].toSorted());
    expect(
      rows.filter(({ code, name }) => !/^[1-8]\d{5}$/.test(code) || !/^\p{Script=Han}{2,15}$/u.test(name)),
    ).toEqual([]);
  });

  it.each([
    ['110101', '东城区', '110000'], // no city between a municipality and its districts
    ['310115', '浦东新区', '310000'],
    ['500229', '城口县', '500000'],
    ['430121', '长沙县', '430100'],
    ['430225', '炎陵县', '430200'],
    ['431302', '娄星区', '431300'],
    ['429004', '仙桃市', '420000'], // a county-level city of the province itself
    ['441900', '东莞市', '440000'], // a city without counties
    ['620200', '嘉峪关市', '620000'],
    ['460302', '西沙区', '460300'],
    ['659001', '石河子市', '650000'],
    ['653228', '和康县', '653200'], // of 2024
    ['540581', '错那市', '540500'], // of 2023
  ])('%s is %s in %s', (code, name, parentCode) => {
    expect(country.get(code)).toEqual({ code, name, level: 'COUNTY', parentCode });
  });

  it.each(['110100', '430271', '460321', '441901', '620201'])('%s is no place of its own', (code) => {
    expect(country.get(code)).toBeUndefined();
  });

  it('lead up from every county: an address is taken with its city and province, and freight finds that province', () => {
    const wrong = counties.filter(({ code, parentCode }) => {
      const parent = country.get(parentCode ?? '');
      const top = parent?.level === 'CITY' ? parent.parentCode : parentCode;
      const chosen = {
        countyCode: code,
        townshipCode: '',
        cityCode: parentCode ?? '',
        provinceCode: top ?? '',
      };
      return (
        country.get(top ?? '')?.level !== 'PROVINCE' ||
        provinceOf(code) !== top ||
        refusePlaces(chosen, country) !== null
      );
    });

    expect(wrong).toEqual([]);
  });

  it('leave no province or city without a county, but for the three that the standard leaves empty', () => {
    const parents = new Set(rows.map(({ parentCode }) => parentCode));

    expect(
      rows.filter(({ code, level }) => level !== 'COUNTY' && !parents.has(code)).map(({ name }) => name),
    ).toEqual(['台湾省', '香港特别行政区', '澳门特别行政区']);
  });

  it('say of Zhuzhou what its own file says', () => {
    for (const { code, name, level, parentCode } of divisions.filter(({ code }) => code.length === 6))
      expect(country.get(code)).toEqual({ code, name, level, parentCode });
  });
});

describe('points of sale', () => {
  it('lie near the seat of their county, in a township of it', () => {
    const place = new Map(divisions.map((division) => [division.code, division]));
    for (const point of points) {
      const county = present(place.get(point['countyCode'] ?? ''), 'a county');
      expect(place.get(point['townshipCode'] ?? '')?.parentCode).toBe(county.code);
      expect(Math.abs(Number(point['longitude']) - present(county.longitude, 'a longitude'))).toBeLessThan(
        0.11,
      );
      expect(Math.abs(Number(point['latitude']) - present(county.latitude, 'a latitude'))).toBeLessThan(0.1);
    }
  });

  it('stand in all nine counties, with pavilions of the city, of every county and of enterprises', () => {
    const pavilions = points.filter((point) => point['kind'] === 'PAVILION');
    const ofCounties = pavilions.filter((pavilion) => pavilion['ownerKind'] === 'COUNTY');

    expect(new Set(column(ofCounties, 'countyCode')).size).toBe(9);
    expect(countBy(column(pavilions, 'ownerKind'))).toEqual({ CITY: 2, COUNTY: 10, ENTERPRISE: 9 });
    for (const kind of ['ZONE', 'COUNTER']) {
      const ofKind = points.filter((point) => point['kind'] === kind);
      expect(new Set(column(ofKind, 'countyCode')).size).toBe(9);
    }
    expect(
      new Set(
        column(
          points.filter((point) => point['kind'] === 'ZONE'),
          'hostKind',
        ),
      ).size,
    ).toBe(5);
  });

  it('each carry a range, and the pavilion of Yanling carries Yanling, the yellow peach first', () => {
    const productOf = byId(products);
    const yanling = present(
      points.find((point) => point['key'] === 'pavilion-yanling'),
      'the pavilion',
    );
    const range = listings
      .filter((row) => row['channelPointId'] === yanling['id'])
      .map((row) => productOf.get(row['productId']));

    expect(new Set(column(listings, 'channelPointId')).size).toBe(points.length);
    expect(range[0]?.['key']).toBe('yellow-peach');
    expect(range.length).toBeGreaterThan(40);
    expect(new Set(range.map((product) => product?.['originCountyCode']))).toEqual(new Set(['430225']));
  });
});

describe('people', () => {
  it('officials of the city and of each county, an owner for each merchant, twenty consumers', () => {
    const memberships = rowsOf('memberships.csv');
    const scopes = (role: string) =>
      memberships.filter((row) => row['role'] === role).map((row) => row['scopeId']);

    expect(new Set(scopes('OFFICIAL'))).toEqual(
      new Set(['430200', ...divisions.filter(({ level }) => level === 'COUNTY').map(({ code }) => code)]),
    );
    expect(new Set(scopes('MERCHANT_OWNER'))).toEqual(new Set(column(merchants, 'id')));
    expect(scopes('MERCHANT_CLERK')).toHaveLength(8);
    // Two, because what one proposes the other has to approve.
    expect(scopes('FINANCE')).toEqual(['*', '*']);
    expect(scopes('OPERATOR')).toEqual(['*']);
    expect(ROLES.filter((role) => scopes(role).length === 0)).toEqual([]);
    const publishers = scopes('OFFICIAL').filter((scope) => scope === '430200');
    expect(publishers).toHaveLength(2);
    const members = new Set(column(memberships, 'userId'));
    expect(people.filter((person) => !members.has(present(person['id'], 'an id')))).toHaveLength(20 + 2);
  });

  it('two of the demonstration school buy and approve, and every unit that should file a share is one', () => {
    const units = rowsOf('procurement-units.csv');
    const shares = rowsOf('reserved-shares.csv');
    const unitOf = byId(units);

    expect(units).toHaveLength(6 + 9 * 5);
    expect(new Set(column(units, 'divisionCode')).size).toBe(1 + 9);
    expect(
      rowsOf('procurement-members.csv').map((row) => [
        row['role'],
        people.some(({ id }) => id === row['userId']),
      ]),
    ).toEqual([
      ['BUYER', true],
      ['APPROVER', true],
    ]);
    for (const { creditCode = '' } of [...units, ...rowsOf('procurement-contractors.csv')])
      expect(isCreditCode(creditCode)).toBe(true);
    for (const { unitId, reservedFen = '', canteenTotalFen = '' } of shares) {
      expect(unitOf.get(unitId)?.['canteen']).toMatch(/^(OWN|OUTSOURCED)$/);
      expect(BigInt(reservedFen) * 10n >= BigInt(canteenTotalFen)).toBe(true);
    }
    expect(new Set(column(shares, 'year'))).toEqual(new Set(['2019', '2020', '2026']));
  });

  it('the demonstration school and two others of the city buy on account', () => {
    const units = byId(rowsOf('procurement-units.csv'));
    const terms = rowsOf('credit-terms.csv');

    expect(
      terms.map(({ unitId, limitFen, daysToPay }) => [units.get(unitId)?.['name'], limitFen, daysToPay]),
    ).toEqual([
      ['株洲市示范中学', '20000000', '30'],
      ['株洲市机关后勤中心', '15000000', '30'],
      ['株洲市湘水医院', '10000000', '60'],
    ]);
    for (const { proposedBy } of terms)
      expect(byId(people).get(proposedBy)?.['displayName']).toBe('平台财务');
  });

  it('the demo logins are people of the data set', () => {
    const phones = new Set(column(people, 'phone'));
    const logins = JSON.parse(textOf('demo-logins.json')) as DemoLogin[];

    expect(logins.filter(({ phone }) => !phones.has(phone))).toEqual([]);
    expect(new Set(logins.map(({ service }) => service))).toEqual(
      new Set(['storefront', 'merchant', 'settlement']),
    );
  });
});

describe('accounts of payees', () => {
  const accounts = rowsOf('payee-accounts.csv');

  it('are nobody’s, and say so', () => {
    expect(column(accounts, 'accountNumber').every((number) => /^990000\d{10}$/.test(number))).toBe(true);
    expect(new Set(column(accounts, 'accountNumber')).size).toBe(accounts.length);
    expect(new Set(column(accounts, 'bankName'))).toEqual(new Set(['演示银行株洲支行']));
  });

  it('are every merchant’s and every fund’s, and some households’ and operators’', () => {
    const payees = (kind: string) =>
      accounts.filter((row) => row['payeeKind'] === kind).map((row) => row['payeeId']);

    expect(new Set(payees('MERCHANT'))).toEqual(new Set(column(merchants, 'id')));
    expect(new Set(payees('FUND'))).toEqual(
      new Set(divisions.filter(({ level }) => level === 'COUNTY').map(({ code }) => code)),
    );
    expect(payees('HOUSEHOLD')).toHaveLength(200);
    expect(payees('OPERATOR')).toHaveLength(33);
  });

  it('were proposed by one of finance and verified by the other', () => {
    const known = byId(people);
    for (const { proposedBy, verifiedBy } of accounts) {
      expect(known.get(proposedBy)?.['displayName']).toBe('平台财务');
      expect(known.get(verifiedBy)?.['displayName']).toBe('平台财务复核');
    }
  });
});

describe('the volume of 2019 and 2020', () => {
  const sum = (rows: readonly CsvRow[]) =>
    rows.reduce((total, row) => total + BigInt(row['amountFen'] ?? ''), 0n);
  const shareBps = (part: string | undefined) =>
    Number((BigInt(part ?? '0') * 100_000n) / VOLUME_TOTAL_FEN) / 10;

  it('is just over 1.2 billion yuan, on every axis the same to the fen', () => {
    const { byCounty, byChannelKind, byProduct, byMonth } = totals.volume;

    expect(sum(volume)).toBe(120_341_792_658n);
    expect(totals.volume.amountFen).toBe('120341792658');
    for (const axis of [byCounty, byChannelKind, byProduct, byMonth]) {
      expect(Object.values(axis).reduce((total, part) => total + BigInt(part), 0n)).toBe(120_341_792_658n);
    }
    const ofYanling = sum(volume.filter((row) => row['originCode'] === '430225'));
    expect(byCounty['430225']).toBe(ofYanling.toString());
  });

  it('is split among counties and channels as estimated', () => {
    const counties = readSource('counties.csv');
    for (const county of counties) {
      const code = present(county['code'], 'a code');
      expect([code, Math.round(shareBps(totals.volume.byCounty[code]))]).toEqual([
        code,
        Number(county['volumeWeight']) * 100,
      ]);
    }
    const channels = Object.entries(totals.volume.byChannelKind).map(([kind, part]) => [
      kind,
      Math.round(shareBps(part)),
    ]);
    expect(Object.fromEntries(channels)).toEqual({
      PROCUREMENT: 4200,
      ONLINE: 2600,
      ZONE: 1500,
      PAVILION: 900,
      FAIR: 680,
      COUNTER: 120,
    });
  });

  it('runs from January 2019 to November 2020, each row once and positive, with its product at home', () => {
    const originOf = new Map(products.map((product) => [product['key'], product['originCountyCode']]));
    const days = column(volume, 'day');
    const keys = volume.map((row) => `${row['day']} ${row['product']} ${row['channelKind']}`);

    expect([days[0], days.at(-1)]).toEqual(['2019-01-01', '2020-11-30']);
    expect(new Set(keys).size).toBe(volume.length);
    expect(
      volume.filter((row) => !(BigInt(row['amountFen'] ?? '') > 0n && Number(row['quantity']) > 0)),
    ).toEqual([]);
    expect(volume.filter((row) => originOf.get(row['product']) !== row['originCode'])).toEqual([]);
  });

  it('sells peaches in their season only', () => {
    const monthDays = column(
      volume.filter((row) => row['product'] === 'yellow-peach'),
      'day',
    ).map((day) => day.slice(5));

    expect(monthDays.filter((day) => day < '07-20' || day > '08-31')).toEqual([]);
  });

  it('grows, dips in February 2020, and peaks in the campaign of September and on 17 October', () => {
    const month = (text: string) => BigInt(totals.volume.byMonth[text] ?? '0');
    const day = (text: string) => sum(volume.filter((row) => row['day'] === text));
    const year = (text: string) =>
      Object.entries(totals.volume.byMonth).reduce(
        (total, [key, part]) => (key.startsWith(text) ? total + BigInt(part) : total),
        0n,
      );

    expect(year('2020')).toBeGreaterThan(year('2019'));
    expect(month('2020-02') * 2n).toBeLessThan(month('2020-04'));
    expect(month('2020-02')).toBeLessThan(month('2019-02'));
    for (const each of ['2019', '2020']) {
      expect(month(`${each}-09`)).toBeGreaterThan(month(`${each}-06`));
      expect(day(`${each}-10-17`)).toBeGreaterThan(day(`${each}-10-24`));
    }
  });

  it('counts as certified exactly what stood in the catalogue on that day', () => {
    const validFrom = new Map(
      certifications
        .filter((row) => row['scheme'] === 'NATIONAL_2020')
        .map((row) => [row['productId'], row['validFrom'] ?? '']),
    );
    const idOf = new Map(products.map((product) => [product['key'], product['id']]));
    const wrong = volume.filter((row) => {
      const from = validFrom.get(idOf.get(row['product']));
      return (row['certified'] === '1') !== (from !== undefined && from <= (row['day'] ?? ''));
    });

    expect(wrong).toEqual([]);
    expect(sum(volume.filter((row) => row['certified'] === '1')).toString()).toBe(totals.volume.certifiedFen);
  });

  it('sells nothing through a channel before there is one', () => {
    const first = (kind: string) =>
      column(
        volume.filter((row) => row['channelKind'] === kind),
        'day',
      )[0] ?? '';
    const opened = (kind: string) =>
      column(
        points.filter((point) => point['kind'] === kind),
        'openedOn',
      ).toSorted()[0] ?? '';

    for (const kind of ['PAVILION', 'ZONE', 'COUNTER']) {
      expect([kind, opened(kind) <= first(kind)]).toEqual([kind, true]);
    }
  });
});
