import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { FeedKind } from './batch.entity.js';
import type { PartnerId, PartnerKeyId, PartnerState } from './partner.entity.js';

export interface PartnerRow {
  readonly id: PartnerId;
  readonly code: string;
  readonly name: string;
  readonly state: PartnerState;
  readonly createdAt: Date;
}

export interface PartnerKeyRow {
  readonly id: PartnerKeyId;
  readonly partnerId: PartnerId;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Whoever signs with a key. */
export interface KeyHolder {
  readonly partnerId: PartnerId;
  readonly code: string;
  readonly state: PartnerState;
  readonly publicKey: string;
  readonly revokedAt: Date | null;
}

export interface FeedRow {
  readonly partnerId: PartnerId;
  readonly kind: FeedKind;
  readonly completeThrough: string | null;
  readonly lastReceivedAt: Date;
  readonly lateRowCount: number;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const PARTNER_KEY_PARTS = 1;

/** Keys are changed some times a year; what is shown is the latest. */
const KEYS_MAX = 20;

@Injectable()
export class PartnerReader {
  constructor(private readonly database: Database) {}

  async holderOf(keyId: PartnerKeyId): Promise<KeyHolder | null> {
    const [row] = await this.database.query<KeyHolder>(
      `SELECT p.id AS partnerId, p.code, p.state, k.public_key AS publicKey, k.revoked_at AS revokedAt
       FROM partner_key k JOIN partner p ON p.id = k.partner_id WHERE k.id = ?`,
      [keyId],
    );
    return row ?? null;
  }

  async byCode(code: string): Promise<PartnerId | null> {
    const [row] = await this.database.query<{ id: PartnerId }>('SELECT id FROM partner WHERE code = ?', [
      code,
    ]);
    return row?.id ?? null;
  }

  /** In any order. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<PartnerRow[]> {
    if (ids.length === 0) return [];
    return on.query<PartnerRow>(
      'SELECT id, code, name, state, created_at AS createdAt FROM partner WHERE id IN (?)',
      [ids],
    );
  }

  /** In the order of their codes. */
  async page({ first, after }: PageRequest): Promise<Page<PartnerRow>> {
    const values: SqlValue[] = after ? [after[0] ?? '', first + 1] : [first + 1];
    const rows = await this.database.query<PartnerRow>(
      `SELECT id, code, name, state, created_at AS createdAt FROM partner
       ${after ? 'WHERE code > ?' : ''} ORDER BY code LIMIT ?`,
      values,
    );
    return pageOf(rows, first, (row) => [row.code]);
  }

  /** The latest of each partner, newest first. */
  async keysOf(partnerIds: readonly string[]): Promise<PartnerKeyRow[]> {
    if (partnerIds.length === 0) return [];
    return this.database.query<PartnerKeyRow>(
      `SELECT id, partnerId, createdAt, revokedAt FROM (
         SELECT id, partner_id AS partnerId, created_at AS createdAt, revoked_at AS revokedAt,
           ROW_NUMBER() OVER (PARTITION BY partner_id ORDER BY id DESC) AS place
         FROM partner_key WHERE partner_id IN (?)) ranked
       WHERE place <= ? ORDER BY id DESC`,
      [partnerIds, KEYS_MAX],
    );
  }

  /** One row per kind of feed that a partner has ever sent. */
  async feedsOf(partnerIds: readonly string[]): Promise<FeedRow[]> {
    if (partnerIds.length === 0) return [];
    const rows = await this.database.query<Omit<FeedRow, 'lateRowCount'> & { lateRowCount: string }>(
      `SELECT partner_id AS partnerId, kind, complete_through AS completeThrough, last_received_at AS lastReceivedAt,
         late_row_count AS lateRowCount FROM intake_feed WHERE partner_id IN (?) ORDER BY partner_id, kind`,
      [partnerIds],
    );
    return rows.map((row) => ({ ...row, lateRowCount: Number(row.lateRowCount) }));
  }
}
