import { Injectable } from '@nestjs/common';
import type { CabinetActor } from '#libs/counter';
import { AuditService } from '#libs/identity';
import { type InvalidInputError, NotFound, present } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { DoorCourseService } from './door-course.service.js';
import type { DoorOpening, DoorOpeningId } from './door-opening.entity.js';
import { DoorNotInReviewError } from './door-opening.errors.js';
import { DoorOpeningRepository } from './door-opening.repository.js';
import { type DecidedUnits, refuseDecision } from './door-opening.rules.js';
import { vendsWithin } from './vend-scope.rules.js';

/** A person says what was taken, where the weights do not. */
@Injectable()
export class DoorReviewService {
  constructor(
    private readonly database: Database,
    private readonly openings: DoorOpeningRepository,
    private readonly course: DoorCourseService,
    private readonly audit: AuditService,
  ) {}

  /** All of it: what is not named was not taken, and where nothing is nothing is asked for. The first word counts. */
  decide(
    openingId: string,
    items: readonly DecidedUnits[],
    note: string,
    { userId, scope }: CabinetActor,
  ): Promise<DoorOpeningId | InvalidInputError | DoorNotInReviewError> {
    return this.database.transaction(async (tx) => {
      const opening = await this.openings.lockWithin(tx, openingId, vendsWithin('d', scope));
      if (!opening) throw new NotFound('DoorOpening', openingId);
      if (opening.state !== 'REVIEW') return new DoorNotInReviewError(opening.state);
      const goods = await this.openings.goodsOf(tx, opening.id);
      const invalid = refuseDecision(items, goods, note);
      if (invalid) return invalid;
      await this.openings.replaceItems(
        tx,
        opening.id,
        items.map(({ slotCode, variantId, quantity }) => {
          const good = goods.find((each) => each.slotCode === slotCode && each.variantId === variantId);
          const { priceFen, variantId: id } = present(good, 'what stood there');
          return { slotCode, variantId: id, quantity, priceFen };
        }),
      );
      const takenUnits = items.reduce((sum, { quantity }) => sum + quantity, 0);
      const decided = { decidedBy: userId, decidedNote: note.trim() };
      await this.course.hear(tx, opening, { kind: 'DECIDED', takenUnits }, decided);
      await this.note(tx, opening, userId, { takenUnits, note: note.trim() });
      return opening.id;
    });
  }

  private note(
    tx: Tx,
    { id, countyCode }: DoorOpening,
    actorId: CabinetActor['userId'],
    detail: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act: 'door_opening.decided',
      subject: id,
      divisionCode: countyCode,
      detail,
    });
  }
}
