import { Injectable } from '@nestjs/common';
import type { FenText, IdOf, Page, PageRequest } from '#libs/kernel';
import { Database, formPage, jsonOf } from '#platform/database';
import type { StoredFile } from '#platform/files';
import type {
  ClaimAct,
  ClaimContent,
  ClaimId,
  ClaimState,
  ClaimantKind,
  EvidenceKind,
} from './claim.entity.js';
import { IS_OF_SUBJECT } from './duplicate.rules.js';
import { type ClaimScope, withinClaimScope } from './claim-scope.rules.js';

export interface ClaimRow {
  readonly id: ClaimId;
  readonly claimantKind: ClaimantKind;
  readonly claimantId: string;
  readonly countyCode: string;
  readonly state: ClaimState;
  readonly content: ClaimContent;
  readonly revision: number;
  readonly totalFen: FenText;
  readonly lineCount: number;
  readonly buyerName: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
}

export interface ClaimStepRow {
  readonly claimId: ClaimId;
  readonly act: ClaimAct;
  readonly actorId: IdOf<'usr'>;
  readonly reason: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  readonly at: Date;
}

export interface EvidenceRow {
  readonly claimId: ClaimId;
  readonly kind: EvidenceKind;
  readonly invoiceNo: string;
  readonly file: Pick<StoredFile, 'id' | 'name' | 'mediaType' | 'sizeBytes' | 'sha256'> | null;
  /** Other claims that show the same bytes: one photo proves one sale. */
  readonly elsewhereCount: number;
}

interface RawEvidence {
  readonly claimId: ClaimId;
  readonly kind: EvidenceKind;
  readonly invoiceNo: string;
  readonly id: StoredFile['id'] | null;
  readonly name: string;
  readonly mediaType: StoredFile['mediaType'];
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly elsewhereCount: string;
}

/** Columns in a page's sort key, for `pageRequest`: of a claimant's own, and of the queue. */
export const CLAIM_KEY_PARTS = 1;
export const CLAIM_QUEUE_KEY_PARTS = 2;

/** A claim goes back and forth a few times. */
const STEPS_MAX = 200;

const COLUMNS = `id, claimant_kind AS claimantKind, claimant_id AS claimantId, county_code AS countyCode, state, content,
  revision, total_fen AS totalFen, line_count AS lineCount, buyer_name AS buyerName, created_at AS createdAt,
  updated_at AS updatedAt, submitted_at AS submittedAt`;

const rowOf = (row: ClaimRow): ClaimRow => ({ ...row, content: jsonOf(row.content) });

@Injectable()
export class ClaimReader {
  constructor(private readonly database: Database) {}

  /** Null outside the scope. */
  async byId(id: string, scope: ClaimScope): Promise<ClaimRow | null> {
    const { sql, values } = withinClaimScope(scope);
    const [row] = await this.database.query<ClaimRow>(
      `SELECT ${COLUMNS} FROM claim WHERE id = ? AND ${sql}`,
      [id, ...values],
    );
    return row ? rowOf(row) : null;
  }

  /** Claimants see their latest first, reviewers what has waited longest since it was last handed in, whenever it was begun. */
  async page(
    scope: ClaimScope,
    states: readonly ClaimState[] | null,
    request: PageRequest,
  ): Promise<Page<ClaimRow>> {
    const wanted = {
      table: 'claim',
      columns: COLUMNS,
      scope: withinClaimScope(scope),
      states,
      isQueue: 'divisions' in scope,
    };
    const { nodes, pageInfo } = await formPage<ClaimRow>(this.database, wanted, request);
    return { nodes: nodes.map(rowOf), pageInfo };
  }

  /** What happened to a claim, in order. */
  async stepsOf(claimId: string): Promise<ClaimStepRow[]> {
    const rows = await this.database.query<ClaimStepRow>(
      `SELECT claim_id AS claimId, act, actor_id AS actorId, reason, fields, at FROM claim_step
       WHERE claim_id = ? ORDER BY id LIMIT ?`,
      [claimId, STEPS_MAX],
    );
    return rows.map((row) => ({ ...row, fields: jsonOf(row.fields) }));
  }

  /** What was handed in as proof, in its order. */
  async evidenceOf(claimId: string): Promise<EvidenceRow[]> {
    const rows = await this.database.query<RawEvidence>(
      `SELECT e.claim_id AS claimId, e.kind, e.invoice_no AS invoiceNo, f.id, f.name, f.media_type AS mediaType,
         f.size_bytes AS sizeBytes, f.sha256,
         (SELECT COUNT(DISTINCT o.claim_id) FROM stored_file s JOIN claim_evidence o ON o.file_id = s.id
          WHERE s.sha256 = f.sha256 AND o.claim_id <> e.claim_id) AS elsewhereCount
       FROM claim_evidence e LEFT JOIN stored_file f ON f.id = e.file_id
       WHERE e.claim_id = ? ORDER BY e.position`,
      [claimId],
    );
    return rows.map(({ claimId: of, kind, invoiceNo, elsewhereCount, ...file }) => ({
      claimId: of,
      kind,
      invoiceNo,
      file: file.id === null ? null : { ...file, id: file.id },
      elsewhereCount: Number(elsewhereCount),
    }));
  }

  /** The file, if the claim is in the scope and shows it. */
  async fileOf(
    claimId: string,
    fileId: string,
    scope: ClaimScope,
  ): Promise<{ readonly id: StoredFile['id']; readonly countyCode: string } | null> {
    const { sql, values } = withinClaimScope(scope);
    const [row] = await this.database.query<{ id: StoredFile['id']; countyCode: string }>(
      `SELECT e.file_id AS id, claim.county_code AS countyCode FROM claim JOIN claim_evidence e ON e.claim_id = claim.id
       WHERE claim.id = ? AND e.file_id = ? AND ${sql} LIMIT 1`,
      [claimId, fileId, ...values],
    );
    return row ?? null;
  }

  /** How many of a claim's sales look like others and are not cleared. */
  async heldCounts(claimIds: readonly string[]): Promise<{ claimId: string; heldCount: number }[]> {
    if (claimIds.length === 0) return [];
    const rows = await this.database.query<{ claimId: string; n: string }>(
      `SELECT d.subject_id AS claimId, COUNT(*) AS n FROM suspected_duplicate d
       WHERE d.subject_id IN (?) AND d.state <> 'CLEARED' AND ${IS_OF_SUBJECT} GROUP BY d.subject_id`,
      [claimIds],
    );
    return rows.map(({ claimId, n }) => ({ claimId, heldCount: Number(n) }));
  }
}
