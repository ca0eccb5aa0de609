import { readFileSync } from 'node:fs';
import { assert, present } from '#libs/kernel';
import type { CsvRow } from './csv.js';
import type { DivisionRow, DivisionsFile } from './files.js';
import { dataPath, readSource } from './paths.js';

/** A cell that has to be filled. */
export function cell(row: CsvRow, column: string): string {
  const text = present(row[column], `column ${column}`);
  assert(text !== '', `column ${column} is filled in ${JSON.stringify(row)}`);
  return text;
}

export function numberCell(row: CsvRow, column: string): number {
  const number = Number(cell(row, column));
  assert(Number.isFinite(number), `${column} is a number in ${JSON.stringify(row)}`);
  return number;
}

/** `12.8` yuan, as people write prices, in fen. */
export function fenOfYuan(yuan: string): bigint {
  const parts = /^(\d+)(?:\.(\d{1,2}))?$/.exec(yuan);
  assert(parts, `${yuan} is an amount in yuan`);
  return BigInt(parts[1] ?? '0') * 100n + BigInt((parts[2] ?? '').padEnd(2, '0'));
}

export function readDivisions(): readonly DivisionRow[] {
  return (JSON.parse(readFileSync(dataPath('divisions.json'), 'utf8')) as DivisionsFile).divisions;
}

export interface County {
  readonly code: string;
  readonly name: string;
  /** The label point in microdegrees. */
  readonly longitude: number;
  readonly latitude: number;
  /** How far around the point things of the county may lie without leaving it. */
  readonly spreadKm: number;
  readonly volumeWeight: bigint;
  readonly householdCount: number;
}

export function readCounties(): County[] {
  return readSource('counties.csv').map((row) => ({
    code: cell(row, 'code'),
    name: cell(row, 'name'),
    longitude: Math.round(numberCell(row, 'longitude') * 1_000_000),
    latitude: Math.round(numberCell(row, 'latitude') * 1_000_000),
    spreadKm: numberCell(row, 'spreadKm'),
    volumeWeight: BigInt(cell(row, 'volumeWeight')),
    householdCount: numberCell(row, 'households'),
  }));
}

/** In order of first appearance, so that what is generated from groups does not depend on anything else. */
export function groupBy<Key, Row>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** Codes ending in 4xx or 5xx below a county are statistical units (farms, parks) without people to sell to. */
function isAdministrative(township: DivisionRow): boolean {
  return !/^\d{6}[45]/.test(township.code);
}

/** The map of Zhuzhou: what lies in what. */
export class Divisions {
  private readonly byCode: ReadonlyMap<string, DivisionRow>;
  private readonly byParent: ReadonlyMap<string | null, readonly DivisionRow[]>;

  constructor(divisions: readonly DivisionRow[]) {
    this.byCode = new Map(divisions.map((division) => [division.code, division]));
    this.byParent = groupBy(divisions, (division) => division.parentCode);
  }

  get(code: string): DivisionRow {
    return present(this.byCode.get(code), `division ${code}`);
  }

  townshipsOf(countyCode: string): DivisionRow[] {
    return (this.byParent.get(countyCode) ?? []).filter(isAdministrative);
  }

  villagesOf(townshipCode: string): readonly DivisionRow[] {
    return present(this.byParent.get(townshipCode), `villages of ${townshipCode}`);
  }

  /** Where farm households live: villages, or whatever there is where a township has streets only. */
  ruralVillagesOf(townshipCode: string): readonly DivisionRow[] {
    const villages = this.villagesOf(townshipCode).filter((village) => /村(委会)?$/.test(village.name));
    return villages.length > 0 ? villages : this.villagesOf(townshipCode);
  }
}
