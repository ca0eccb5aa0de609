import { Injectable } from '@nestjs/common';
import { ApprovalService, type Verdict, type VoteRefusal } from '#libs/approval';
import type { CabinetActor } from '#libs/counter';
import { AuditService } from '#libs/identity';
import { VanShortError, VanStockReader, VanStockService } from '#libs/inventory';
import { Clock, type InvalidInputError, NotFound, assert, newId, present, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { type LockedRoute, RestockRouteRepository } from './restock-route.repository.js';
import type { RestockScope } from './restock-scope.rules.js';
import { type LoadedGoods, RestockVanReader } from './restock-van.reader.js';
import { RestockKeyReusedError, RestockRouteStateError } from './restocking.errors.js';
import type { VanWriteOffId } from './van-write-off.entity.js';
import { VanWriteOffByAnotherError, VanWriteOffStateError } from './van-write-off.errors.js';
import { VanWriteOffRepository, type WriteOffLineRow, type WriteOffRow } from './van-write-off.repository.js';
import {
  type WriteOffWish,
  obstacleToWritingOff,
  refuseWriteOff,
  writeOffHash,
} from './van-write-off.rules.js';

export interface WriteOffDecision {
  readonly writeOffId: string;
  readonly verdict: Verdict;
  /** Required to reject. */
  readonly reason: string | null;
}

type Owner = Omit<RestockScope, 'userId'> & Pick<CabinetActor, 'userId'>;

const OTHERS_REQUIRED = 1;

/** What a van that is back should have on it and has not: it leaves the book once a second person agrees. */
@Injectable()
export class VanWriteOffService {
  constructor(
    private readonly database: Database,
    private readonly routes: RestockRouteRepository,
    private readonly writeOffs: VanWriteOffRepository,
    private readonly goods: RestockVanReader,
    private readonly vans: VanStockService,
    private readonly stock: VanStockReader,
    private readonly merchants: MerchantReader,
    private readonly approvals: ApprovalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Nothing leaves the book yet. The same key and content gives the first answer. */
  request(
    wish: WriteOffWish,
    owner: Owner,
  ): Promise<
    VanWriteOffId | InvalidInputError | RestockRouteStateError | RestockKeyReusedError | VanShortError
  > {
    return this.database.transaction(async (tx) => {
      const route = await this.routes.lock(tx, wish.routeId, owner);
      if (!route) throw new NotFound('RestockRoute', wish.routeId);
      const invalid = refuseWriteOff(wish);
      if (invalid) return invalid;
      const contentHash = writeOffHash(wish);
      const before = await this.writeOffs.byKey(tx, route.id, wish.causeKey);
      if (before) return before.contentHash === contentHash ? before.id : new RestockKeyReusedError();
      if (route.state !== 'DONE') return new RestockRouteStateError(route.state);
      const lines = await this.goods.goodsOf(tx, wish.lines);
      const short = await this.shortOf(tx, route, lines);
      return short ?? this.ask(tx, route, lines, { ...wish, contentHash, requestedBy: owner.userId });
    });
  }

  /** Another person agrees, and it leaves the book in the same transaction; or not. */
  decide(
    { writeOffId, verdict, reason }: WriteOffDecision,
    { userId, scope }: CabinetActor,
  ): Promise<
    VanWriteOffId | VanWriteOffStateError | VanWriteOffByAnotherError | VoteRefusal | VanShortError
  > {
    return this.database.transaction(async (tx) => {
      const { route, writeOff } = await this.locked(tx, writeOffId, { userId, scope });
      if (writeOff.state !== 'REQUESTED') return new VanWriteOffStateError(writeOff.state);
      const lines = await this.writeOffs.linesOf(tx, writeOff.id);
      const about = { ...route, merchantIds: lines.map(({ merchantId }) => merchantId) };
      const obstacle = obstacleToWritingOff(about, { userId, isOfficial: 'divisions' in scope });
      if (obstacle && verdict === 'APPROVE') return new VanWriteOffByAnotherError(obstacle);
      const { approvalRequestId: requestId, countyCode: divisionCode } = writeOff;
      const contentHash = writeOffHash({ ...writeOff, lines });
      const voted = await this.approvals.vote(tx, {
        requestId,
        userId,
        verdict,
        reason,
        contentHash,
        divisionCode,
      });
      if (refused(voted)) return voted;
      if (voted.state === 'REJECTED') return this.move(tx, writeOff, 'REJECTED');
      const short = await this.vans.recount(tx, {
        routeId: route.id,
        causeKey: `lost:${writeOff.id}`,
        goods: lines.map((line) => ({ ...line, quantity: -line.quantity })),
      });
      if (short) return short;
      await this.note(tx, writeOff, lines, userId);
      return this.move(tx, writeOff, 'BOOKED');
    });
  }

  /** By whoever has asked, before it is decided; to anybody else it looks as if it did not exist. */
  withdraw(id: string, actor: CabinetActor): Promise<VanWriteOffId | VanWriteOffStateError> {
    return this.database.transaction(async (tx) => {
      const { writeOff } = await this.locked(tx, id, actor);
      const { userId } = actor;
      if (writeOff.requestedBy !== userId) throw new NotFound('VanWriteOff', id);
      if (writeOff.state !== 'REQUESTED') return new VanWriteOffStateError(writeOff.state);
      const { approvalRequestId: requestId, countyCode: divisionCode } = writeOff;
      await this.approvals.withdrawWith(tx, { requestId, userId, divisionCode }, 'VAN_WRITE_OFF');
      return this.move(tx, writeOff, 'WITHDRAWN');
    });
  }

  private async ask(
    tx: Tx,
    { id: routeId, operatorId }: LockedRoute,
    lines: readonly LoadedGoods[],
    { reason, ...wish }: Pick<WriteOffRow, 'reason' | 'causeKey' | 'contentHash' | 'requestedBy'>,
  ): Promise<VanWriteOffId> {
    const id = newId('vwo');
    const operator = present((await this.merchants.byIds([operatorId], tx))[0], 'an operator');
    const { countyCode } = operator;
    const { requestedBy, contentHash, causeKey } = wish;
    const approvalRequestId = await this.approvals.open(tx, {
      subjectKind: 'VAN_WRITE_OFF',
      subjectId: id,
      contentHash,
      requestedBy,
      requiredCount: OTHERS_REQUIRED,
      divisionCode: countyCode,
    });
    assert(!refused(approvalRequestId), 'nobody has asked for what was just made');
    const row: WriteOffRow = {
      id,
      routeId,
      operatorId,
      countyCode,
      reason: reason.trim(),
      causeKey,
      contentHash,
      requestedBy,
      approvalRequestId,
      state: 'REQUESTED',
      requestedAt: this.clock.now(),
      decidedAt: null,
    };
    await this.writeOffs.insert(
      tx,
      row,
      lines.map((line) => ({ writeOffId: id, ...line, foundUnits: 0 })),
    );
    return id;
  }

  private async shortOf(
    tx: Tx,
    { id }: LockedRoute,
    lines: readonly LoadedGoods[],
  ): Promise<VanShortError | null> {
    const there = await this.stock.ofRoutes([id], tx);
    for (const { variantId, batchId, quantity } of lines) {
      const onVan = there.find((row) => row.variantId === variantId && row.batchId === batchId)?.units ?? 0;
      if (quantity > onVan) return new VanShortError(variantId, batchId, onVan, quantity - onVan);
    }
    return null;
  }

  /** The route before what is said of it, as everywhere. Throws NotFound outside the scope. */
  private async locked(
    tx: Tx,
    id: string,
    { userId, scope }: CabinetActor,
  ): Promise<{ readonly route: LockedRoute; readonly writeOff: WriteOffRow }> {
    const about = await this.writeOffs.routeOf(tx, id, scope);
    if (!about) throw new NotFound('VanWriteOff', id);
    const within = { userId, managed: [about.operatorId], restocked: [] };
    const route = present(await this.routes.lock(tx, about.routeId, within), 'the route of a write-off');
    return { route, writeOff: present(await this.writeOffs.lock(tx, id as VanWriteOffId), id) };
  }

  private async move(tx: Tx, { id }: WriteOffRow, state: WriteOffRow['state']): Promise<VanWriteOffId> {
    await this.writeOffs.decide(tx, id, state, this.clock.now());
    return id;
  }

  private note(
    tx: Tx,
    { id, routeId, operatorId, countyCode, reason }: WriteOffRow,
    lines: readonly WriteOffLineRow[],
    actorId: CabinetActor['userId'],
  ): Promise<void> {
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    return this.audit.record(tx, {
      actorId,
      act: 'restock.van_written_off',
      subject: id,
      divisionCode: countyCode,
      detail: { routeId, merchantId: operatorId, batches: lines.length, units, reason },
    });
  }
}
