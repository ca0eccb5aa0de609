import { present } from '#libs/kernel';
import type { ChannelPointRow } from './files.js';
import { readSource } from './paths.js';
import { Random } from './random.js';
import { seededId } from './seeded-id.js';
import { type County, type Divisions, cell, groupBy, numberCell } from './shared.js';

/** A kilometre in microdegrees; at 27° north a degree of longitude is 0.89 of one of latitude. */
const KM_NORTH = 8_983;
const KM_EAST = 10_082;

const DISTRICTS = ['430202', '430203', '430204', '430211'];

function degrees(microdegrees: number): string {
  return `${Math.floor(microdegrees / 1_000_000)}.${String(microdegrees % 1_000_000).padStart(6, '0')}`;
}

/** Somewhere around the county's label point, mostly near it. No survey: good enough for a demo map and nothing else. */
function place(random: Random, county: County): Pick<ChannelPointRow, 'longitude' | 'latitude'> {
  const offset = () =>
    random.between(-500, 500) * county.spreadKm + random.between(-500, 500) * county.spreadKm;
  return {
    longitude: degrees(county.longitude + Math.trunc((offset() * KM_EAST) / 1000)),
    latitude: degrees(county.latitude + Math.trunc((offset() * KM_NORTH) / 1000)),
  };
}

function dayBetween(random: Random, from: string, to: string): string {
  const first = Date.parse(from) / 86_400_000;
  return new Date(random.between(first, Date.parse(to) / 86_400_000) * 86_400_000).toISOString().slice(0, 10);
}

/** 文化路社区居委会 → 文化路社区, as people call it. */
function spoken(divisionName: string): string {
  return divisionName.replace(/(居民委员会|村委会|居委会)$/, (suffix) => (suffix === '村委会' ? '村' : ''));
}

const NO_KIND_WORDS = {
  ownerKind: null,
  hostKind: null,
  cabinetKind: null,
  hostName: null,
  introduction: null,
} as const;

export function generatePavilions(counties: readonly County[], divisions: Divisions): ChannelPointRow[] {
  const random = new Random('pavilions');
  return readSource('pavilions.csv').map((row): ChannelPointRow => {
    const county = present(
      counties.find(({ code }) => code === row['countyCode']),
      `county of ${row['key']}`,
    );
    const township = divisions.get(`${county.code}${cell(row, 'township')}`);
    return {
      ...NO_KIND_WORDS,
      ...place(random, { ...county, spreadKm: 2 }),
      id: seededId('chp', `pavilion:${cell(row, 'key')}`),
      key: `pavilion-${cell(row, 'key')}`,
      kind: 'PAVILION',
      name: cell(row, 'name'),
      countyCode: county.code,
      townshipCode: township.code,
      address: `湖南省株洲市${county.name}${cell(row, 'address')}`,
      ownerKind: cell(row, 'ownerKind'),
      introduction: cell(row, 'introduction'),
      openingHours: cell(row, 'hours'),
      openedOn: cell(row, 'openedOn'),
    };
  });
}

const HOST_COLUMNS = [
  ['SUPERMARKET', 'supermarkets', '店'],
  ['PETROL_STATION', 'petrolStations', '加油站'],
  ['MARKET', 'markets', '农贸市场'],
  ['SERVICE_AREA', 'serviceAreas', '服务区'],
  ['CAMPUS', 'campuses', '校园超市'],
] as const;

export function generateZones(counties: readonly County[], divisions: Divisions): ChannelPointRow[] {
  const random = new Random('zones');
  const hosts = groupBy(readSource('hosts.csv'), (row) => cell(row, 'hostKind'));
  const roads = groupBy(readSource('roads.csv'), (row) => cell(row, 'countyCode'));
  const zones: ChannelPointRow[] = [];
  for (const plan of readSource('point-plan.csv')) {
    const county = present(
      counties.find(({ code }) => code === plan['countyCode']),
      'county of the plan',
    );
    const townships = divisions.townshipsOf(county.code);
    for (const [hostKind, column, suffix] of HOST_COLUMNS) {
      const names = new Set<string>();
      for (let number = 1; number <= numberCell(plan, column); number += 1) {
        const host = random.pick(present(hosts.get(hostKind), `hosts of ${hostKind}`));
        const hostName = host['name'] === '' ? null : cell(host, 'name');
        let township = random.pick(townships);
        let name = '';
        do {
          township = random.pick(townships);
          const site = spoken(random.pick(divisions.villagesOf(township.code)).name).replace(
            /(社区|村)$/,
            '',
          );
          name = `${hostName ?? county.name}${site}${suffix}消费帮扶专区`;
        } while (names.has(name));
        names.add(name);
        const road = cell(random.pick(present(roads.get(county.code), `roads of ${county.name}`)), 'road');
        zones.push({
          ...NO_KIND_WORDS,
          ...place(random, county),
          id: seededId('chp', `zone:${county.code}:${hostKind}:${number}`),
          key: `zone-${county.code}-${hostKind.toLowerCase()}-${number}`,
          kind: 'ZONE',
          name,
          countyCode: county.code,
          townshipCode: township.code,
          address: `湖南省株洲市${county.name}${township.name}${road}${random.between(1, 599)}号`,
          hostKind,
          hostName: hostName ?? name.replace('消费帮扶专区', ''),
          openingHours: cell(host, 'hours'),
          openedOn: dayBetween(random, '2019-03-08', '2020-10-30'),
        });
      }
    }
  }
  return zones;
}

export function generateCounters(counties: readonly County[], divisions: Divisions): ChannelPointRow[] {
  const random = new Random('counters');
  const sites = readSource('counter-sites.csv');
  const counters: ChannelPointRow[] = [];
  for (const plan of readSource('point-plan.csv')) {
    const county = present(
      counties.find(({ code }) => code === plan['countyCode']),
      'county of the plan',
    );
    const isUrban = DISTRICTS.includes(county.code);
    const fitting = sites.filter((site) => isUrban || site['urbanOnly'] === '0');
    const townships = divisions.townshipsOf(county.code);
    const hostNames = new Set<string>();
    for (let number = 1; number <= numberCell(plan, 'counters'); number += 1) {
      let township = random.pick(townships);
      let site = random.pick(fitting);
      let hostName = '';
      do {
        township = random.pick(townships);
        site = random.pick(fitting);
        hostName = `${spoken(random.pick(divisions.villagesOf(township.code)).name)}${cell(site, 'site')}`;
      } while (hostNames.has(hostName));
      hostNames.add(hostName);
      counters.push({
        ...NO_KIND_WORDS,
        ...place(random, county),
        id: seededId('chp', `counter:${county.code}:${number}`),
        key: `counter-${county.code}-${number}`,
        kind: 'COUNTER',
        name: `${hostName}智能专柜`,
        countyCode: county.code,
        townshipCode: township.code,
        address: `湖南省株洲市${county.name}${township.name}${hostName}`,
        cabinetKind: cell(site, 'cabinetKind'),
        hostName,
        openingHours: '00:00-24:00',
        openedOn: dayBetween(random, '2020-01-10', '2020-11-20'),
      });
    }
  }
  return counters;
}
