import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, Gathered, type SqlValue, type Tx } from '#platform/database';
import type { Condition, PromotionTerms } from './discount.rules.js';
import type { Promotion, PromotionState } from './promotion.entity.js';

export interface PromotionRow extends Pick<Promotion, keyof Promotion> {
  readonly conditions: readonly Condition[];
}

type Money = 'amountFen' | 'thresholdFen' | 'budgetFen' | 'claimedFen' | 'spentFen';

export type RawPromotion = Omit<Promotion, Money | 'isExclusive'> & {
  readonly [K in Exclude<Money, 'budgetFen'>]: FenText;
} & { readonly budgetFen: FenText | null; readonly isExclusive: number };

/** Columns in a page's sort key, for `pageRequest`. */
export const PROMOTION_KEY_PARTS = 1;

export const SELECT_PROMOTION = `SELECT p.id, p.kind, p.name, p.merchant_id AS merchantId, p.division_code AS divisionCode, p.state,
  p.benefit, p.amount_fen AS amountFen, p.percent_bps AS percentBps, p.threshold_fen AS thresholdFen, p.budget_fen AS budgetFen,
  p.claimed_fen AS claimedFen, p.spent_fen AS spentFen, p.person_max AS personMax, p.is_exclusive AS isExclusive,
  p.claim_from AS claimFrom, p.claim_until AS claimUntil, p.valid_from AS validFrom, p.valid_until AS validUntil,
  p.approval_request_id AS approvalRequestId, p.created_by AS createdBy, p.idempotency_key AS idempotencyKey,
  p.created_at AS createdAt, p.decided_at AS decidedAt FROM promotion p`;

export function promotionOf(row: RawPromotion, conditions: readonly Condition[]): PromotionRow {
  const { amountFen, thresholdFen, budgetFen, claimedFen, spentFen, isExclusive, ...rest } = row;
  return {
    ...rest,
    amountFen: fen(amountFen),
    thresholdFen: fen(thresholdFen),
    budgetFen: budgetFen === null ? null : fen(budgetFen),
    claimedFen: fen(claimedFen),
    spentFen: fen(spentFen),
    isExclusive: isExclusive === 1,
    conditions,
  };
}

@Injectable()
export class PromotionReader {
  /** Of whoever has asked last for price cuts: by then all who share the reading had asked. */
  private cutsAt = new Date(0);
  private readonly cuts = new Gathered(
    this.database,
    (merchantIds) => this.cutsNow(merchantIds),
    ({ merchantId }) => merchantId,
  );

  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantReader,
  ) {}

  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<PromotionRow[]> {
    if (ids.length === 0) return [];
    return this.complete(await on.query<RawPromotion>(`${SELECT_PROMOTION} WHERE p.id IN (?)`, [ids]), on);
  }

  async byKey(createdBy: string, idempotencyKey: string): Promise<PromotionRow | null> {
    const rows = await this.database.query<RawPromotion>(
      `${SELECT_PROMOTION} WHERE p.created_by = ? AND p.idempotency_key = ?`,
      [createdBy, idempotencyKey],
    );
    return (await this.complete(rows, this.database))[0] ?? null;
  }

  /** Price cuts of these merchants that hold now. */
  async cutsOf(merchantIds: readonly string[], now: Date): Promise<PromotionTerms[]> {
    this.cutsAt = now;
    return this.complete(await this.cuts.of(merchantIds), this.database);
  }

  private cutsNow(merchantIds: readonly string[]): Promise<RawPromotion[]> {
    return this.database.query<RawPromotion>(
      `${SELECT_PROMOTION} WHERE p.merchant_id IN (?) AND p.kind = 'PRICE_CUT' AND p.state = 'PUBLISHED'
         AND p.valid_from <= ? AND p.valid_until > ? ORDER BY p.id`,
      [merchantIds, this.cutsAt, this.cutsAt],
    );
  }

  /** A merchant's own, the latest first. */
  pageOfMerchant(merchantId: string, request: PageRequest): Promise<Page<PromotionRow>> {
    return this.page('p.merchant_id = ?', [merchantId], request);
  }

  /** The platform's and, of the divisions of the scope, vouchers; the latest first. */
  pageWithin(
    scope: readonly string[] | 'ALL',
    state: PromotionState | null,
    request: PageRequest,
  ): Promise<Page<PromotionRow>> {
    const within = withinScope('p.division_code', scope);
    const isOfState = state === null ? 'TRUE' : 'p.state = ?';
    const values = state === null ? within.values : [...within.values, state];
    return this.page(`p.merchant_id = '' AND ${within.sql} AND ${isOfState}`, values, request);
  }

  /** What can be claimed now, the latest first; nothing of a merchant who may not sell. */
  async pageToClaim(now: Date, request: PageRequest): Promise<Page<PromotionRow>> {
    const suspended = (await this.merchants.stopped()).map(({ id }) => id);
    const isOffered = suspended.length > 0 ? 'p.merchant_id NOT IN (?)' : 'TRUE';
    return this.page(
      `p.state = 'PUBLISHED' AND p.kind <> 'PRICE_CUT' AND p.claim_from <= ? AND p.claim_until > ?
         AND p.claimed_fen + p.amount_fen <= p.budget_fen AND ${isOffered}`,
      [now, now, ...(suspended.length > 0 ? [suspended] : [])],
      request,
    );
  }

  /** Of these, whose merchant may not sell: their coupons are good for nothing until it is back. */
  async suspendedOf(promotions: readonly Pick<PromotionRow, 'merchantId'>[]): Promise<ReadonlySet<string>> {
    const ids = [...new Set(promotions.flatMap(({ merchantId }) => (merchantId === '' ? [] : [merchantId])))];
    const merchants = ids.length > 0 ? await this.merchants.byIds(ids) : [];
    return new Set(merchants.filter(({ isSelling }) => !isSelling).map(({ id }) => id));
  }

  private async page(
    where: string,
    values: readonly SqlValue[],
    { first, after }: PageRequest,
  ): Promise<Page<PromotionRow>> {
    const beyond = after?.[0] === undefined ? '' : ' AND p.id < ?';
    const bound = after?.[0] === undefined ? values : [...values, after[0]];
    const rows = await this.database.query<RawPromotion>(
      `${SELECT_PROMOTION} WHERE ${where}${beyond} ORDER BY p.id DESC LIMIT ?`,
      [...bound, first + 1],
    );
    return pageOf(await this.complete(rows, this.database), first, ({ id }) => [id]);
  }

  private async complete(rows: readonly RawPromotion[], on: Pick<Tx, 'query'>): Promise<PromotionRow[]> {
    if (rows.length === 0) return [];
    const conditions = await on.query<Condition & { readonly promotionId: string }>(
      `SELECT promotion_id AS promotionId, axis, value FROM promotion_condition WHERE promotion_id IN (?)
       ORDER BY promotion_id, axis, value`,
      [rows.map(({ id }) => id)],
    );
    return rows.map((row) =>
      promotionOf(
        row,
        conditions
          .filter(({ promotionId }) => promotionId === row.id)
          .map(({ axis, value }) => ({ axis, value })),
      ),
    );
  }
}
