import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetMessageId } from './message.entity.js';
import type { Weighing } from './message-schema.service.js';

/** What a cabinet's trays weighed before and after somebody had its door open. */
export interface WeighingMessage extends Weighing {
  readonly messageId: CabinetMessageId;
  readonly cabinetId: CabinetId;
  /** When the door was shut again. */
  readonly occurredAt: Date;
}

type Raw = Pick<WeighingMessage, 'messageId' | 'cabinetId' | 'occurredAt'> & { readonly data: string };

const SELECT = `SELECT id AS messageId, cabinet_id AS cabinetId, occurred_at AS occurredAt, data FROM cabinet_message`;

/** More than a cabinet is opened while we are away, one buyer after the other. */
const LATEST_MAX = 100;

@Injectable()
export class WeighingReader {
  async byId(tx: Tx, messageId: string): Promise<WeighingMessage | null> {
    const [row] = await tx.query<Raw>(`${SELECT} WHERE id = ? AND kind = 'WEIGHING'`, [messageId]);
    return row ? read(row) : null;
  }

  /** The first that a cabinet has said lately of an opening by this command. */
  async firstOf(tx: Tx, cabinetId: string, commandId: string): Promise<WeighingMessage | null> {
    const rows = await tx.query<Raw>(
      `${SELECT} WHERE cabinet_id = ? AND kind = 'WEIGHING' ORDER BY id DESC LIMIT ?`,
      [cabinetId, LATEST_MAX],
    );
    return rows.map(read).findLast((said) => said.commandId === commandId) ?? null;
  }
}

function read({ data, ...row }: Raw): WeighingMessage {
  // Written by ourselves from what the schema let through.
  return { ...row, ...(JSON.parse(data) as Weighing) };
}
