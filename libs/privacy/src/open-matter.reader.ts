import { Injectable } from '@nestjs/common';
import { AfterSaleReader } from '#libs/aftersale';
import { MembershipReader } from '#libs/identity';
import { BuyerOrderReader } from '#libs/ordering';
import { RefundReader } from '#libs/payment';
import { ProcurementUnitReader } from '#libs/procurement';

/**
 * ORDER: not over yet, its after-sale window included. AFTER_SALE: a case that is not closed. REFUND: money on its way. ROLE, UNIT: somebody
 * answers for something.
 */
export const OPEN_MATTER_KINDS = ['ORDER', 'AFTER_SALE', 'REFUND', 'ROLE', 'UNIT'] as const;
export type OpenMatterKind = (typeof OPEN_MATTER_KINDS)[number];

export interface OpenMatter {
  readonly kind: OpenMatterKind;
  /** Of the order, case, refund or unit; of a role, where it counts. */
  readonly subject: string;
}

/** Enough to see what is in the way. */
const MATTERS_MAX = 50;

/** What must come to its end before somebody can be forgotten. */
@Injectable()
export class OpenMatterReader {
  constructor(
    private readonly orders: BuyerOrderReader,
    private readonly afterSales: AfterSaleReader,
    private readonly refunds: RefundReader,
    private readonly memberships: MembershipReader,
    private readonly units: ProcurementUnitReader,
  ) {}

  async of(userId: string): Promise<OpenMatter[]> {
    const [open, cases, orderIds, grants, units] = await Promise.all([
      this.orders.openOf(userId, MATTERS_MAX),
      this.afterSales.openOfBuyer(userId, MATTERS_MAX),
      this.orders.idsOf(userId),
      this.memberships.grantsOf(userId),
      this.units.ofMember(userId),
    ]);
    const refunds = await this.refunds.underWay(orderIds, MATTERS_MAX);
    const matters: OpenMatter[] = [
      ...open.map((subject) => ({ kind: 'ORDER', subject }) as const),
      ...cases.map((subject) => ({ kind: 'AFTER_SALE', subject }) as const),
      ...refunds.map((subject) => ({ kind: 'REFUND', subject }) as const),
      ...grants.map(({ role, scopeId }) => ({ kind: 'ROLE', subject: `${role} ${scopeId}` }) as const),
      ...units.map(({ id: subject }) => ({ kind: 'UNIT', subject }) as const),
    ];
    return matters.slice(0, MATTERS_MAX);
  }
}
