import { Injectable } from '@nestjs/common';
import { AuditService, type UserId } from '#libs/identity';
import { Clock, InvalidInputError, NotFound, businessDay, newId } from '#libs/kernel';
import { CampaignReader, PriceChangedError, SelfSigningError, noSuchCampaign } from '#libs/ordering';
import {
  CreditExceededError,
  CreditTermReader,
  NoCreditTermError,
  ProcurementUnitReader,
  PurchaserReader,
} from '#libs/procurement';
import { Database, type Tx, unlessTaken } from '#platform/database';
import { readSheetRows } from '#platform/sheets';
import { type BulkCheck, BulkCheckReader } from './bulk-check.reader.js';
import { BULK_PARCELS_MAX } from './bulk-check.rules.js';
import type { BulkOrderId } from './bulk-order.entity.js';
import { BulkOrderFaultyError, BulkOrderStateError } from './bulk-order.errors.js';
import { BulkOrderReader } from './bulk-order.reader.js';
import type { BulkOrderRecord } from './bulk-order-record.rules.js';
import { BulkOrderRepository } from './bulk-order.repository.js';
import {
  type BulkOrderWish,
  OPEN_LISTS_MAX,
  isOpen,
  isSameWish,
  refuseOwed,
  refusePrepaid,
} from './bulk-order.rules.js';
import { BULK_ROWS_MAX, type BulkColumn, type BulkFileFault, listHash, listIn } from './bulk-sheet.rules.js';

export interface BulkUpload {
  readonly unitId: string;
  readonly reference: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

export interface UnreadList {
  readonly fault: BulkFileFault;
  readonly missing: readonly BulkColumn[];
}

type Confirmed =
  | BulkOrderId
  | InvalidInputError
  | BulkOrderFaultyError
  | BulkOrderStateError
  | PriceChangedError
  | NoCreditTermError
  | CreditExceededError;

/** Lists of a unit's buyers, until they are said yes to. */
@Injectable()
export class BulkOrderService {
  constructor(
    private readonly database: Database,
    private readonly purchasers: PurchaserReader,
    private readonly units: ProcurementUnitReader,
    private readonly credit: CreditTermReader,
    private readonly campaigns: CampaignReader,
    private readonly checks: BulkCheckReader,
    private readonly reader: BulkOrderReader,
    private readonly orders: BulkOrderRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Reads a list and says what would become of it; nothing is ordered. The same list under the same reference is the same, whoever of the unit brings it. */
  async read(
    userId: UserId,
    { unitId, reference, fileName, bytes }: BulkUpload,
  ): Promise<BulkOrderId | UnreadList> {
    const contractorId = await this.sideOf(userId, unitId);
    const sheet = await readSheetRows(bytes, BULK_ROWS_MAX + 6);
    if (typeof sheet === 'string') return { fault: sheet, missing: [] };
    const list = listIn(sheet);
    if ('missing' in list) return { fault: 'COLUMNS_MISSING', missing: list.missing };
    if (list.length === 0) return { fault: 'NO_ROWS', missing: [] };
    if (list.length > BULK_ROWS_MAX) return { fault: 'TOO_MANY_ROWS', missing: [] };
    const check = await this.checks.of(list);
    if (check.parcels.length > BULK_PARCELS_MAX) return { fault: 'TOO_MANY_PARCELS', missing: [] };
    const contentHash = listHash(list);
    return this.database.transaction(async (tx) => {
      const same = await this.orders.lockSame(tx, { unitId, contractorId, contentHash, reference });
      // What is at work or done is answered as it stands: the same list is not ordered twice.
      if (same && !isOpen(same.state)) return same.id;
      if (
        (same === null || same.state === 'DISCARDED') &&
        (await this.orders.openOf(tx, unitId)) >= OPEN_LISTS_MAX
      )
        return { fault: 'TOO_MANY_OPEN', missing: [] };
      const at = this.clock.now();
      const draft = { unitId, contractorId, buyerId: userId, reference, contentHash, fileName };
      const id = same?.id ?? (await this.insert(tx, draft, check, at));
      await this.orders.markChecked(tx, id, { buyerId: userId, fileName, at });
      await this.orders.keep(tx, id, check);
      return id;
    });
  }

  /** Looks at it again: prices, stock and what is on sale may have changed. */
  async check(userId: UserId, bulkOrderId: string): Promise<BulkOrderId | BulkOrderStateError> {
    const { list } = await this.mine(userId, bulkOrderId);
    const check = await this.checks.of(list);
    return this.database.transaction(async (tx) => {
      const order = await this.locked(tx, bulkOrderId);
      if (order.state !== 'CHECKED') return new BulkOrderStateError(order.state);
      await this.orders.markChecked(tx, order.id, { buyerId: userId, fileName: null, at: this.clock.now() });
      await this.orders.keep(tx, order.id, check);
      return order.id;
    });
  }

  /** From now on it is placed, order by order, by whatever process is there; a file of many thousand sets takes a minute. Saying yes again changes nothing. */
  async confirm(userId: UserId, wish: BulkOrderWish): Promise<Confirmed> {
    const { order: seen, list } = await this.mine(userId, wish.bulkOrderId);
    const faulty = await this.refuseWish(userId, seen, wish);
    if (faulty) return faulty;
    const check = await this.checks.of(list);
    return this.database.transaction(async (tx) => {
      const order = await this.locked(tx, wish.bulkOrderId);
      if (order.state !== 'CHECKED')
        return isSameWish(order, wish) ? order.id : new BulkOrderStateError(order.state);
      const isTooFaulty = wish.mode === 'ALL_OR_NOTHING' && check.faultyRowCount > 0;
      if (check.parcels.length === 0 || isTooFaulty) return new BulkOrderFaultyError(check.faultyRowCount);
      const unpayable = refusePrepaid(wish, check.parcels.length) ?? refuseOwed(wish, check.isByDeposit);
      if (unpayable) return unpayable;
      if (check.totalFen !== wish.totalFen) return new PriceChangedError(check.totalFen);
      await this.orders.keep(tx, order.id, check);
      await this.orders.confirm(tx, wish, userId, this.clock.now());
      const detail = {
        unitId: order.unitId,
        totalFen: String(check.totalFen),
        parcels: String(check.parcels.length),
      };
      await this.record(tx, userId, 'bulk_order.confirmed', order, detail);
      return order.id;
    });
  }

  /** Nobody wants it; the same list sent again begins anew. Twice is harmless. */
  async discard(userId: UserId, bulkOrderId: string): Promise<BulkOrderId | BulkOrderStateError> {
    await this.mine(userId, bulkOrderId);
    return this.database.transaction(async (tx) => {
      const order = await this.locked(tx, bulkOrderId);
      if (!isOpen(order.state)) return new BulkOrderStateError(order.state);
      await this.orders.discard(tx, order.id);
      return order.id;
    });
  }

  /** Signs all that was placed on account, by an approver who has not ordered it. Signing again changes nothing. */
  async sign(
    userId: UserId,
    bulkOrderId: string,
  ): Promise<BulkOrderId | SelfSigningError | BulkOrderStateError> {
    const seen = await this.reader.byIdFor(bulkOrderId, userId);
    const isTheirs = seen !== null && (await this.units.isMember(seen.unitId, userId, 'APPROVER'));
    if (!isTheirs) throw new NotFound('BulkOrder', bulkOrderId);
    return this.database.transaction(async (tx) => {
      const order = await this.locked(tx, bulkOrderId);
      if (order.buyerId === userId) return new SelfSigningError();
      const isSigned = order.state === 'SIGNING' || order.state === 'SIGNED';
      if (isSigned && order.signerId === userId) return order.id;
      if (order.state !== 'PLACED' || order.paymentTerm !== 'ON_ACCOUNT')
        return new BulkOrderStateError(order.state);
      await this.orders.begin(tx, order.id, 'SIGNING', userId);
      await this.record(tx, userId, 'bulk_order.signed', order, { unitId: order.unitId });
      return order.id;
    });
  }

  /** Calls off everything of which nothing has been shipped. Twice is harmless. */
  async cancel(userId: UserId, bulkOrderId: string): Promise<BulkOrderId | BulkOrderStateError> {
    await this.mine(userId, bulkOrderId);
    return this.database.transaction(async (tx) => {
      const order = await this.locked(tx, bulkOrderId);
      if (order.state === 'UNDOING' || order.state === 'UNDONE') return order.id;
      if (order.state !== 'PLACED' && order.state !== 'SIGNED') return new BulkOrderStateError(order.state);
      await this.orders.begin(tx, order.id, 'UNDOING');
      await this.record(tx, userId, 'bulk_order.cancelled', order, { unitId: order.unitId });
      return order.id;
    });
  }

  private async insert(
    tx: Tx,
    draft: Pick<
      BulkOrderRecord,
      'unitId' | 'contractorId' | 'buyerId' | 'reference' | 'contentHash' | 'fileName'
    >,
    check: BulkCheck,
    at: Date,
  ): Promise<BulkOrderId> {
    const id = newId('blk');
    const { goodsFen, freightFen, totalFen, faultyRowCount } = check;
    // The same list arrived twice at once: again from BEGIN, where it is found.
    await unlessTaken('somebody else came first', () =>
      this.orders.insert(tx, {
        id,
        ...draft,
        state: 'CHECKED',
        mode: 'EACH_BY_ITSELF',
        paymentTerm: 'ON_ACCOUNT',
        isForUnion: false,
        invoiceTitleId: '',
        campaignCode: '',
        rowCount: check.rows.length,
        faultyRowCount,
        goodsFen,
        freightFen,
        totalFen,
        createdAt: at,
        checkedAt: at,
        confirmedAt: null,
        finishedAt: null,
        signerId: null,
        leaseUntil: null,
        forgottenAt: null,
      }),
    );
    return id;
  }

  /** What can be refused before anything is counted. Throws NotFound for a title of others. */
  private async refuseWish(
    userId: UserId,
    { unitId, contractorId, state }: BulkOrderRecord,
    { invoiceTitleId, isForUnion, paymentTerm, totalFen, campaignCode }: BulkOrderWish,
  ): Promise<InvalidInputError | NoCreditTermError | CreditExceededError | null> {
    if (state !== 'CHECKED') return null;
    if (invoiceTitleId !== '' && !(await this.purchasers.titleById(unitId, invoiceTitleId)))
      throw new NotFound('InvoiceTitle', invoiceTitleId);
    // Otherwise each of a thousand parcels would be refused for it.
    if (campaignCode !== '' && !(await this.campaigns.isRunning(campaignCode, businessDay(this.clock.now()))))
      return new InvalidInputError([noSuchCampaign]);
    if (isForUnion && contractorId !== '') {
      const message = {
        zh: '工会采购须由采购单位自己的采购人下单',
        en: 'Only the own buyers of a unit buy for its union.',
      };
      return new InvalidInputError([{ path: 'isForUnion', message }]);
    }
    if (paymentTerm !== 'ON_ACCOUNT' || contractorId !== '') return null;
    // A look beforehand, so that a thousand parcels are not refused one by one; what counts is what each order takes.
    const credit = await this.credit.ofMember(unitId, userId);
    if (!credit || credit.limitFen === 0n) return new NoCreditTermError();
    return credit.usedFen + totalFen > credit.limitFen
      ? new CreditExceededError(credit.limitFen, credit.usedFen)
      : null;
  }

  /** A list of one's own side of the unit, to which one may still buy. Throws NotFound for any other. */
  private async mine(userId: UserId, bulkOrderId: string) {
    const order = await this.reader.byIdFor(bulkOrderId, userId);
    const buyer = order && (await this.purchasers.forBuyer(order.unitId, userId));
    if (!order || !buyer || (buyer.contractorId ?? '') !== order.contractorId)
      throw new NotFound('BulkOrder', bulkOrderId);
    return { order, list: await this.reader.list(order.id, this.database) };
  }

  /** On whose part somebody buys for the unit: '' for its own people. */
  private async sideOf(userId: UserId, unitId: string): Promise<string> {
    const buyer = await this.purchasers.forBuyer(unitId, userId);
    if (!buyer) throw new NotFound('Unit', unitId);
    return buyer.contractorId ?? '';
  }

  private async locked(tx: Tx, id: string): Promise<BulkOrderRecord> {
    const order = await this.orders.lock(tx, id);
    if (!order) throw new NotFound('BulkOrder', id);
    return order;
  }

  private record(
    tx: Tx,
    actorId: UserId,
    act: string,
    { id }: BulkOrderRecord,
    detail: Readonly<Record<string, string>>,
  ): Promise<void> {
    return this.audit.record(tx, { actorId, act, subject: id, detail });
  }
}
