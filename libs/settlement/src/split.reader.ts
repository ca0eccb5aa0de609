import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database } from '#platform/database';
import type { FeeBearer } from './split-rule.entity.js';
import type { PayeeKind } from './split-share.entity.js';

export interface SplitShareView {
  readonly rankNo: number;
  readonly payeeKind: PayeeKind;
  /** A merchant, household or counter; a county code for pool, fund and contribution; '' for the platform. */
  readonly payeeId: string;
  /** '' for freight. */
  readonly ruleId: string;
  /** Null for freight. */
  readonly ruleVersion: number | null;
  readonly shareFen: Fen;
  readonly reversedFen: Fen;
  readonly assignedFen: Fen;
  readonly feeFen: Fen;
  readonly releasedFen: Fen;
  readonly releasedAt: Date | null;
}

export interface SplitLineView {
  readonly lineId: string;
  readonly merchantOrderId: string;
  readonly baseFen: Fen;
  readonly subsidyFen: Fen;
  readonly isCertified: boolean;
  readonly feeBearer: FeeBearer;
  readonly shares: readonly SplitShareView[];
}

type RawShare = Omit<SplitShareView, `${string}Fen`> &
  Pick<SplitLineView, 'lineId' | 'merchantOrderId' | 'feeBearer'> & {
    readonly [K in 'base' | 'subsidy' | 'share' | 'reversed' | 'assigned' | 'fee' | 'released']: FenText;
  } & { readonly isCertified: number };

/** A line whose sums do not agree: what they are, and what they should be. */
export interface UnevenLine {
  readonly lineId: string;
  readonly orderId: string;
  /** Null where nothing says what the line was worth. */
  readonly baseFen: Fen | null;
  /** Of all shares, what a pool has passed on counted once. */
  readonly sharedFen: Fen;
  /** What the shares say was taken back, and what the refunds say they took. */
  readonly reversedFen: Fen;
  readonly refundedFen: Fen;
}

/** After every id of a line, in the order of text. */
const BEHIND_ALL_LINES = '~';

/** Shares of an order: at most fifty lines, each of some payees and households. */
const SHARES_MAX = 20_000;

@Injectable()
export class SplitReader {
  constructor(private readonly database: Database) {}

  /** Who got what of an order, and by which version of which rule. Empty while it has not been split. */
  async ofOrder(orderId: string): Promise<SplitLineView[]> {
    const rows = await this.database.query<RawShare>(
      `SELECT s.line_id AS lineId, s.merchant_order_id AS merchantOrderId, l.base_fen AS base, l.subsidy_fen AS subsidy,
              l.is_certified AS isCertified, l.fee_bearer AS feeBearer, s.rank_no AS rankNo, s.payee_kind AS payeeKind,
              s.payee_id AS payeeId, s.rule_id AS ruleId, COALESCE(r.version, c.version) AS ruleVersion, s.share_fen AS share,
              s.reversed_fen AS reversed, s.assigned_fen AS assigned, s.fee_fen AS fee, s.released_fen AS released,
              s.released_at AS releasedAt
       FROM split_share s JOIN split_line l ON l.line_id = s.line_id
       LEFT JOIN split_rule r ON r.id = s.rule_id LEFT JOIN contribution_rule c ON c.id = s.rule_id
       WHERE s.order_id = ? ORDER BY s.line_id, s.rank_no LIMIT ?`,
      [orderId, SHARES_MAX],
    );
    const lines = new Map<string, SplitLineView & { readonly shares: SplitShareView[] }>();
    for (const { lineId, merchantOrderId, base, subsidy, isCertified, feeBearer, ...share } of rows) {
      const line = lines.get(lineId) ?? {
        lineId,
        merchantOrderId,
        baseFen: fen(base),
        subsidyFen: fen(subsidy),
        isCertified: isCertified === 1,
        feeBearer,
        shares: [],
      };
      line.shares.push(viewOf(share));
      lines.set(lineId, line);
    }
    return [...lines.values()];
  }

  /** Lines that were split, in the order of their ids. */
  async lineIdsAfter(lineId: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ lineId: string }>(
      'SELECT line_id AS lineId FROM split_line WHERE line_id > ? ORDER BY line_id LIMIT ?',
      [lineId, limit],
    );
    return rows.map((row) => row.lineId);
  }

  /** What was paid for the freight of orders, as it was split; orders without freight are left out. */
  async freightOfOrders(orderIds: readonly string[]): Promise<ReadonlyMap<string, Fen>> {
    if (orderIds.length === 0) return new Map();
    // Freight is split as a line that bears its merchant order's id.
    const rows = await this.database.query<{ orderId: string; freight: FenText }>(
      `SELECT order_id AS orderId, SUM(base_fen) AS freight FROM split_line
       WHERE order_id IN (?) AND line_id = merchant_order_id GROUP BY order_id`,
      [orderIds],
    );
    return new Map(rows.map(({ orderId, freight }) => [orderId, fen(freight)]));
  }

  /**
   * R10: lines whose shares do not make their base, or whose shares were taken back by another amount than their refunds took. In the order
   * of lines, from `afterLineId` on to `untilLineId`, at most `limit`. Empty, or something has been altered.
   */
  async unevenLines(
    limit: number,
    afterLineId = '',
    untilLineId: string | null = null,
  ): Promise<UnevenLine[]> {
    const until = untilLineId ?? BEHIND_ALL_LINES;
    const rows = await this.database.query<
      Pick<UnevenLine, 'lineId' | 'orderId'> & {
        readonly base: FenText | null;
        readonly shared: FenText;
        readonly reversed: FenText;
        readonly refunded: FenText;
      }
    >(
      `SELECT told.line_id AS lineId, told.order_id AS orderId, l.base_fen AS base, told.shared, told.reversed,
              COALESCE(taken.refunded, 0) AS refunded
       FROM (
         SELECT line_id, MIN(order_id) AS order_id, SUM(share_fen - assigned_fen) AS shared, SUM(reversed_fen) AS reversed
         FROM split_share WHERE line_id > ? AND line_id <= ? GROUP BY line_id
         UNION ALL
         SELECT line_id, order_id, 0, 0 FROM split_line lone WHERE line_id > ? AND line_id <= ?
           AND NOT EXISTS (SELECT 1 FROM split_share s WHERE s.line_id = lone.line_id)
       ) AS told
       LEFT JOIN split_line l ON l.line_id = told.line_id
       LEFT JOIN (
         SELECT line_id, SUM(amount_fen) AS refunded FROM split_reversal
         WHERE undone_at IS NULL AND line_id > ? AND line_id <= ? GROUP BY line_id
       ) AS taken ON taken.line_id = told.line_id
       WHERE l.base_fen IS NULL OR l.base_fen <> told.shared OR told.reversed <> COALESCE(taken.refunded, 0)
       ORDER BY told.line_id LIMIT ?`,
      [afterLineId, until, afterLineId, until, afterLineId, until, limit],
    );
    return rows.map(({ base, shared, reversed, refunded, ...rest }) => ({
      ...rest,
      baseFen: base === null ? null : fen(base),
      sharedFen: fen(shared),
      reversedFen: fen(reversed),
      refundedFen: fen(refunded),
    }));
  }
}

function viewOf({
  share,
  reversed,
  assigned,
  fee,
  released,
  ...rest
}: Omit<
  RawShare,
  'lineId' | 'merchantOrderId' | 'feeBearer' | 'base' | 'subsidy' | 'isCertified'
>): SplitShareView {
  return {
    ...rest,
    shareFen: fen(share),
    reversedFen: fen(reversed),
    assignedFen: fen(assigned),
    feeFen: fen(fee),
    releasedFen: fen(released),
  };
}
