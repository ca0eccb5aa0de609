import { Injectable } from '@nestjs/common';
import { BatchReader } from '#libs/catalog';
import { AlarmService, CabinetReader, type CabinetRow, KioskCodeService } from '#libs/counter';
import { AuditService } from '#libs/identity';
import type { SlotHeldError, VanShortError } from '#libs/inventory';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay, newId, refused } from '#libs/kernel';
import {
  CabinetVisitService,
  ScanExpiredError,
  type SlotNotPlannedError,
  type WorkedSlot,
} from '#libs/vending';
import { Database, type Tx } from '#platform/database';
import { PhotoService } from '#platform/files';
import { type LockedRoute, RestockRouteRepository } from './restock-route.repository.js';
import type { RestockScope } from './restock-scope.rules.js';
import type { RestockVisit, RestockVisitId } from './restock-visit.entity.js';
import { RestockVisitRepository } from './restock-visit.repository.js';
import {
  VISIT_PHOTOS_MAX,
  type VisitInput,
  type VisitedSlotInput,
  lossOf,
  refuseVisit,
  slotHash,
} from './restock-visit.rules.js';
import { RestockRouteStateError, RestockVisitChangedError } from './restocking.errors.js';
import { VanFoundService } from './van-found.service.js';

type Driver = RestockScope & { readonly userId: IdOf<'usr'> };
type Refusal =
  | InvalidInputError
  | RestockRouteStateError
  | RestockVisitChangedError
  | ScanExpiredError
  | SlotNotPlannedError
  | SlotHeldError
  | VanShortError;

/** Whoever has been at a cabinet says what they found and did: at once or days later, in one part or several, and as often as it takes until it has come. */
@Injectable()
export class RestockVisitService {
  constructor(
    private readonly database: Database,
    private readonly routes: RestockRouteRepository,
    private readonly visits: RestockVisitRepository,
    private readonly cabinets: CabinetReader,
    private readonly work: CabinetVisitService,
    private readonly found: VanFoundService,
    private readonly batches: BatchReader,
    private readonly codes: KioskCodeService,
    private readonly photos: PhotoService,
    private readonly alarms: AlarmService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Each slot of a visit is said once: the same again changes nothing, something else is refused. */
  submit(input: VisitInput, driver: Driver): Promise<RestockVisitId | Refusal> {
    return this.database.transaction(async (tx): Promise<RestockVisitId | Refusal> => {
      const route = await this.routeOf(tx, input, driver);
      const merchantIds = route ? [route.operatorId] : [...driver.managed, ...driver.restocked];
      const cabinet = await this.cabinets.byId(input.cabinetId, { merchantIds }, tx);
      if (!cabinet) throw new NotFound('Cabinet', input.cabinetId);
      const invalid = await this.refuse(tx, cabinet, input);
      if (invalid) return invalid;
      if (route?.state === 'PLANNED' || route?.state === 'CANCELLED')
        return new RestockRouteStateError(route.state);
      const scannedAt = this.scanned(cabinet, input);
      if (scannedAt instanceof ScanExpiredError) return scannedAt;
      const visit = await this.noted(tx, route, cabinet, { ...input, scannedAt }, driver);
      if (refused(visit)) return visit;
      const fresh = await this.unsaid(tx, visit.id, input.slots);
      if (refused(fresh)) return fresh;
      if (fresh.length > 0) {
        // What it says, people and the clock take turns: its line before its slots.
        await this.alarms.hold(tx, cabinet.id);
        const work = {
          visitId: visit.id,
          routeId: route?.id ?? null,
          leftAt: input.leftAt,
          slots: fresh.map(workOf),
          by: driver.userId,
        };
        const apply = () => this.work.apply(tx, cabinet, work);
        // A slot is said once, so its name stands for this part of the visit.
        const causeKey = `${visit.id}:${fresh[0]?.slotCode ?? ''}`;
        const worked = route
          ? await this.found.during(tx, { routeId: route.id, causeKey }, apply)
          : await apply();
        if (refused(worked)) return worked;
        await this.keep(tx, visit, cabinet, fresh, worked);
      }
      if (input.isComplete && route) await this.visits.markVisited(tx, route.id, cabinet.id);
      return visit.id;
    });
  }

  /** Null where somebody comes without one. */
  private async routeOf(tx: Tx, { routeId }: VisitInput, driver: Driver): Promise<LockedRoute | null> {
    if (routeId === null) return null;
    const route = await this.routes.lock(tx, routeId, driver);
    if (!route) throw new NotFound('RestockRoute', routeId);
    return route;
  }

  private async refuse(tx: Tx, { id }: CabinetRow, input: VisitInput): Promise<InvalidInputError | null> {
    const slots = await this.cabinets.slotsOf([id], tx);
    const now = this.clock.now();
    const invalid = refuseVisit(input, now, new Map(slots.map(({ code, capacity }) => [code, capacity])));
    if (invalid) return invalid;
    const filled = input.slots.flatMap((slot, at) =>
      slot.filled.map(({ batchId }, index) => ({ batchId, path: `slots.${at}.filled.${index}.batchId` })),
    );
    const batches = await this.batches.byIds([...new Set(filled.map(({ batchId }) => batchId))], tx);
    const day = businessDay(input.leftAt);
    const over = new Set<string>(
      batches
        .filter(({ bestBeforeOn }) => bestBeforeOn !== null && bestBeforeOn < day)
        .map((each) => each.id),
    );
    const faults = filled
      .filter(({ batchId }) => over.has(batchId))
      .map(({ path }) => ({
        path,
        message: { zh: '该批次已过保质期', en: 'This batch has passed its day.' },
      }));
    return faults.length > 0 ? new InvalidInputError(faults) : null;
  }

  /** Null where nothing was scanned: the screen may have been dark. What was scanned has to be this cabinet's, and of that time. */
  private scanned(
    { id }: CabinetRow,
    { scanCode, arrivedAt, leftAt }: VisitInput,
  ): Date | null | ScanExpiredError {
    if (scanCode === null) return null;
    const seen = this.codes.seen(scanCode, arrivedAt, leftAt);
    return seen?.cabinetId === id ? seen.shownAt : new ScanExpiredError();
  }

  /** The visit as it is known after this part. */
  private async noted(
    tx: Tx,
    route: LockedRoute | null,
    cabinet: CabinetRow,
    input: VisitInput & { readonly scannedAt: Date | null },
    { userId }: Driver,
  ): Promise<RestockVisit | InvalidInputError | RestockVisitChangedError> {
    const { visitKey, arrivedAt, note, scannedAt } = input;
    const before = await this.visits.byKey(tx, userId, visitKey);
    const isOther =
      before &&
      (before.routeId !== (route?.id ?? null) ||
        before.cabinetId !== cabinet.id ||
        before.arrivedAt.getTime() !== arrivedAt.getTime() ||
        (before.note !== '' && note !== '' && before.note !== note) ||
        (before.measuredDeciCelsius !== null &&
          input.measuredDeciCelsius !== null &&
          before.measuredDeciCelsius !== input.measuredDeciCelsius) ||
        (before.signatureId !== null &&
          input.signatureId !== null &&
          before.signatureId !== input.signatureId));
    if (isOther) return new RestockVisitChangedError(null);
    const wanted = [...input.photoIds, ...(input.signatureId === null ? [] : [input.signatureId])];
    const attached = new Set<string>((await this.photos.attach(tx, wanted, userId)).map(({ id }) => id));
    if (wanted.some((id) => !attached.has(id))) return photosFault();
    const signatureId = (input.signatureId ?? before?.signatureId ?? null) as RestockVisit['signatureId'];
    const more = {
      leftAt: input.isComplete ? input.leftAt : (before?.leftAt ?? null),
      scannedAt: before?.scannedAt ?? scannedAt,
      measuredDeciCelsius: input.measuredDeciCelsius ?? before?.measuredDeciCelsius ?? null,
      signatureId,
      note: note === '' ? (before?.note ?? '') : note,
    };
    const { countyCode, operatorId } = cabinet;
    const visit: RestockVisit = before
      ? { ...(before as Pick<RestockVisit, keyof RestockVisit>), ...more }
      : {
          id: newId('rvs'),
          visitKey,
          routeId: route?.id ?? null,
          cabinetId: cabinet.id,
          countyCode,
          operatorId,
          visitedBy: userId,
          arrivedAt,
          ...more,
          submittedAt: this.clock.now(),
        };
    if (before) await this.visits.complete(tx, visit.id, visit);
    else await this.visits.insert(tx, visit);
    await this.visits.insertDeeds(tx, visit.id, input.deeds);
    await this.visits.insertPhotos(tx, visit.id, input.photoIds);
    const photos = await this.visits.photosOf(tx, visit.id);
    return photos.length > VISIT_PHOTOS_MAX ? photosFault() : visit;
  }

  private async unsaid(
    tx: Tx,
    visitId: RestockVisitId,
    slots: readonly VisitedSlotInput[],
  ): Promise<VisitedSlotInput[] | RestockVisitChangedError> {
    const said = new Map(
      (await this.visits.slotsSaid(tx, visitId)).map((each) => [each.slotCode, each.contentHash]),
    );
    const other = slots.find((slot) => said.has(slot.slotCode) && said.get(slot.slotCode) !== slotHash(slot));
    return other
      ? new RestockVisitChangedError(other.slotCode)
      : slots.filter(({ slotCode }) => !said.has(slotCode));
  }

  private async keep(
    tx: Tx,
    visit: RestockVisit,
    cabinet: CabinetRow,
    slots: readonly VisitedSlotInput[],
    worked: readonly WorkedSlot[],
  ): Promise<void> {
    const sum = (units: readonly { readonly quantity: number }[]) =>
      units.reduce((total, { quantity }) => total + quantity, 0);
    await this.visits.insertSlots(
      tx,
      slots.map((slot, index) => ({
        visitId: visit.id,
        slotCode: slot.slotCode,
        contentHash: slotHash(slot),
        countedAt: slot.countedAt,
        countedUnits: sum(slot.counted),
        varianceUnits: worked[index]?.varianceUnits ?? 0,
        removedUnits: sum(slot.removed),
        disposedUnits: sum(slot.removed.filter(({ fate }) => fate === 'DISPOSED')),
        filledUnits: sum(slot.filled),
        isSuperseded: worked[index]?.isSuperseded ?? false,
      })),
    );
    const lostUnits = lossOf(
      worked.flatMap(({ goods, isSuperseded }) => goods.map((found) => ({ ...found, isSuperseded }))),
    );
    if (lostUnits > 0)
      await this.alarms.sayLoss(tx, cabinet.id, `补货盘点短缺 ${lostUnits} 件`, visit.arrivedAt);
    await this.audit.record(tx, {
      actorId: visit.visitedBy,
      act: 'restock.visited',
      subject: visit.id,
      divisionCode: cabinet.countyCode,
      detail: { cabinetId: cabinet.id, routeId: visit.routeId, slots: slots.length, lostUnits },
    });
  }
}

function workOf({ removed, ...slot }: VisitedSlotInput) {
  return {
    ...slot,
    taken: removed.filter(({ fate }) => fate === 'TAKEN'),
    disposed: removed.filter(({ fate }) => fate === 'DISPOSED'),
  };
}

function photosFault(): InvalidInputError {
  const message = {
    zh: `照片须由本人上传，且至多 ${VISIT_PHOTOS_MAX} 张`,
    en: `Photos are those that one has brought oneself, ${VISIT_PHOTOS_MAX} at most.`,
  };
  return new InvalidInputError([{ path: 'photoIds', message }]);
}
