import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { type CabinetCommandId, type CommandState, REMOTE_KINDS, type RemoteKind } from './command.entity.js';

export interface RemoteCommandRow {
  readonly id: CabinetCommandId;
  readonly cabinetId: CabinetId;
  readonly kind: RemoteKind;
  readonly state: CommandState;
  readonly data: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly sentAt: Date | null;
  readonly repliedAt: Date | null;
  readonly detail: string;
  readonly log: string | null;
}

/** A month of whoever is diligent. */
const COMMANDS_SHOWN_MAX = 30;

const COLUMNS = `id, cabinet_id AS cabinetId, kind, state, data, requested_at AS requestedAt, expires_at AS expiresAt, sent_at AS sentAt,
  replied_at AS repliedAt, detail, log`;

/** What people have told cabinets to do. Of cabinets that were found within a scope. */
@Injectable()
export class RemoteCommandReader {
  constructor(private readonly database: Database) {}

  /** The latest of each, newest first. */
  async of(cabinetIds: readonly string[]): Promise<RemoteCommandRow[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query<RemoteCommandRow>(
      `SELECT * FROM (
         SELECT ${COLUMNS}, ROW_NUMBER() OVER (PARTITION BY cabinet_id ORDER BY id DESC) AS place
         FROM cabinet_command WHERE cabinet_id IN (?) AND kind IN (?) AND requested_by IS NOT NULL) ranked
       WHERE place <= ? ORDER BY id DESC`,
      [cabinetIds, REMOTE_KINDS, COMMANDS_SHOWN_MAX],
    );
  }

  async byId(id: CabinetCommandId): Promise<RemoteCommandRow | null> {
    const [row] = await this.database.query<RemoteCommandRow>(
      `SELECT ${COLUMNS} FROM cabinet_command WHERE id = ? AND requested_by IS NOT NULL`,
      [id],
    );
    return row ?? null;
  }
}
