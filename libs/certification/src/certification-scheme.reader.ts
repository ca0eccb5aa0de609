import { Injectable } from '@nestjs/common';
import { type Fen, fen } from '#libs/kernel';
import { Database, type Tx, jsonOf } from '#platform/database';
import type { CertificationScheme } from './certification-scheme.entity.js';

export type SchemeRow = Pick<CertificationScheme, keyof CertificationScheme>;

/** A country, its provinces and cities make a few. */
const SCHEMES_MAX = 100;

const SELECT = `SELECT code, name_zh AS nameZh, name_en AS nameEn, number_prefix AS numberPrefix, chain, commodity_value_min_fen AS commodityValueMinFen,
  household_min AS householdMin, valid_months AS validMonths, recheck_months AS recheckMonths, is_open AS isOpen FROM certification_scheme`;

type Source = Omit<SchemeRow, 'commodityValueMinFen' | 'isOpen'> & {
  readonly commodityValueMinFen: string | Fen;
  readonly isOpen: number;
};

function schemeOf(row: Source): SchemeRow {
  return {
    ...row,
    chain: jsonOf(row.chain),
    commodityValueMinFen: fen(row.commodityValueMinFen),
    isOpen: row.isOpen === 1,
  };
}

@Injectable()
export class CertificationSchemeReader {
  constructor(private readonly database: Database) {}

  /** By their codes, whether they take applications or not: what they have listed counts. */
  async all(): Promise<SchemeRow[]> {
    return (await this.database.query<Source>(`${SELECT} ORDER BY code LIMIT ?`, [SCHEMES_MAX])).map(
      schemeOf,
    );
  }

  async byCode(code: string, on: Pick<Tx, 'query'> = this.database): Promise<SchemeRow | null> {
    const [row] = await on.query<Source>(`${SELECT} WHERE code = ?`, [code]);
    return row ? schemeOf(row) : null;
  }

  async byCodes(codes: readonly string[]): Promise<SchemeRow[]> {
    if (codes.length === 0) return [];
    return (await this.database.query<Source>(`${SELECT} WHERE code IN (?)`, [codes])).map(schemeOf);
  }

  /** The lock by which its batches are numbered one after the other. */
  async lock(tx: Tx, code: string): Promise<SchemeRow | null> {
    const [row] = await tx.query<Source>(`${SELECT} WHERE code = ? FOR UPDATE`, [code]);
    return row ? schemeOf(row) : null;
  }
}
