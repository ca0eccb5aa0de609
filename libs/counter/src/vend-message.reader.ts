import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetMessageId } from './message.entity.js';
import type { Vend } from './message-schema.service.js';

/** What a cabinet has said of one vend. */
export interface VendMessage extends Vend {
  readonly messageId: CabinetMessageId;
  readonly cabinetId: CabinetId;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
}

type Raw = Pick<VendMessage, 'messageId' | 'cabinetId' | 'occurredAt' | 'receivedAt'> & {
  readonly data: string;
};

const SELECT = `SELECT id AS messageId, cabinet_id AS cabinetId, occurred_at AS occurredAt, received_at AS receivedAt, data
  FROM cabinet_message`;

/** More than a cabinet hands out while one command is open. */
const LATEST_MAX = 200;

@Injectable()
export class VendMessageReader {
  async byId(tx: Tx, messageId: string): Promise<VendMessage | null> {
    const [row] = await tx.query<Raw>(`${SELECT} WHERE id = ? AND kind = 'VEND'`, [messageId]);
    return row ? read(row) : null;
  }

  /** The latest that a cabinet has said, in their order. */
  async latest(tx: Tx, cabinetId: CabinetId): Promise<VendMessage[]> {
    const rows = await tx.query<Raw>(
      `${SELECT} WHERE cabinet_id = ? AND kind = 'VEND' ORDER BY id DESC LIMIT ?`,
      [cabinetId, LATEST_MAX],
    );
    return rows.map(read).toReversed();
  }
}

function read({ data, ...row }: Raw): VendMessage {
  // Written by ourselves from what the schema let through.
  return { ...row, ...(JSON.parse(data) as Vend) };
}
