import { Injectable } from '@nestjs/common';
import { FulfillmentReader, type FulfillmentLineRow } from '#libs/fulfillment';
import { Clock, type Fen, InvalidInputError, NotFound, refused } from '#libs/kernel';
import { MerchantOrderReader, type MerchantOrderRow, type OrderLineRow, OrderReader } from '#libs/ordering';
import {
  type RefundAsk,
  RefundReader,
  type RefundRefusal,
  RefundRequestService,
  RefundTooLargeError,
} from '#libs/payment';
import type { Tx } from '#platform/database';
import type { AfterSale, AfterSaleKind, AfterSaleReason } from './after-sale.entity.js';
import {
  AfterSaleNotPossibleError,
  AfterSaleWindowOverError,
  WithinToleranceError,
} from './after-sale.errors.js';
import {
  type Ask,
  type LineStanding,
  type SoldUnits,
  askableUnits,
  isFreightBack,
  isSignedFor,
  parcelsSince,
  possibleOf,
  refuseAsk,
  standingOf,
} from './after-sale.rules.js';
import {
  FRESH_TOLERANCE_BPS,
  badShareBps,
  claimedWeightG,
  compensationOf,
  paidFen,
  proRataFen,
} from './compensation.rules.js';

export type PlanRefusal =
  | RefundRefusal
  | AfterSaleNotPossibleError
  | AfterSaleWindowOverError
  | WithinToleranceError;

/** What an ask comes to. */
export interface AfterSalePlan {
  /** Of the goods and, where it goes back with them, the freight. */
  readonly askedFen: Fen;
  readonly freightFen: Fen;
  /** Whole units go back, not an amount of them. */
  readonly isWhole: boolean;
  /** Of a fresh claim. */
  readonly badShareBps: number | null;
}

export interface Concerned {
  readonly line: OrderLineRow;
  readonly part: MerchantOrderRow;
  /** What is in the parcels of its merchant order, whatever else is in them. */
  readonly carried: readonly FulfillmentLineRow[];
}

/** What to ask payment for: the units, the freight along with them, or an amount. */
export function refundAskOf(
  { orderLineId, merchantOrderId, quantity }: Pick<AfterSale, 'orderLineId' | 'merchantOrderId' | 'quantity'>,
  {
    amountFen,
    hasFreight,
    isOfLine = false,
  }: {
    readonly amountFen: Fen | null;
    readonly hasFreight: boolean;
    /** Of all that is left of the line, and of no units in particular. */
    readonly isOfLine?: boolean;
  },
): RefundAsk {
  const isUnits = amountFen === null;
  return {
    kind: isUnits ? 'LINE' : 'PARTIAL',
    lines: [{ orderLineId, quantity: isOfLine ? null : quantity, amountFen }],
    freightOf: isUnits && hasFreight ? [merchantOrderId] : [],
    amountFen: null,
  };
}

/** What a buyer may ask for and what it comes to, by the same rules for whoever only looks and whoever asks. Money is payment's to say. */
@Injectable()
export class AfterSalePlanService {
  constructor(
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly fulfillments: FulfillmentReader,
    private readonly refunds: RefundRequestService,
    private readonly refundReader: RefundReader,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound for lines of others. */
  async concerned(buyerId: string, orderLineId: string): Promise<Concerned> {
    const [line] = await this.orders.linesByIds([orderLineId]);
    const part = line ? await this.merchantOrders.byIdForBuyer(line.merchantOrderId, buyerId) : null;
    if (!line || !part) throw new NotFound('OrderLine', orderLineId);
    return { line, part, carried: await this.fulfillments.linesOf([part.id]) };
  }

  /** What may be asked for now, with its reasons. */
  possible(concerned: Concerned): ReadonlyMap<AfterSaleKind, readonly AfterSaleReason[]> {
    return possibleOf(this.standing(concerned));
  }

  /** Where the line stands now, parcel by parcel. A replacement opens no window of its own. */
  standing({ line, part, carried }: Concerned): LineStanding {
    return standingOf(line, part, parcelsOf(line.id, carried), this.clock.now());
  }

  /** How many units could be asked about for a reason that came, or left, only after a moment. */
  askableSince({ line, part, carried }: Concerned, reason: AfterSaleReason, at: Date): number {
    const since = parcelsSince(parcelsOf(line.id, carried), reason, at);
    return askableUnits(standingOf(line, part, since, this.clock.now()), reason);
  }

  /** Whether the buyer has signed meanwhile for what they say never came. */
  async isSignedFor(
    about: Pick<AfterSale, 'merchantOrderId' | 'orderLineId' | 'reason' | 'quantity'>,
    tx: Tx,
  ): Promise<boolean> {
    if (about.reason !== 'NOT_RECEIVED') return false;
    return isSignedFor(
      about,
      parcelsOf(about.orderLineId, await this.fulfillments.linesOf([about.merchantOrderId], tx)),
    );
  }

  async plan(concerned: Concerned, ask: Ask): Promise<AfterSalePlan | PlanRefusal> {
    const { line, part } = concerned;
    const standing = this.standing(concerned);
    const refusal = refuseAsk(ask) ?? refuseStanding(standing, ask);
    if (refusal) return refusal;
    const about = { ...ask, orderLineId: line.id, merchantOrderId: part.id };
    // First what is left of the line: no more units are weighed than can go back.
    const units = await this.preview(part, refundAskOf(about, { amountFen: null, hasFreight: false }));
    if (refused(units)) return units;
    const askable = askableUnits(standing, ask.reason);
    if (ask.quantity > askable) return new InvalidInputError([tooManyUnits(askable)]);
    const share = ask.badWeightG === null ? null : shareOf(line, ask.quantity, ask.badWeightG);
    if (refused(share)) return share;
    const compensation = share === null ? 'WHOLE' : compensationOf(share);
    if (compensation === 'NONE') return new WithinToleranceError(share ?? 0, FRESH_TOLERANCE_BPS);
    if (compensation === 'PRO_RATA') {
      const askedFen = shareFen(line, ask.quantity, units, share ?? 0);
      // Of what others have paid whole there is nothing to give back of which a share could be taken.
      if (askedFen === 0n) return new RefundTooLargeError(0n, 0n);
      return { askedFen, freightFen: 0n, isWhole: false, badShareBps: share };
    }
    if (ask.amountFen !== null && ask.amountFen < units) {
      return { askedFen: ask.amountFen, freightFen: 0n, isWhole: false, badShareBps: null };
    }
    if (ask.amountFen !== null && ask.amountFen > units) {
      const tooMuch = await this.preview(
        part,
        refundAskOf(about, { amountFen: ask.amountFen, hasFreight: false, isOfLine: true }),
      );
      // More than the units are worth, although the line has more: only so much was asked about.
      return refused(tooMuch) ? tooMuch : new InvalidInputError([amountTooHigh]);
    }
    const freightFen = await this.freightOf(part, { ...about, isWhole: true }, units);
    if (refused(freightFen)) return freightFen;
    return { askedFen: units + freightFen, freightFen, isWhole: true, badShareBps: share };
  }

  /** Units of a parcel with what has gone back of them, counting what is on its way. */
  async soldUnits(
    { orderId, merchantOrderId }: Pick<AfterSale, 'orderId' | 'merchantOrderId'>,
    tx?: Tx,
  ): Promise<SoldUnits[]> {
    const lines = await this.orders.linesOfMerchantOrder(merchantOrderId, tx);
    const refunds = await this.refundReader.ofOrder(orderId, tx);
    const counting = refunds.filter(({ state }) => state !== 'FAILED').map(({ id }) => id);
    const gone = counting.length > 0 ? await this.refundReader.linesOfMany(counting, tx) : [];
    return lines.map(({ id, quantity }) => ({
      orderLineId: id,
      quantity,
      returnedQuantity: gone
        .filter(({ orderLineId }) => orderLineId === id)
        .reduce((sum, { quantity: units }) => sum + units, 0),
    }));
  }

  private async freightOf(
    part: MerchantOrderRow,
    about: Pick<AfterSale, 'orderLineId' | 'merchantOrderId' | 'quantity' | 'reason' | 'isWhole'>,
    unitsFen: Fen,
  ): Promise<Fen | RefundRefusal> {
    const sold = await this.soldUnits({ orderId: part.orderId, merchantOrderId: part.id });
    if (!isFreightBack(about, sold)) return 0n;
    const withFreight = await this.preview(part, refundAskOf(about, { amountFen: null, hasFreight: true }));
    return refused(withFreight) ? withFreight : withFreight - unitsFen;
  }

  private async preview({ orderId }: MerchantOrderRow, ask: RefundAsk): Promise<Fen | RefundRefusal> {
    const preview = await this.refunds.preview({ orderId, ask, borneBy: 'SELLERS' });
    return refused(preview) ? preview : preview.amountFen;
  }
}

/** Of what was paid for the units, as far as that much is left of them: amounts given for other units are taken off those. */
function shareFen(line: OrderLineRow, quantity: number, leftFen: Fen, shareBps: number): Fen {
  const amountFen = proRataFen(paidFen(line, quantity), shareBps);
  return amountFen < leftFen ? amountFen : leftFen;
}

/** Of one line, without what was sent in its place. */
function parcelsOf(lineId: string, carried: readonly FulfillmentLineRow[]): FulfillmentLineRow[] {
  return carried.filter(({ orderLineId, replacesRef }) => orderLineId === lineId && replacesRef === null);
}

function refuseStanding(
  standing: LineStanding,
  { kind, reason }: Ask,
): AfterSaleWindowOverError | AfterSaleNotPossibleError | null {
  if (standing.endedAt) return new AfterSaleWindowOverError(standing.endedAt);
  const possible = possibleOf(standing);
  return possible.get(kind)?.includes(reason) === true
    ? null
    : new AfterSaleNotPossibleError([...possible.keys()]);
}

function shareOf(line: OrderLineRow, quantity: number, badWeightG: number): number | InvalidInputError {
  const claimedG = claimedWeightG(line, quantity);
  return badWeightG > claimedG
    ? new InvalidInputError([tooHeavy(claimedG)])
    : badShareBps(badWeightG, claimedG);
}

const amountTooHigh = {
  path: 'amountFen',
  message: { zh: '金额超出所选件数的实付金额', en: 'That is more than was paid for so many units.' },
};

function tooManyUnits(askable: number) {
  const message = {
    zh: `此原因目前只能就 ${askable} 件申请`,
    en: `For this reason ${askable} units can be asked about now.`,
  };
  return { path: 'quantity', message };
}

function tooHeavy(claimedG: number) {
  const message = {
    zh: `坏果重量不能超过所选商品净重 ${claimedG} 克`,
    en: `No more than the ${claimedG} g that were bought can be bad.`,
  };
  return { path: 'badWeightG', message };
}
