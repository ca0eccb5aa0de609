import { Injectable } from '@nestjs/common';
import { commonDivisionOf } from '#libs/division';
import { Clock, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { AuditRepository } from './audit.repository.js';

export interface AuditNote {
  /** Null where nobody is signed in, or the system acts. */
  readonly actorId: string | null;
  /** `noun.verb`, past tense; at most 60 characters. */
  readonly act: string;
  /** Whom or what it was done to: an id, or `phone:…`, `address:…`; at most 80 characters. */
  readonly subject: string;
  /** Where that lies, so that its inspectors find it; nothing said: nowhere, it is the platform's. */
  readonly divisionCode?: string | null;
  /** Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Somebody is about to see something, within these divisions. */
export interface SeenNote extends Omit<AuditNote, 'divisionCode'> {
  readonly scope: readonly string[] | 'ALL';
}

@Injectable()
export class AuditService {
  constructor(
    private readonly database: Database,
    private readonly entries: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /** Written in the transaction of the act, so that neither exists without the other. */
  async record(tx: Tx, ...notes: readonly AuditNote[]): Promise<void> {
    const at = this.clock.now();
    await this.entries.insert(
      tx,
      notes.map(({ detail, divisionCode, ...note }) => ({
        id: newId('aud'),
        ...note,
        divisionCode: divisionCode ?? null,
        detail: detail ?? null,
        at,
      })),
    );
  }

  /** Before they see it. An entry lies in the narrowest division that holds all of where they may look. */
  seen(notes: readonly SeenNote[]): Promise<void> {
    return this.database.transaction((tx) =>
      this.record(
        tx,
        ...notes.map(({ scope, ...note }) => ({ ...note, divisionCode: commonDivisionOf(scope) })),
      ),
    );
  }
}
