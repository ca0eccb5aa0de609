import { type DivisionFacts, DivisionService } from '#libs/division';
import type { World } from '../harness/world.js';

type Row = readonly [code: string, parentCode: string | null, level: DivisionFacts['level'], name: string];

const HUNAN: readonly Row[] = [
  ['430000', null, 'PROVINCE', '湖南省'],
  ['430200', '430000', 'CITY', '株洲市'],
  ['430224', '430200', 'COUNTY', '茶陵县'],
  ['430225', '430200', 'COUNTY', '炎陵县'],
  ['430225100', '430225', 'TOWNSHIP', '霞阳镇'],
  ['430225209', '430225', 'TOWNSHIP', '中村瑶族乡'],
];
const DESIGNATED = ['430224', '430225'];

/** Two counties of Zhuzhou, both designated, and what lies above and below them. */
export function makeDivisions(world: Pick<World, 'get'>): Promise<void> {
  return world.get(DivisionService).load(
    HUNAN.map(([code, parentCode, level, name]) => ({
      code,
      parentCode,
      level,
      name,
      isDesignated: DESIGNATED.includes(code),
      longitude: level === 'COUNTY' ? 113.5 : null,
      latitude: level === 'COUNTY' ? 26.5 : null,
    })),
  );
}
