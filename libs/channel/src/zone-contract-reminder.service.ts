import { Injectable } from '@nestjs/common';
import { dayAfter } from '#libs/division';
import { MembershipReader } from '#libs/identity';
import { Clock, businessDay } from '#libs/kernel';
import { isHourToRemind } from '#libs/merchant';
import { Database } from '#platform/database';
import { emit } from '#platform/outbox';
import { zoneContractEnding } from './channel-point.events.js';
import { ZoneContractRepository } from './zone-contract.repository.js';

/** Long enough to agree on the next one: the day after its end none of its shops sells. The earliest first. */
const REMINDED_DAYS = [60, 30, 7] as const;

/** Owners of a host are told that a contract ends: each time once, however many clocks run and however long none did. */
@Injectable()
export class ZoneContractReminderService {
  constructor(
    private readonly database: Database,
    private readonly contracts: ZoneContractRepository,
    private readonly memberships: MembershipReader,
    private readonly clock: Clock,
  ) {}

  /** One bounded round; returns of how many contracts it told. */
  async remindDue(limit: number): Promise<number> {
    const at = this.clock.now();
    if (!isHourToRemind(at)) return 0;
    const today = businessDay(at);
    const days = REMINDED_DAYS.map((before) => ({ before, until: dayAfter(today, before) }));
    return this.database.transaction(async (tx) => {
      const due = await this.contracts.lockToRemind(tx, today, days, limit);
      for (const { before, until } of days) {
        const ids = due.flatMap(({ id, validTo }) => (validTo <= until ? [id] : []));
        await this.contracts.setReminded(tx, ids, before);
      }
      const owners = await this.memberships.ownersOf([...new Set(due.map(({ hostId }) => hostId))], tx);
      const facts = due.flatMap(({ id: contractId, hostId }) =>
        owners
          .filter(({ merchantId }) => merchantId === hostId)
          .map(({ userId }) => zoneContractEnding({ contractId, userId }, at)),
      );
      await emit(tx, ...facts);
      return due.length;
    });
  }
}
