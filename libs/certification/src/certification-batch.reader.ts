import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { CertificationBatch } from './certification-batch.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const CERTIFICATION_BATCH_KEY_PARTS = 1;

export type CertificationBatchRow = Pick<
  CertificationBatch,
  'id' | 'schemeCode' | 'batchNo' | 'desk' | 'entryCount' | 'validFrom' | 'issuedAt'
>;

export interface RevocationRow {
  readonly certificationId: string;
  readonly wrongSinceOn: string;
  readonly reason: string;
}

export interface RecheckRow {
  readonly certificationId: string;
  readonly dueAt: Date;
  readonly carriedTo: Date;
  readonly linkedHouseholdCount: number;
  readonly reason: string;
  readonly checkedAt: Date;
}

const SELECT = `SELECT id, scheme_code AS schemeCode, batch_no AS batchNo, desk, entry_count AS entryCount, valid_from AS validFrom,
  issued_at AS issuedAt FROM certification_batch`;

/** What was announced, and what became of entries since. Announcements are public; whoever may read certification reads them all. */
@Injectable()
export class CertificationBatchReader {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async page({ first, after }: PageRequest): Promise<Page<CertificationBatchRow>> {
    const rows = await this.database.query<CertificationBatchRow>(
      `${SELECT}${after ? ' WHERE id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      [...(after ? [after[0] ?? ''] : []), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  async byId(id: string): Promise<CertificationBatchRow | null> {
    const [row] = await this.database.query<CertificationBatchRow>(`${SELECT} WHERE id = ?`, [id]);
    return row ?? null;
  }

  /** Of entries that were found within a scope; so below. */
  async revocationsOf(certificationIds: readonly string[]): Promise<RevocationRow[]> {
    if (certificationIds.length === 0) return [];
    return this.database.query(
      `SELECT certification_id AS certificationId, wrong_since_on AS wrongSinceOn, reason FROM certification_revocation
       WHERE certification_id IN (?)`,
      [certificationIds],
    );
  }

  /** The latest first; a term of ten years has nine. */
  async rechecksOf(certificationIds: readonly string[]): Promise<RecheckRow[]> {
    if (certificationIds.length === 0) return [];
    return this.database.query(
      `SELECT certification_id AS certificationId, due_at AS dueAt, carried_to AS carriedTo, linked_household_count AS linkedHouseholdCount,
         reason, checked_at AS checkedAt FROM certification_recheck WHERE certification_id IN (?) ORDER BY certification_id, due_at DESC`,
      [certificationIds],
    );
  }
}
