import { Injectable } from '@nestjs/common';
import { AddressService } from '#libs/address';
import {
  AccountEndService,
  AuditService,
  PhoneProofService,
  type SignInCodeExpiredError,
  type SignInCodeWrongError,
  type UserId,
} from '#libs/identity';
import { Clock, newId, plus } from '#libs/kernel';
import { CartService } from '#libs/ordering';
import { Database, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import { AccountNotDeletableError } from './account-deletion.errors.js';
import { accountDeleted } from './account-deletion.events.js';
import { AccountDeletionRepository, type DueDeletion } from './account-deletion.repository.js';
import { COOLING_OFF_MS, deletionStep } from './account-deletion.rules.js';
import { OpenMatterReader } from './open-matter.reader.js';

/** Whoever asks, with the code that their phone has just got. */
export interface Proof {
  readonly userId: UserId;
  readonly code: string;
  readonly address: string;
}

export type DeletionRequest = null | SignInCodeWrongError | SignInCodeExpiredError | AccountNotDeletableError;

/** Forgets people who ask for it, after some days in which they may think better of it. */
@Injectable()
export class AccountDeletionService {
  constructor(
    private readonly database: Database,
    private readonly deletions: AccountDeletionRepository,
    private readonly matters: OpenMatterReader,
    private readonly proofs: PhoneProofService,
    private readonly accounts: AccountEndService,
    private readonly addresses: AddressService,
    private readonly carts: CartService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Again, it changes nothing: the first one counts. Null when it is open. */
  async request({ userId, code, address }: Proof): Promise<DeletionRequest> {
    const matters = await this.matters.of(userId);
    if (matters.length > 0) return new AccountNotDeletableError(matters);
    const refusal = await this.proofs.prove(userId, code, address);
    if (refusal) return refusal;
    const now = this.clock.now();
    const [id, dueAt] = [newId('del'), plus(now, COOLING_OFF_MS)];
    try {
      await this.database.transaction(async (tx) => {
        await this.deletions.insert(tx, {
          id,
          userId,
          state: 'REQUESTED',
          openOf: userId,
          requestedAt: now,
          dueAt,
          nextTryAt: dueAt,
          endedAt: null,
        });
        await this.audit.record(tx, { actorId: userId, act: 'account.deletion_requested', subject: userId });
      });
    } catch (error) {
      // Asked for already, and still open: its day stays.
      if (!isDuplicate(error)) throw error;
    }
    return null;
  }

  /** Thought better of. Nothing open is nothing to withdraw. */
  async withdraw(userId: UserId): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.deletions.withdraw(tx, userId, this.clock.now()))) return;
      await this.audit.record(tx, { actorId: userId, act: 'account.deletion_withdrawn', subject: userId });
    });
  }

  /** One round; returns how many it looked at. What cannot be finished yet is put off, so calling again comes to an end. */
  async finishDue(limit: number): Promise<number> {
    const due = await this.deletions.due(this.clock.now(), limit);
    for (const deletion of due) await this.advance(deletion);
    return due.length;
  }

  private async advance(deletion: DueDeletion): Promise<void> {
    const hasOpenMatters = (await this.matters.of(deletion.userId)).length > 0;
    // Signed out before the last look at what is open: from then on nobody can open anything new.
    const quietFrom = hasOpenMatters ? null : await this.accounts.signOutEverywhere(deletion.userId);
    const step = deletionStep({ hasOpenMatters, quietFrom }, this.clock.now());
    if (step.kind === 'DELETE') await this.finish(deletion);
    else await this.database.transaction((tx) => this.deletions.putOff(tx, deletion.id, step.until));
  }

  /** All at once, so that nobody is half gone; what others keep with the id follows the fact. */
  private async finish({ id, userId }: DueDeletion): Promise<void> {
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      if (!(await this.deletions.finish(tx, id, at))) return;
      await this.accounts.end(tx, userId, at);
      await this.addresses.forget(tx, userId);
      await this.carts.forget(tx, userId);
      await emit(tx, accountDeleted({ userId, deletionId: id }, at));
    });
  }
}
