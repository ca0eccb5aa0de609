import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { AuditRepository } from './audit.repository.js';

export interface AuditNote {
  /** Null where nobody is signed in, or the system acts. */
  readonly actorId: string | null;
  /** `noun.verb`, past tense; at most 60 characters. */
  readonly act: string;
  /** Whom or what it was done to: an id, or `phone:…`, `address:…`; at most 80 characters. */
  readonly subject: string;
  /** Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

@Injectable()
export class AuditService {
  constructor(
    private readonly entries: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /** Written in the transaction of the act, so that neither exists without the other. */
  async record(tx: Tx, ...notes: readonly AuditNote[]): Promise<void> {
    const at = this.clock.now();
    await this.entries.insert(
      tx,
      notes.map(({ detail, ...note }) => ({ id: newId('aud'), ...note, detail: detail ?? null, at })),
    );
  }
}
