import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { AddressId, BuyerAddress } from './address.entity.js';
import type { AddressContent } from './address.rules.js';

export interface LockedAddress {
  readonly id: AddressId;
  readonly isDefault: boolean;
  readonly contentHash: Buffer;
}

type Written = AddressContent & Pick<BuyerAddress, 'contentHash' | 'changedAt'>;

@Injectable()
export class AddressRepository {
  /** The book, what was changed last first. Locked, so that two windows of one buyer cannot overfill it together. */
  async lockBook(tx: Tx, buyerId: string): Promise<LockedAddress[]> {
    const rows = await tx.query<Omit<LockedAddress, 'isDefault'> & { isDefault: number }>(
      `SELECT id, default_of IS NOT NULL AS isDefault, content_hash AS contentHash FROM buyer_address
       WHERE buyer_id = ? ORDER BY changed_at DESC, id DESC FOR UPDATE`,
      [buyerId],
    );
    return rows.map((row) => ({ ...row, isDefault: row.isDefault === 1 }));
  }

  /** Fails on a unique key if the same address, or another default, has got into the book meanwhile. */
  async insert(tx: Tx, address: { [Key in keyof BuyerAddress]: BuyerAddress[Key] }): Promise<void> {
    await tx.insert('buyer_address', [address]);
  }

  async change(tx: Tx, id: string, address: Written): Promise<void> {
    const { name, phone, countyCode, townshipCode, detail, contentHash, changedAt } = address;
    await tx.write(
      `UPDATE buyer_address SET name = ?, phone = ?, county_code = ?, township_code = ?, detail = ?, content_hash = ?,
         changed_at = ? WHERE id = ?`,
      [name, phone, countyCode, townshipCode, detail, contentHash, changedAt, id],
    );
  }

  async clear(tx: Tx, buyerId: string): Promise<void> {
    await tx.write('DELETE FROM buyer_address WHERE buyer_id = ?', [buyerId]);
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.write('DELETE FROM buyer_address WHERE id = ?', [id]);
  }

  /** The former default first: the unique key knows one at a time. */
  async setDefault(tx: Tx, buyerId: IdOf<'usr'>, id: string): Promise<void> {
    await tx.write('UPDATE buyer_address SET default_of = NULL WHERE default_of = ? AND id <> ?', [
      buyerId,
      id,
    ]);
    await tx.write('UPDATE buyer_address SET default_of = ? WHERE id = ? AND buyer_id = ?', [
      buyerId,
      id,
      buyerId,
    ]);
  }
}
