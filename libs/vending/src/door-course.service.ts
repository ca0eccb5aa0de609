import { Injectable } from '@nestjs/common';
import {
  type CabinetDoorAnswered,
  CommandService,
  TrayDriftReader,
  type WeighingMessage,
  WeighingReader,
} from '#libs/counter';
import { Clock, plus, present } from '#libs/kernel';
import { PaymentHoldReader, PaymentHoldService } from '#libs/payment';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { emit } from '#platform/outbox';
import { DoorDisputeRepository } from './door-dispute.repository.js';
import { DoorLossService } from './door-loss.service.js';
import { DoorRestService } from './door-rest.service.js';
import type { DoorOpening, DoorOpeningId } from './door-opening.entity.js';
import { doorOpeningTaken } from './door-opening.events.js';
import { DoorOpeningRepository, type OpeningRow } from './door-opening.repository.js';
import {
  type OpeningWord,
  checkAfterMs,
  isUnderWay,
  mayBeOpen,
  shutAt,
  turnOf,
} from './door-opening.rules.js';
import { type TrayGood, judgeWeights } from './tray-weight.rules.js';
import { VendRepository } from './vend.repository.js';

/** What comes of an opening: by what the bank, the cabinet and the clock say of it, in whatever order. */
@Injectable()
export class DoorCourseService {
  constructor(
    private readonly database: Database,
    private readonly openings: DoorOpeningRepository,
    private readonly holds: PaymentHoldService,
    private readonly holdReader: PaymentHoldReader,
    private readonly commands: CommandService,
    private readonly weighings: WeighingReader,
    private readonly drift: TrayDriftReader,
    private readonly vends: VendRepository,
    private readonly losses: DoorLossService,
    private readonly rests: DoorRestService,
    private readonly disputes: DoorDisputeRepository,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Joins, behind the opening's lock: what follows of a word, and whatever else is known with it. False where nothing does. */
  async hear(
    tx: Tx,
    opening: OpeningRow,
    word: OpeningWord,
    known: Partial<OpeningRow> = {},
  ): Promise<boolean> {
    const next = turnOf(opening, word);
    if (!next) return false;
    const { state, reviewReason, act } = next;
    const now = this.clock.now();
    const afterMs = checkAfterMs(state);
    await this.openings.change(tx, opening.id, {
      ...known,
      state,
      reviewReason,
      activeCabinetId: mayBeOpen(state) ? opening.cabinetId : null,
      activeBuyerId: isUnderWay(state) ? opening.buyerId : null,
      checkAt: afterMs === null ? null : plus(this.sinceOf(opening, state, now), afterMs),
    });
    // Whoever was to answer a dispute of it need not any more.
    if (opening.state === 'DEBT' && (state === 'PAID' || state === 'WAIVED'))
      await this.disputes.close(tx, opening.id, state === 'PAID' ? 'PAID' : 'GRANTED');
    if (act === 'BILL') await emit(tx, doorOpeningTaken(opening.id, now));
    if (act === 'RELEASE') await this.holds.release(tx, opening.holdId);
    return true;
  }

  /** Where the money stands. */
  async followHold(tx: Tx, holdId: string): Promise<void> {
    const opening = await this.openings.lockByHold(tx, holdId);
    if (!opening) return;
    const { state } = present(await this.holdReader.byId(opening.holdId, tx), holdId);
    if (state === 'HELD') await this.hear(tx, opening, { kind: 'HELD' });
    if (state === 'RELEASED') await this.hear(tx, opening, { kind: 'HOLD_GONE' });
    if (state === 'LAPSED') await this.hear(tx, opening, { kind: 'CAPTURE_GONE' });
  }

  /** The cabinet has opened, or will not. */
  async answered(tx: Tx, { cabinetId, commandId, messageId }: CabinetDoorAnswered['payload']): Promise<void> {
    const opening = await this.openings.lockByCommand(tx, cabinetId, commandId);
    if (!opening) return;
    const isOpen = (await this.commands.stateOf(tx, commandId)) === 'DONE';
    if (isOpen) await this.hearOpen(tx, opening, messageId);
    else await this.hear(tx, opening, { kind: 'REFUSED' });
  }

  /** Where we had taken it that it never opened, and had let go of the money, somebody is told: what was taken then nobody has said. */
  private async hearOpen(tx: Tx, opening: DoorOpening, messageId: string): Promise<void> {
    const now = this.clock.now();
    if (await this.hear(tx, opening, { kind: 'OPENED' }, { openedAt: now })) return;
    if (opening.state !== 'NOT_OPENED' || opening.askedAt === null) return;
    const { cabinetId, countyCode, operatorId } = opening;
    const found = { kind: 'LATE_OPENING', units: 1, vendId: null, messageId, slotCode: '' } as const;
    await this.vends.insertBreak(tx, { ...found, cabinetId, countyCode, operatorId }, 0, now);
  }

  /** The cabinet has said what its trays weigh. The first time counts; what is said later stays with its message. */
  async weighed(tx: Tx, cabinetId: string, messageId: string): Promise<void> {
    const said = present(await this.weighings.byId(tx, messageId), messageId);
    const opening = await this.openings.lockByCommand(tx, cabinetId, said.commandId);
    if (opening) await this.settle(tx, opening, said);
    else this.log.warn({ cabinetId, messageId }, 'a cabinet was weighed that nobody had asked to open');
  }

  /** Joins: looked at anew, when its time is over. */
  async checkDue(limit: number, bill: (id: DoorOpeningId) => Promise<void>): Promise<number> {
    const now = this.clock.now();
    const ids = await this.database.transaction((tx) => this.openings.due(tx, now, limit));
    for (const id of ids)
      try {
        const isToBill = await this.database.transaction((tx) => this.check(tx, id));
        if (isToBill) await bill(id);
      } catch (error) {
        // One that cannot be looked at must not keep the others from it.
        this.log.fault(error, 'an opening could not be looked at', { openingId: id });
      }
    return ids.length;
  }

  private async check(tx: Tx, id: DoorOpeningId): Promise<boolean> {
    const opening = await this.openings.lock(tx, id);
    const now = this.clock.now();
    if (!opening || opening.checkAt === null || opening.checkAt > now) return false;
    switch (opening.state) {
      case 'AWAITING_HOLD':
      case 'READY':
        await this.hear(tx, opening, { kind: 'GIVEN_UP' });
        return false;
      case 'OPENING':
      case 'OPEN':
        await this.checkDoor(tx, opening, now);
        return false;
      case 'REVIEW':
        await this.hear(tx, opening, { kind: 'WAIVED' });
        await this.losses.write(tx, opening, { hasLeft: false });
        return false;
      case 'BILLING':
        await this.openings.change(tx, id, { checkAt: plus(now, checkAfterMs('BILLING') ?? 0) });
        return true;
      default:
        await this.openings.change(tx, id, { checkAt: null });
        return false;
    }
  }

  /** What was never said to the cabinet has not opened it. What has come in, and nobody has looked at yet, counts before anybody is asked. */
  private async checkDoor(tx: Tx, opening: DoorOpening, now: Date): Promise<void> {
    const said = await this.weighings.firstOf(tx, opening.cabinetId, opening.commandId);
    if (said) return this.settle(tx, opening, said);
    const unsaid = await this.commands.endUnsaid(tx, [opening.commandId]);
    if (unsaid.length > 0) {
      await this.hear(tx, opening, { kind: 'REFUSED' });
      return;
    }
    const silentAt = plus(this.sinceOf(opening, 'OPEN', now), checkAfterMs('OPEN') ?? 0);
    if (silentAt <= now) await this.hear(tx, opening, { kind: 'SILENT' });
    else await this.openings.change(tx, opening.id, { checkAt: silentAt });
  }

  private async settle(tx: Tx, opening: DoorOpening, said: WeighingMessage): Promise<void> {
    if (opening.messageId !== null) return;
    const goods = await this.openings.goodsOf(tx, opening.id);
    // Never said to open by us: nothing is known of what stood there.
    if (goods.length === 0) return;
    const { messageId, occurredAt } = said;
    // A tray that is named twice weighs what was said last.
    const trays = [...new Map(said.trays.map((tray) => [tray.slot, tray])).values()].map(
      ({ slot: slotCode, ...weight }) => ({ slotCode, ...weight }),
    );
    const drifting = new Set(await this.drift.of(opening.cabinetId, tx));
    const { taken, doubts } = judgeWeights(trays, byTray(goods), drifting);
    const takenUnits = taken.reduce((sum, { quantity }) => sum + quantity, 0);
    const now = this.clock.now();
    const closedAt = shutAt(occurredAt, opening.askedAt, now);
    const word = { kind: 'WEIGHED', takenUnits, isDoubtful: doubts.length > 0 } as const;
    const isHeard = await this.hear(tx, opening, word);
    await this.openings.change(tx, opening.id, { closedAt, messageId });
    await this.openings.keepTrays(
      tx,
      opening.id,
      trays.map((tray) => ({
        ...tray,
        doubt: doubts.find(({ slotCode }) => slotCode === tray.slotCode)?.doubt ?? null,
      })),
    );
    // Otherwise kept as evidence, but a person has said what was taken, or time has: the bill stays what it is.
    if (isHeard)
      await this.openings.replaceItems(
        tx,
        opening.id,
        taken.map(({ slotCode, quantity, variantId }) => {
          const good = goods.find((each) => each.slotCode === slotCode && each.variantId === variantId);
          const { priceFen, variantId: id } = present(good, 'what was taken stood there');
          return { slotCode, variantId: id, quantity, priceFen };
        }),
      );
    await this.rests.look(tx, opening);
  }

  /** From when its time counts. */
  private sinceOf({ startedAt, askedAt }: OpeningRow, state: OpeningRow['state'], now: Date): Date {
    if (state === 'AWAITING_HOLD' || state === 'READY') return startedAt;
    return mayBeOpen(state) ? (askedAt ?? now) : now;
  }
}

function byTray(
  goods: readonly (TrayGood & { readonly slotCode: string })[],
): ReadonlyMap<string, readonly TrayGood[]> {
  const map = new Map<string, TrayGood[]>();
  for (const good of goods) map.set(good.slotCode, [...(map.get(good.slotCode) ?? []), good]);
  return map;
}
