import { readFileSync } from 'node:fs';
import type { ProductService, SearchIndexService } from '#libs/catalog';
import type { ProductSaleReader, VolumeFactService, VolumeRollupService } from '#libs/volume';
import type { Database, SqlValue, Tx } from '#platform/database';
import type { Vault } from '#platform/vault';
import { type CsvRow, parseCsv } from '../data/csv.js';
import { dataPath } from '../data/paths.js';

export type Row = Readonly<Record<string, SqlValue>>;

/** What loading needs beside the transaction. */
export interface Tools {
  readonly database: Database;
  readonly dates: LoadDates;
  /** For what must not lie in the database in plain words. */
  readonly vault: Vault;
  readonly products: ProductService;
  readonly search: SearchIndexService;
  readonly sales: ProductSaleReader;
  readonly volume: { readonly facts: VolumeFactService; readonly rollups: VolumeRollupService };
}

/** What loads one file. Everything it writes is in one transaction with the note that it was written. */
export interface FileLoad {
  readonly file: string;
  /** Returns how many rows it was about; repeating it changes nothing. */
  load(tx: Tx, text: string, tools: Tools): Promise<number>;
  /** What follows once that is committed. Also safe to repeat; a run that ends before it leaves it to the services. */
  readonly settle?: (tools: Tools) => Promise<void>;
}

/** Batches are harvested and certificates valid relative to the day on which they are loaded. */
export class LoadDates {
  constructor(
    readonly now: Date,
    /** YYYY-MM-DD in Shanghai. */
    readonly today: string,
  ) {}

  /** The day so many days from today; negative lies in the past. */
  day(offset: number): string {
    return new Date(Date.parse(this.today) + offset * 86_400_000).toISOString().slice(0, 10);
  }

  /** Midnight in Shanghai of a date, or of so many days from today. */
  instant(dateOrOffset: string): Date {
    const day = /^-?\d+$/.test(dateOrOffset) ? this.day(Number(dateOrOffset)) : dateOrOffset;
    return new Date(`${day}T00:00:00+08:00`);
  }
}

export function readDataFile(file: string): string {
  return readFileSync(dataPath(file), 'utf8');
}

/** One statement carries so many rows: large enough to be quick, small enough for the smallest max_allowed_packet (1 MB). */
export const ROWS_PER_STATEMENT = 1_000;

export function* chunked<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

function columnOf(key: string): string {
  return `\`${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}\``;
}

/**
 * Inserts what is not there yet. Of what is there, only the columns in `refreshed` follow the file: what people or trade have
 * changed since (states, stock, dates of batches already sold) stays.
 */
export async function upsert(
  tx: Tx,
  table: string,
  rows: readonly Row[],
  refreshed: readonly string[] = [],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const keys = Object.keys(first);
  const columns = keys.map(columnOf);
  // Assigning a key column to itself is the portable "or do nothing" that still reports real faults, unlike INSERT IGNORE.
  const updates =
    refreshed.length > 0
      ? refreshed.map((key) => `${columnOf(key)} = VALUES(${columnOf(key)})`)
      : [`${columns[0]} = ${table}.${columns[0]}`];
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ? ON DUPLICATE KEY UPDATE ${updates.join(', ')}`;
  for (const chunk of chunked(rows, ROWS_PER_STATEMENT)) {
    await tx.write(sql, [chunk.map((row) => keys.map((key) => row[key] ?? null))]);
  }
}

/** A CSV file whose rows become rows of one table. */
export function csvLoad(
  file: string,
  table: string,
  toRow: (row: CsvRow, dates: LoadDates) => Row,
  refreshed: readonly string[] = [],
): FileLoad {
  return {
    file,
    load: async (tx, text, { dates }) => {
      const rows = parseCsv(text).map((row) => toRow(row, dates));
      await upsert(tx, table, rows, refreshed);
      return rows.length;
    },
  };
}

/** An empty cell is nothing. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** Keys name things in files and documents; the database has ids. */
export function unkeyed(row: CsvRow): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'key'));
}
