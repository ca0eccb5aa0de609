import { DivisionService } from '#libs/division';
import type { World } from '../harness/world.js';

/** Where one side of the world lies. */
export interface Place {
  readonly city: string;
  readonly county: string;
  readonly township: string;
  readonly village: string;
  /** In every name of something private, so that it is seen wherever it turns up. */
  readonly mark: string;
}

export const HOME: Place = {
  city: '430200',
  county: '430225',
  township: '430225209',
  village: '430225209201',
  mark: '本乡',
};
export const NEIGHBOUR: Place = {
  city: '430200',
  county: '430224',
  township: '430224100',
  village: '430224100201',
  mark: '邻乡',
};
export const ELSEWHERE: Place = {
  city: '430300',
  county: '430321',
  township: '430321100',
  village: '430321100201',
  mark: '外乡',
};

export async function makePlaces(world: World): Promise<void> {
  const at = (
    code: string,
    parentCode: string | null,
    level: 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE',
  ) => ({
    code,
    parentCode,
    level,
    name: `地${code}`,
    isDesignated: false,
    longitude: null,
    latitude: null,
  });
  const cities = [...new Set([HOME, NEIGHBOUR, ELSEWHERE].map(({ city }) => city))];
  await world
    .get(DivisionService)
    .load([
      at('430000', null, 'PROVINCE'),
      ...cities.map((city) => at(city, '430000', 'CITY')),
      ...[HOME, NEIGHBOUR, ELSEWHERE].flatMap(({ city, county, township, village }) => [
        at(county, city, 'COUNTY'),
        at(township, county, 'TOWNSHIP'),
        at(village, township, 'VILLAGE'),
      ]),
    ]);
}
