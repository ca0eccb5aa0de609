import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { ReservedShare } from './reserved-share.entity.js';

@Injectable()
export class ReservedShareRepository {
  /** What counts now; the lock of the unit's row keeps two filings apart. */
  async latest(tx: Tx, unitId: ReservedShare['unitId'], year: number): Promise<ReservedShare | null> {
    const [share] = await tx.manager.find(ReservedShare, {
      where: { unitId, year },
      order: { version: 'DESC' },
      take: 1,
    });
    return share ?? null;
  }

  async insert(tx: Tx, share: ReservedShare): Promise<void> {
    await tx.manager.insert(ReservedShare, share);
  }
}
