import { Injectable } from '@nestjs/common';
import { AuditService, type UserId } from '#libs/identity';
import { Clock, InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { InvoiceTitle } from './invoice-title.entity.js';
import {
  INVOICE_TITLES_MAX,
  type InvoiceTitleInput,
  refuseInvoiceTitle,
  tooManyTitles,
} from './invoice-title.rules.js';
import { ProcurementUnitRepository } from './procurement-unit.repository.js';
import type { InvoiceTitleRow } from './purchaser.reader.js';

/** The titles that a unit may be billed by besides the one of its register; its approvers keep them. */
@Injectable()
export class InvoiceTitleService {
  constructor(
    private readonly database: Database,
    private readonly units: ProcurementUnitRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same title again is the same; one that was ended comes into force again. */
  add(userId: UserId, input: InvoiceTitleInput): Promise<InvoiceTitleRow | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const unit = await this.units.lockForApprover(tx, input.unitId, userId);
      if (!unit) throw new NotFound('Unit', input.unitId);
      const refusal = refuseInvoiceTitle(input);
      if (refusal) return refusal;
      const [title, taxNo] = [input.title.trim(), input.taxNumber];
      const known = await tx.manager.findBy(InvoiceTitle, { unitId: unit.id });
      const same = known.find((row) => row.title === title && row.taxNo === taxNo);
      if (same?.endedAt === null) return { id: same.id, title, taxNumber: taxNo };
      if (known.filter(({ endedAt }) => endedAt === null).length >= INVOICE_TITLES_MAX)
        return new InvalidInputError([tooManyTitles]);

      const id = same?.id ?? newId('pit');
      if (same) await tx.manager.update(InvoiceTitle, { id }, { endedAt: null });
      else
        await tx.manager.insert(InvoiceTitle, {
          id,
          unitId: unit.id,
          title,
          taxNo,
          addedBy: userId,
          addedAt: this.clock.now(),
          endedAt: null,
        });
      await this.record(tx, userId, 'invoice_title.added', { unit, id });
      return { id, title, taxNumber: taxNo };
    });
  }

  /** Nothing more is ordered by it; what was ordered keeps it. Twice is harmless. */
  end(userId: UserId, unitId: string, titleId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const unit = await this.units.lockForApprover(tx, unitId, userId);
      const title =
        unit &&
        (await tx.manager.findOneBy(InvoiceTitle, { unitId: unit.id, id: titleId as InvoiceTitle['id'] }));
      if (!unit || !title) throw new NotFound('InvoiceTitle', titleId);
      if (title.endedAt !== null) return;
      await tx.manager.update(InvoiceTitle, { id: title.id }, { endedAt: this.clock.now() });
      await this.record(tx, userId, 'invoice_title.ended', { unit, id: title.id });
    });
  }

  private record(
    tx: Tx,
    actorId: UserId,
    act: string,
    {
      unit,
      id,
    }: { readonly unit: { readonly id: string; readonly divisionCode: string }; readonly id: string },
  ): Promise<void> {
    const detail = { titleId: id };
    return this.audit.record(tx, { actorId, act, subject: unit.id, divisionCode: unit.divisionCode, detail });
  }
}
