import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database } from '#platform/database';
import { posted } from './ledger.errors.js';
import { LedgerPendingRepository } from './ledger-pending.repository.js';
import type { Resolution } from './ledger-pending.rules.js';
import { LedgerService } from './ledger.service.js';

/** Ends by itself what nobody has ended in time. */
@Injectable()
export class LedgerPendingService {
  constructor(
    private readonly database: Database,
    private readonly pendings: LedgerPendingRepository,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

  /** Releases what is due, at most `limit`, in one transaction; returns how many. Any number may run at once. */
  expireDue(limit: number): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const ids = await this.pendings.lockDue(tx, now, limit);
      if (ids.length === 0) return 0;
      const resolutions = (await this.pendings.keysOf(tx, ids)).map(({ id, key }): Resolution => ({
        pendingKey: key,
        act: 'EXPIRE',
        idempotencyKey: `expire:${id}`,
        at: now,
        eventId: null,
      }));
      posted(await this.ledger.resolve(tx, resolutions));
      return ids.length;
    });
  }
}
