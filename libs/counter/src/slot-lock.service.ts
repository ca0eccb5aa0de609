import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { SlotLockRepository, type SlotLocking, type SlotRelease } from './slot-lock.repository.js';

/** Whoever finds a reason why nothing may be sold from a slot locks it for that reason, and takes back no other's. */
@Injectable()
export class SlotLockService {
  constructor(
    private readonly locks: SlotLockRepository,
    private readonly clock: Clock,
  ) {}

  /** Answers which have been locked by it: those that were locked for that reason already stay as they are. */
  lock(tx: Tx, cabinetId: CabinetId, slotCodes: readonly string[], locking: SlotLocking): Promise<string[]> {
    return this.locks.insert(tx, cabinetId, slotCodes, { ...locking, at: this.clock.now() });
  }

  /** How many were locked for that reason. Repeating it is harmless. */
  release(tx: Tx, cabinetId: CabinetId, slotCodes: readonly string[], release: SlotRelease): Promise<number> {
    const until = this.clock.now();
    return this.releaseSeen(
      tx,
      cabinetId,
      slotCodes.map((slotCode) => ({ slotCode, until })),
      release,
    );
  }

  /** Of each of these, what was locked until somebody looked there: what was locked since they have not seen. */
  releaseSeen(
    tx: Tx,
    cabinetId: CabinetId,
    slots: readonly { readonly slotCode: string; readonly until: Date }[],
    release: SlotRelease,
  ): Promise<number> {
    return this.locks.release(tx, cabinetId, slots, { ...release, at: this.clock.now() });
  }

  /** From which of its slots nothing is sold. */
  lockedOf(tx: Tx, cabinetId: CabinetId): Promise<string[]> {
    return this.locks.lockedOf(tx, cabinetId);
  }

  openFor(tx: Tx, cabinetId: CabinetId, reason: SlotLocking['reason']): Promise<string[]> {
    return this.locks.openFor(tx, cabinetId, reason);
  }
}
