import { Injectable } from '@nestjs/common';
import { VariantReader } from '#libs/catalog';
import { AlarmService, DoorMessageReader, TrayDriftReader } from '#libs/counter';
import type { Tx } from '#platform/database';
import type { DoorOpening } from './door-opening.entity.js';
import { DoorOpeningRepository, type WeighedOpening } from './door-opening.repository.js';
import { PlanogramRepository } from './planogram.repository.js';
import { type RestedGood, type RestedTray, findingOf, unitsGone } from './tray-rest.rules.js';

/** What has become of trays between two openings, while the door was shut. Nothing leaves the book by it: whoever goes there counts. */
@Injectable()
export class DoorRestService {
  constructor(
    private readonly openings: DoorOpeningRepository,
    private readonly plans: PlanogramRepository,
    private readonly doors: DoorMessageReader,
    private readonly drift: TrayDriftReader,
    private readonly variants: VariantReader,
    private readonly alarms: AlarmService,
  ) {}

  /** Joins, last, because of the line's lock: an opening whose weights have just come, beside the one before it and the one after it. Weights come in any order; each pair is looked at once, when the second of them has come. */
  async look(tx: Tx, { cabinetId, askedAt }: Pick<DoorOpening, 'cabinetId' | 'askedAt'>): Promise<void> {
    if (askedAt === null) return;
    const row = await this.openings.weighedAround(tx, cabinetId, askedAt);
    for (const [index, later] of row.entries()) {
      const earlier = row[index - 1];
      if (earlier) await this.compare(tx, cabinetId, earlier, later);
    }
  }

  private async compare(
    tx: Tx,
    cabinetId: DoorOpening['cabinetId'],
    earlier: WeighedOpening,
    later: WeighedOpening,
  ): Promise<void> {
    const rest = { fromAt: earlier.closedAt, toAt: later.askedAt };
    // A clock that says otherwise; or a buyer between them whose weights nobody knows yet.
    if (rest.fromAt >= rest.toAt) return;
    if (await this.openings.isUnweighedBetween(tx, cabinetId, earlier, later)) return;
    const restedMs = rest.toAt.getTime() - rest.fromAt.getTime();
    const trays = await this.openings.restedTrays(tx, earlier.id, later.id);
    const moved = await this.movedOf(
      tx,
      earlier.id,
      trays.map((tray) => ({ ...tray, restedMs })),
    );
    // Or somebody who runs it had the door open: asked only where something has moved, because it reads hundreds of messages.
    if (moved.length === 0 || (await this.doors.isServedBetween(tx, cabinetId, rest))) return;
    const drifting = new Set(await this.drift.of(cabinetId, tx));
    await this.alarms.hold(tx, cabinetId);
    for (const { tray, finding, units } of moved) {
      const { slotCode } = tray;
      // Of a scale that cannot be believed nothing further is said; what somebody has counted since they know.
      if (drifting.has(slotCode)) continue;
      if (await this.plans.isCountedSince(tx, cabinetId, slotCode, rest.fromAt)) continue;
      const goneG = tray.shutG - tray.nextG;
      if (finding === 'MISSING') {
        const about = units === null ? '' : `，约 ${units} 件`;
        const detail = `托盘 ${slotCode} 关门期间少 ${goneG} 克${about}`;
        await this.alarms.sayLoss(tx, cabinetId, detail, rest.toAt);
      } else {
        const detail = `关门期间${goneG > 0 ? '少' : '多'} ${Math.abs(goneG)} 克`;
        await this.alarms.sayDrift(tx, cabinetId, slotCode, detail, rest.toAt);
      }
    }
  }

  private async movedOf(tx: Tx, openingId: string, trays: readonly RestedTray[]) {
    const stood = await this.openings.goodsOf(tx, openingId);
    const variants = await this.variants.byIds([...new Set(stood.map(({ variantId }) => variantId))], tx);
    const fresh = new Set<string>(variants.filter(({ isPerishable }) => isPerishable).map(({ id }) => id));
    return trays.flatMap((tray) => {
      const goods: RestedGood[] = stood
        .filter(({ slotCode }) => slotCode === tray.slotCode)
        .map((good) => ({ ...good, isPerishable: fresh.has(good.variantId) }));
      const finding = findingOf(tray, goods);
      return finding === 'MISSING' || finding === 'DRIFTED'
        ? [{ tray, finding, units: unitsGone(tray, goods) }]
        : [];
    });
  }
}
