import { Injectable } from '@nestjs/common';
import type { CertificationId, ProductId } from '#libs/catalog';
import { withinScope } from '#libs/division';
import {
  type FenText,
  type IdOf,
  type Page,
  type PageRequest,
  type ReturnedField,
  pageOf,
} from '#libs/kernel';
import { paperFilesOf } from '#libs/merchant';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import type {
  CertificationAct,
  CertificationApplicationId,
  CertificationContent,
  CertificationState,
  LinkedReference,
} from './certification-application.entity.js';
import type { CertificationOffice, ChainStep } from './certification-scheme.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const CERTIFICATION_KEY_PARTS = 1;

/** Six steps, back and forth a few times, and what was decided of objections. */
const STEPS_MAX = 500;

export interface CertificationApplicationRow {
  readonly id: CertificationApplicationId;
  readonly merchantId: IdOf<'mer'>;
  readonly productId: ProductId;
  readonly schemeCode: string;
  readonly state: CertificationState;
  readonly content: CertificationContent;
  readonly revision: number;
  readonly countyCode: string;
  readonly chain: readonly ChainStep[];
  readonly stepNo: number;
  readonly desk: string | null;
  readonly waitingSince: Date | null;
  readonly linked: readonly LinkedReference[];
  readonly linkedPersonCount: number;
  readonly commodityValueFen: FenText;
  readonly files: readonly string[];
  readonly noticeFrom: Date | null;
  readonly noticeTo: Date | null;
  readonly certificationId: CertificationId | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
}

export interface CertificationStepRow {
  readonly stepNo: number;
  readonly office: CertificationOffice | null;
  readonly act: CertificationAct;
  readonly reason: string;
  readonly fields: readonly ReturnedField[];
  readonly at: Date;
}

/** Those of merchants that somebody works for, or those handed in within divisions. */
export type CertificationScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

/** The scope is part of the question: what is not one's own is not there. */
function withinCertificationScope(scope: CertificationScope): { sql: string; values: SqlValue[] } {
  if ('merchantIds' in scope)
    return scope.merchantIds.length === 0
      ? { sql: 'FALSE', values: [] }
      : { sql: 'merchant_id IN (?)', values: [scope.merchantIds] };
  const { sql, values } = withinScope('place_code', scope.divisions);
  return { sql: `(${sql} AND submitted_at IS NOT NULL)`, values };
}

const SELECT = `SELECT id, merchant_id AS merchantId, product_id AS productId, scheme_code AS schemeCode, state, content, revision, county_code AS countyCode,
  chain, step_no AS stepNo, desk, waiting_since AS waitingSince, linked, linked_person_count AS linkedPersonCount,
  commodity_value_fen AS commodityValueFen, files, notice_from AS noticeFrom, notice_to AS noticeTo, certification_id AS certificationId,
  created_at AS createdAt, updated_at AS updatedAt, submitted_at AS submittedAt FROM certification_application`;

function rowOf(row: CertificationApplicationRow): CertificationApplicationRow {
  return {
    ...row,
    content: jsonOf(row.content),
    chain: jsonOf(row.chain),
    linked: jsonOf(row.linked),
    files: jsonOf(row.files),
  };
}

export interface CertificationFilter {
  readonly states?: readonly CertificationState[] | null;
  /** What waits for these. */
  readonly desks?: readonly string[] | null;
}

@Injectable()
export class CertificationApplicationReader {
  constructor(
    private readonly database: Database,
    private readonly stored: StoredFileService,
  ) {}

  /** Null outside the scope. */
  async byId(id: string, scope: CertificationScope): Promise<CertificationApplicationRow | null> {
    const { sql, values } = withinCertificationScope(scope);
    const [row] = await this.database.query<CertificationApplicationRow>(
      `${SELECT} WHERE id = ? AND ${sql}`,
      [id, ...values],
    );
    return row ? rowOf(row) : null;
  }

  /** Merchants see their latest first, officials what was begun first. */
  async page(
    scope: CertificationScope,
    { states, desks }: CertificationFilter,
    { first, after }: PageRequest,
  ): Promise<Page<CertificationApplicationRow>> {
    const isQueue = 'divisions' in scope;
    const { sql, values: scoped } = withinCertificationScope(scope);
    const where = [sql];
    const values: SqlValue[] = [...scoped];
    const narrow = (column: string, words: readonly string[] | null | undefined) => {
      if (!words) return;
      where.push(words.length > 0 ? `${column} IN (?)` : 'FALSE');
      if (words.length > 0) values.push(words);
    };
    narrow('state', states);
    narrow('desk', desks);
    if (after) {
      where.push(isQueue ? 'id > ?' : 'id < ?');
      values.push(after[0] ?? '');
    }
    const rows = await this.database.query<CertificationApplicationRow>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY id ${isQueue ? 'ASC' : 'DESC'} LIMIT ?`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, ({ id }) => [id]);
    return { nodes: nodes.map(rowOf), pageInfo };
  }

  /** What happened to it, in order. */
  async stepsOf(applicationId: string): Promise<CertificationStepRow[]> {
    const rows = await this.database.query<CertificationStepRow>(
      `SELECT step_no AS stepNo, office, act, reason, fields, at FROM certification_step WHERE application_id = ? ORDER BY id LIMIT ?`,
      [applicationId, STEPS_MAX],
    );
    return rows.map((row) => ({ ...row, fields: jsonOf(row.fields) }));
  }

  /** Of its papers, as far as the merchant's own people have brought them. */
  async filesOf({
    content,
    files,
  }: Pick<CertificationApplicationRow, 'content' | 'files'>): Promise<StoredFile[]> {
    return this.stored.byIds(paperFilesOf(content).filter((id) => files.includes(id)));
  }
}
