import { Injectable } from '@nestjs/common';
import { DAY_MS, type Fen, type FenText, fen, leastIdAt } from '#libs/kernel';
import { Database } from '#platform/database';
import type { PaidKind } from './payee-account.entity.js';
import type { Payee } from './payee-account.rules.js';
import type { PayeeKind } from './split-share.entity.js';

/** What a payee got of one line, when it was split. */
export interface PayeeShare {
  readonly orderId: string;
  /** The order line; the merchant order for its freight. */
  readonly lineId: string;
  readonly isFreight: boolean;
  /** What the line is worth, whoever gets it. */
  readonly baseFen: Fen;
  readonly shareFen: Fen;
  /** The platform's part of the same line. */
  readonly platformFen: Fen;
}

/** What others than one payee got of an order's lines in which that payee has a part. */
export interface OthersShare {
  readonly orderId: string;
  readonly payeeKind: PayeeKind;
  readonly shareFen: Fen;
}

/** What a refund or a lost dispute took of a line, from everybody together. */
export interface PayeeReversal {
  readonly refundId: string;
  readonly orderId: string;
  readonly lineId: string;
  readonly isFreight: boolean;
  readonly grossFen: Fen;
  /** Of that, the platform's part. */
  readonly platformFen: Fen;
}

/** A county's fund gets its part, and what goods that are not certified contribute. */
const KINDS_OF: Readonly<Record<PaidKind, readonly PayeeKind[]>> = {
  MERCHANT: ['MERCHANT'],
  HOUSEHOLD: ['HOUSEHOLD'],
  OPERATOR: ['OPERATOR'],
  FUND: ['FUND', 'CONTRIBUTION'],
};

/** Windows of after-sale end in the order in which they began, or nearly so: the next one is among these. */
const HELD_ORDERS_MAX = 200;
/** Older sales are released, or stand still for another reason than a window; so that the history of a payee is not read. */
const HELD_DAYS = 60;

/** What stands behind the journals of one payee: for those who must say which goods money is of. */
@Injectable()
export class PayeeShareReader {
  constructor(private readonly database: Database) {}

  /** In the order of orders and lines. */
  async sharesOf({ kind, id }: Payee, orderIds: readonly string[]): Promise<PayeeShare[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<
      Pick<PayeeShare, 'orderId' | 'lineId'> & {
        isFreight: number;
        base: FenText;
        share: FenText;
        platform: FenText;
      }
    >(
      `SELECT s.order_id AS orderId, s.line_id AS lineId, s.line_id = s.merchant_order_id AS isFreight,
              MAX(l.base_fen) AS base, SUM(s.share_fen) AS share,
              (SELECT COALESCE(SUM(p.share_fen), 0) FROM split_share p
               WHERE p.line_id = s.line_id AND p.payee_kind = 'PLATFORM') AS platform
       FROM split_share s JOIN split_line l ON l.line_id = s.line_id
       WHERE s.order_id IN (?) AND s.payee_kind IN (?) AND s.payee_id = ?
       GROUP BY s.order_id, s.line_id, s.merchant_order_id ORDER BY s.order_id, s.line_id`,
      [orderIds, KINDS_OF[kind], id],
    );
    return rows.map(({ isFreight, base, share, platform, ...rest }) => ({
      ...rest,
      isFreight: isFreight === 1,
      baseFen: fen(base),
      shareFen: fen(share),
      platformFen: fen(platform),
    }));
  }

  /** By order and kind of payee. What a pool has passed on to households that were named later stands in their shares. */
  async othersOf({ kind, id }: Payee, orderIds: readonly string[]): Promise<OthersShare[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<Omit<OthersShare, 'shareFen'> & { readonly share: FenText }>(
      `SELECT o.order_id AS orderId, o.payee_kind AS payeeKind, SUM(o.share_fen - o.assigned_fen) AS share
       FROM split_share o WHERE o.order_id IN (?) AND NOT (o.payee_kind IN (?) AND o.payee_id = ?)
         AND EXISTS (SELECT 1 FROM split_share s WHERE s.line_id = o.line_id AND s.payee_kind IN (?) AND s.payee_id = ?)
       GROUP BY o.order_id, o.payee_kind ORDER BY o.order_id, o.payee_kind`,
      [orderIds, KINDS_OF[kind], id, KINDS_OF[kind], id],
    );
    return rows.map(({ share, ...rest }) => ({ ...rest, shareFen: fen(share) }));
  }

  /** Sellers' parts of orders in which something of theirs is still held, the longest waiting first. */
  async heldOrdersOf({ kind, id }: Payee, now: Date): Promise<string[]> {
    const fromLineId = leastIdAt('oln', new Date(now.getTime() - HELD_DAYS * DAY_MS));
    const rows = await this.database.query<{ merchantOrderId: string }>(
      `SELECT DISTINCT s.merchant_order_id AS merchantOrderId FROM split_share s
       WHERE s.payee_kind IN (?) AND s.payee_id = ? AND s.line_id >= ?
         AND s.released_at IS NULL AND s.share_fen > s.reversed_fen ORDER BY merchantOrderId LIMIT ?`,
      [KINDS_OF[kind], id, fromLineId, HELD_ORDERS_MAX],
    );
    return rows.map(({ merchantOrderId }) => merchantOrderId);
  }

  /** In the order of refunds and lines. */
  async reversalsOf({ kind, id }: Payee, refundIds: readonly string[]): Promise<PayeeReversal[]> {
    if (refundIds.length === 0) return [];
    const rows = await this.database.query<
      Pick<PayeeReversal, 'refundId' | 'orderId' | 'lineId'> & {
        isFreight: number;
        gross: FenText;
        platform: FenText;
      }
    >(
      `SELECT r.refund_id AS refundId, s.order_id AS orderId, r.line_id AS lineId, s.line_id = s.merchant_order_id AS isFreight,
              (SELECT SUM(whole.amount_fen) FROM split_reversal whole
               WHERE whole.refund_id = r.refund_id AND whole.line_id = r.line_id) AS gross,
              (SELECT COALESCE(SUM(part.amount_fen), 0) FROM split_reversal part
               JOIN split_share p ON p.line_id = part.line_id AND p.rank_no = part.rank_no AND p.payee_kind = 'PLATFORM'
               WHERE part.refund_id = r.refund_id AND part.line_id = r.line_id) AS platform
       FROM split_reversal r JOIN split_share s ON s.line_id = r.line_id AND s.rank_no = r.rank_no
       WHERE r.refund_id IN (?) AND s.payee_kind IN (?) AND s.payee_id = ?
       GROUP BY r.refund_id, s.order_id, r.line_id, s.line_id, s.merchant_order_id ORDER BY r.refund_id, r.line_id`,
      [refundIds, KINDS_OF[kind], id],
    );
    return rows.map(({ isFreight, gross, platform, ...rest }) => ({
      ...rest,
      isFreight: isFreight === 1,
      grossFen: fen(gross),
      platformFen: fen(platform),
    }));
  }
}
