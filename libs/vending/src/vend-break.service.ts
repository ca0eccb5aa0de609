import { Injectable } from '@nestjs/common';
import type { CabinetActor } from '#libs/counter';
import { AuditService } from '#libs/identity';
import { Clock, type InvalidInputError, NotFound } from '#libs/kernel';
import { Database } from '#platform/database';
import { refuseResolution } from './vend.rules.js';
import { VendRepository } from './vend.repository.js';
import { vendsWithin } from './vend-scope.rules.js';

/** Somebody has seen to what did not fit. */
@Injectable()
export class VendBreakService {
  constructor(
    private readonly database: Database,
    private readonly vends: VendRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** With what became of it, in words. The first word stays: resolving again changes nothing. */
  async resolve(
    breakId: string,
    note: string,
    { userId, scope }: CabinetActor,
  ): Promise<string | InvalidInputError> {
    const refusal = refuseResolution(note);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const found = await this.vends.lockBreak(tx, breakId, vendsWithin('b', scope));
      if (!found) throw new NotFound('VendBreak', breakId);
      if (found.resolvedAt) return found.id;
      await this.vends.resolveBreak(tx, found.id, { by: userId, note: note.trim(), at: this.clock.now() });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'vend.break_resolved',
        subject: found.id,
        divisionCode: found.countyCode,
        detail: { note: note.trim() },
      });
      return found.id;
    });
  }
}
