import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import type { IdOf, Page, PageRequest, ReturnedField } from '#libs/kernel';
import { Database, formPage, jsonOf } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import type {
  ApplicationAct,
  ApplicationContent,
  ApplicationState,
  MerchantApplicationId,
} from './merchant-application.entity.js';
import type { MerchantApplicationAccount } from './merchant-application-account.entity.js';
import { paperFilesOf } from './merchant-paper.rules.js';
import type { MerchantId } from './merchant.entity.js';

/** Columns in a page's sort key, for `pageRequest`: of an applicant's own, and of the queue. */
export const APPLICATION_KEY_PARTS = 1;
export const APPLICATION_QUEUE_KEY_PARTS = 2;

/** An application goes back and forth a few times. */
const STEPS_MAX = 200;

/** A few at a time are open; those of a lifetime fit. */
const OF_APPLICANT_MAX = 1_000;

export interface ApplicationRow {
  readonly id: MerchantApplicationId;
  readonly createdBy: IdOf<'usr'>;
  readonly state: ApplicationState;
  readonly content: ApplicationContent;
  readonly revision: number;
  readonly countyCode: string;
  readonly merchantId: MerchantId | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
}

/** Everything but the number. */
export type ApplicationAccountRow = Pick<
  MerchantApplicationAccount,
  'applicationId' | 'accountName' | 'bankName' | 'bankCode' | 'lastFour'
>;

export interface ApplicationStepRow {
  readonly act: ApplicationAct;
  readonly reason: string;
  readonly fields: readonly ReturnedField[];
  readonly at: Date;
}

/** Whose applications somebody sees: their own, or those that were handed in within their divisions. */
export type ApplicationScope =
  | { readonly createdBy: string }
  | { readonly divisions: readonly string[] | 'ALL' };

/** The scope is part of the question: what is not one's own is not there. */
function withinApplicationScope(scope: ApplicationScope): { sql: string; values: string[] } {
  if ('createdBy' in scope) return { sql: 'created_by = ?', values: [scope.createdBy] };
  const { sql, values } = withinScope('county_code', scope.divisions);
  return { sql: `(${sql} AND submitted_at IS NOT NULL)`, values };
}

const COLUMNS = `id, created_by AS createdBy, state, content, revision, county_code AS countyCode, merchant_id AS merchantId,
  created_at AS createdAt, updated_at AS updatedAt, submitted_at AS submittedAt`;

const SELECT = `SELECT ${COLUMNS} FROM merchant_application`;

const rowOf = (row: ApplicationRow): ApplicationRow => ({ ...row, content: jsonOf(row.content) });

@Injectable()
export class MerchantApplicationReader {
  constructor(
    private readonly database: Database,
    private readonly files: StoredFileService,
  ) {}

  /** Null outside the scope. */
  async byId(id: string, scope: ApplicationScope): Promise<ApplicationRow | null> {
    const { sql, values } = withinApplicationScope(scope);
    const [row] = await this.database.query<ApplicationRow>(`${SELECT} WHERE id = ? AND ${sql}`, [
      id,
      ...values,
    ]);
    return row ? rowOf(row) : null;
  }

  /** Applicants see their latest first, reviewers what has waited longest since it was last handed in, whenever it was begun. */
  async page(
    scope: ApplicationScope,
    states: readonly ApplicationState[] | null,
    request: PageRequest,
  ): Promise<Page<ApplicationRow>> {
    const wanted = {
      table: 'merchant_application',
      columns: COLUMNS,
      scope: withinApplicationScope(scope),
      states,
      isQueue: 'divisions' in scope,
    };
    const { nodes, pageInfo } = await formPage<ApplicationRow>(this.database, wanted, request);
    return { nodes: nodes.map(rowOf), pageInfo };
  }

  /** Everything that somebody has applied for, for themselves. */
  async ofApplicant(createdBy: string): Promise<ApplicationRow[]> {
    const rows = await this.database.query<ApplicationRow>(
      `${SELECT} WHERE created_by = ? ORDER BY id LIMIT ?`,
      [createdBy, OF_APPLICANT_MAX],
    );
    return rows.map(rowOf);
  }

  /** What happened to it, in order. */
  async stepsOf(applicationId: string): Promise<ApplicationStepRow[]> {
    const rows = await this.database.query<ApplicationStepRow>(
      `SELECT act, reason, fields, at FROM merchant_application_step WHERE application_id = ? ORDER BY id LIMIT ?`,
      [applicationId, STEPS_MAX],
    );
    return rows.map((row) => ({ ...row, fields: jsonOf(row.fields) }));
  }

  /** What their authors have said of accounts, without the numbers. */
  async accountsOf(applicationIds: readonly string[]): Promise<ApplicationAccountRow[]> {
    if (applicationIds.length === 0) return [];
    return this.database.query(
      `SELECT application_id AS applicationId, account_name AS accountName, bank_name AS bankName, bank_code AS bankCode, last_four AS lastFour
       FROM merchant_application_account WHERE application_id IN (?)`,
      [applicationIds],
    );
  }

  /** Of its papers, as far as its author has brought them: nobody is shown another's file by writing its id down. */
  async filesOf({ content, createdBy }: ApplicationRow): Promise<StoredFile[]> {
    const files = await this.files.byIds(paperFilesOf(content));
    return files.filter(({ uploadedBy }) => uploadedBy === createdBy);
  }
}
