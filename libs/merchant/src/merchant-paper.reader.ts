import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { Clock, NotFound, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import { type MerchantPaperStanding, LICENCE_KINDS, plusDays, standingOf } from './merchant-licence.rules.js';
import type { MerchantPaper } from './merchant-paper.entity.js';
import { type MerchantPaperKind, requiredPapers } from './merchant-paper.rules.js';
import type { Merchant } from './merchant.entity.js';

/** Columns in a page's sort key, for `pageRequest`: the day or the instant, and the id. */
export const PAPER_KEY_PARTS = 2;

/** A dozen at first, and a renewal of each in a year: those of a lifetime fit. */
const PAPERS_OF_MERCHANT_MAX = 200;

/** Officials look further ahead than owners are reminded: whoever has to visit a village plans a month. */
const ENDING_DAYS = 60;

export type MerchantPaperRow = Omit<MerchantPaper, 'idempotencyKey' | 'openKind' | 'remindedDays'> & {
  readonly merchantName: string;
  readonly countyCode: string;
};

/** What a merchant has of a kind that it has to have. */
interface PaperStandingRow {
  readonly kind: MerchantPaperKind;
  readonly standing: MerchantPaperStanding;
  readonly endsOn: string | null;
  /** Whether nothing can be sold without it. */
  readonly isLicence: boolean;
  /** Whether another one of its kind waits to be looked at. */
  readonly isWaiting: boolean;
}

interface PapersStanding {
  readonly licensedUntil: string | null;
  readonly standings: readonly PaperStandingRow[];
}

/** Whose papers somebody sees: of merchants they act for, or of those within their divisions. */
export type PaperScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

/** The scope is part of the question: what is not one's own is not there. */
function withinPaperScope(scope: PaperScope): { sql: string; values: SqlValue[] } {
  if (!('merchantIds' in scope)) return withinScope('m.county_code', scope.divisions);
  return scope.merchantIds.length === 0
    ? { sql: 'FALSE', values: [] }
    : { sql: 'p.merchant_id IN (?)', values: [scope.merchantIds] };
}

const COLUMNS = `p.id, p.merchant_id AS merchantId, p.application_id AS applicationId, p.kind, p.number, p.valid_from AS validFrom, p.valid_to AS validTo,
  p.ends_on AS endsOn, p.file_ids AS fileIds, p.state, p.is_counting AS isCounting, p.brought_by AS broughtBy, p.brought_at AS broughtAt,
  p.decided_by AS decidedBy, p.decided_at AS decidedAt, p.reason, m.name AS merchantName, m.county_code AS countyCode`;

const FROM = 'FROM merchant_paper p JOIN merchant m ON m.id = p.merchant_id';

const rowOf = (row: MerchantPaperRow): MerchantPaperRow => ({
  ...row,
  fileIds: jsonOf(row.fileIds),
  isCounting: Boolean(row.isCounting),
});

@Injectable()
export class MerchantPaperReader {
  constructor(
    private readonly database: Database,
    private readonly files: StoredFileService,
    private readonly clock: Clock,
  ) {}

  /** Null outside the scope. */
  async byId(id: string, scope: PaperScope): Promise<MerchantPaperRow | null> {
    const { sql, values } = withinPaperScope(scope);
    const [row] = await this.database.query<MerchantPaperRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE p.id = ? AND ${sql}`,
      [id, ...values],
    );
    return row ? rowOf(row) : null;
  }

  /** Of one merchant, the latest first. */
  async ofMerchant(merchantId: string): Promise<MerchantPaperRow[]> {
    const rows = await this.database.query<MerchantPaperRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE p.merchant_id = ? ORDER BY p.id DESC LIMIT ?`,
      [merchantId, PAPERS_OF_MERCHANT_MAX],
    );
    return rows.map(rowOf);
  }

  /** Until when the merchant may sell, and of each kind that it has to have, how it stands today. */
  async standingOf(merchantId: string): Promise<PapersStanding> {
    const [merchant] = await this.database.query<Pick<Merchant, 'kind' | 'processedFood' | 'licensedUntil'>>(
      'SELECT kind, processed_food AS processedFood, licensed_until AS licensedUntil FROM merchant WHERE id = ?',
      [merchantId],
    );
    if (!merchant) throw new NotFound('Merchant', merchantId);
    const papers = await this.database.query<Pick<MerchantPaper, 'kind' | 'endsOn' | 'state'>>(
      `SELECT kind, ends_on AS endsOn, state FROM merchant_paper WHERE merchant_id = ? AND (is_counting = TRUE OR open_kind IS NOT NULL)`,
      [merchantId],
    );
    const today = businessDay(this.clock.now());
    const standings = requiredPapers(merchant.kind, merchant.processedFood).map((kind) => {
      const current = papers.find((paper) => paper.kind === kind && paper.state === 'ACCEPTED');
      return {
        kind,
        standing: standingOf(current, today),
        endsOn: current?.endsOn ?? null,
        isLicence: LICENCE_KINDS.includes(kind),
        isWaiting: papers.some((paper) => paper.kind === kind && paper.state === 'WAITING'),
      };
    });
    return { licensedUntil: merchant.licensedUntil, standings };
  }

  /** What was brought to be looked at, the longest waiting first. */
  pageWaiting(divisions: readonly string[] | 'ALL', request: PageRequest): Promise<Page<MerchantPaperRow>> {
    return this.page('p.brought_at', "p.state = 'WAITING'", [], divisions, request);
  }

  /** What ends within two months or has ended, the first to end first. */
  pageEnding(divisions: readonly string[] | 'ALL', request: PageRequest): Promise<Page<MerchantPaperRow>> {
    const until = plusDays(businessDay(this.clock.now()), ENDING_DAYS);
    return this.page('p.ends_on', 'p.is_counting = TRUE AND p.ends_on <= ?', [until], divisions, request);
  }

  /** Null unless it is of this paper, and whoever has brought the paper has brought it: nobody is shown another's file by writing its id down. */
  async fileOf(
    { fileIds, broughtBy }: Pick<MerchantPaperRow, 'fileIds' | 'broughtBy'>,
    fileId: string,
  ): Promise<StoredFile | null> {
    const [file] = fileIds.includes(fileId) ? await this.files.byIds([fileId]) : [];
    return file?.uploadedBy === broughtBy ? file : null;
  }

  private async page(
    column: string,
    where: string,
    values: readonly SqlValue[],
    divisions: readonly string[] | 'ALL',
    { first, after }: PageRequest,
  ): Promise<Page<MerchantPaperRow>> {
    const within = withinScope('m.county_code', divisions);
    const [from = '', id = ''] = after ?? [];
    const isPast = after ? `${column} >= ? AND (${column} > ? OR p.id > ?)` : 'TRUE';
    const rows = await this.database.query<MerchantPaperRow & { readonly cursorKey: string }>(
      `SELECT ${COLUMNS}, CAST(${column} AS CHAR) AS cursorKey ${FROM}
       WHERE ${where} AND ${within.sql} AND ${isPast} ORDER BY ${column}, p.id LIMIT ?`,
      [...values, ...within.values, ...(after ? [from, from, id] : []), first + 1],
    );
    const page = pageOf(rows, first, (row) => [row.cursorKey, row.id]);
    return { ...page, nodes: page.nodes.map(rowOf) };
  }
}
