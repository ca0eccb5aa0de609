import { Injectable } from '@nestjs/common';
import { ChannelPointReader, type ChannelPointRow } from '#libs/channel';
import {
  type CabinetId,
  type CabinetModel,
  CabinetReader,
  SaleStopReader,
  SlotLockReader,
  type SlotLockReason,
  linkStateOf,
} from '#libs/counter';
import { Clock, type IdOf, businessDay } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { NEVER_EXPIRES_ON } from '#libs/inventory';
import {
  type KioskObstacle,
  type SlotAvailability,
  availabilityOf,
  keepsDoorShut,
  kioskObstacle,
  lockOf,
  unitsFree,
} from './kiosk.rules.js';
import { type ShelfRow, VendingShelfReader } from './shelf.reader.js';

export interface KioskSlot extends Omit<ShelfRow, 'batches'> {
  readonly availability: SlotAvailability;
  readonly lock: SlotLockReason | null;
  readonly available: number;
  /** Of what is sold next; null for what does not perish, and where there is nothing. */
  readonly bestBeforeOn: string | null;
  readonly isOnSale: boolean;
}

export interface Kiosk {
  readonly cabinetId: CabinetId;
  readonly model: CabinetModel;
  readonly operatorId: IdOf<'mer'>;
  readonly serialNo: string;
  readonly channelPointId: IdOf<'chp'>;
  readonly countyCode: string;
  readonly placeName: string;
  readonly address: string;
  readonly operatorName: string;
  /** Where it stands; null where nobody knows. */
  readonly point: ChannelPointRow | null;
  /** When it was heard last; null where it never was. */
  readonly lastSeenAt: Date | null;
  readonly obstacle: KioskObstacle | null;
  readonly slots: readonly KioskSlot[];
}

/** A cabinet as somebody sees it who stands before it. */
@Injectable()
export class KioskReader {
  constructor(
    private readonly cabinets: CabinetReader,
    private readonly points: ChannelPointReader,
    private readonly merchants: MerchantReader,
    private readonly locks: SlotLockReader,
    private readonly stops: SaleStopReader,
    private readonly shelf: VendingShelfReader,
    private readonly clock: Clock,
  ) {}

  /** The one that stands at a place now; null where none does. One statement more. */
  async at(channelPointId: string): Promise<Kiosk | null> {
    const [standing] = await this.cabinets.standingAt([channelPointId]);
    return standing ? this.of(standing.id) : null;
  }

  /** Null for no cabinet of ours. Eleven statements, whatever is in it. */
  async of(cabinetId: string): Promise<Kiosk | null> {
    const cabinet = await this.cabinets.byId(cabinetId, { divisions: 'ALL' });
    if (!cabinet) return null;
    const [point, operator, open, stop, shelf] = await Promise.all([
      this.points.byId(cabinet.channelPointId),
      this.merchants.byId(cabinet.operatorId),
      this.locks.openOf([cabinet.id]),
      this.stops.of(cabinet.id),
      this.shelf.ofCabinets([cabinet.id]),
    ]);
    const now = this.clock.now();
    const today = businessDay(now);
    const slots = shelf.map(({ batches, ...slot }) => {
      const locks = open.filter(({ slotCode }) => slotCode === slot.slotCode).map(({ reason }) => reason);
      const facts = { batches, locks, isOnSale: slot.isOnSale, today };
      const next = batches.find(
        ({ bestBeforeOn, onHand, reserved }) => bestBeforeOn >= today && onHand > reserved,
      );
      return {
        ...slot,
        availability: availabilityOf(facts),
        lock: lockOf(facts),
        available: unitsFree(facts),
        bestBeforeOn: next && next.bestBeforeOn !== NEVER_EXPIRES_ON ? next.bestBeforeOn : null,
      };
    });
    const obstacle = kioskObstacle(cabinet, point?.state ?? null, linkStateOf(cabinet, now), stop);
    return {
      cabinetId: cabinet.id,
      model: cabinet.model,
      operatorId: cabinet.operatorId,
      serialNo: cabinet.serialNo,
      channelPointId: cabinet.channelPointId,
      countyCode: cabinet.countyCode,
      placeName: point?.name ?? '',
      address: point?.address ?? '',
      operatorName: operator?.name ?? '',
      point,
      lastSeenAt: cabinet.lastSeenAt,
      obstacle: obstacle ?? (cabinet.model === 'OPEN_DOOR' && keepsDoorShut(slots) ? 'CLOSED' : null),
      slots,
    };
  }
}
