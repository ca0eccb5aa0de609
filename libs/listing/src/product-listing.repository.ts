import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type IdOf, type ReturnedField, newId } from '#libs/kernel';
import type { MerchantId } from '#libs/merchant';
import type { Tx } from '#platform/database';
import { type ListingAct, type ListingId, ProductListing } from './product-listing.entity.js';
import { UNDECIDED } from './product-listing.rules.js';

export interface ListingStepNote {
  readonly act: ListingAct;
  readonly actorId: IdOf<'usr'>;
  readonly reason?: string;
  readonly fields?: readonly ReturnedField[];
}

export type SavedContent = Pick<ProductListing, 'content' | 'revision' | 'typedBy' | 'updatedAt'>;

@Injectable()
export class ProductListingRepository {
  /** Throws on a unique key when this merchant has saved under the key before, or has a change of the product open. */
  async insert(tx: Tx, listing: ProductListing): Promise<void> {
    await tx.manager.insert(ProductListing, listing);
  }

  /** The lock by which everything that happens to one listing takes turns; null of other merchants'. */
  lockOwn(tx: Tx, id: string, merchantIds: readonly string[]): Promise<ProductListing | null> {
    return this.lock(tx, id, 'merchant_id IN (?)', [['', ...merchantIds]]);
  }

  /** Null outside of the divisions, and until it was handed in. */
  lockWithin(tx: Tx, id: string, scope: readonly string[] | 'ALL'): Promise<ProductListing | null> {
    const { sql, values } = withinScope('county_code', scope);
    return this.lock(tx, id, `${sql} AND submitted_at IS NOT NULL`, values);
  }

  byKey(tx: Tx, merchantId: MerchantId, idempotencyKey: string): Promise<ProductListing | null> {
    return tx.manager.findOneBy(ProductListing, { merchantId, idempotencyKey });
  }

  /** The one change that this merchant has open of the product. */
  openOf(tx: Tx, merchantId: MerchantId, productId: string): Promise<ProductListing | null> {
    return tx.manager.findOneBy(ProductListing, {
      merchantId,
      openProductId: productId as IdOf<'prd'>,
    });
  }

  async countUndecided(tx: Tx, merchantId: string): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM product_listing WHERE merchant_id = ? AND state IN (?)',
      [merchantId, UNDECIDED],
    );
    return Number(row?.n);
  }

  async saveContent(
    tx: Tx,
    id: ListingId,
    { content, revision, typedBy, updatedAt }: SavedContent,
  ): Promise<void> {
    await tx.write(
      'UPDATE product_listing SET content = ?, revision = ?, typed_by = ?, updated_at = ? WHERE id = ?',
      [JSON.stringify(content), revision, JSON.stringify(typedBy), updatedAt, id],
    );
  }

  async update(tx: Tx, id: ListingId, changes: Partial<ProductListing>): Promise<void> {
    await tx.manager.update(ProductListing, { id }, changes);
  }

  async addStep(
    tx: Tx,
    listingId: ListingId,
    { act, actorId, reason = '', fields = [] }: ListingStepNote,
    at: Date,
  ): Promise<void> {
    await tx.insert('product_listing_step', [
      { id: newId('lss'), listingId, act, actorId, reason, fields: JSON.stringify(fields), at },
    ]);
  }

  private async lock(
    tx: Tx,
    id: string,
    where: string,
    values: readonly (string | readonly string[])[],
  ): Promise<ProductListing | null> {
    const [found] = await tx.query<{ id: ListingId }>(
      `SELECT id FROM product_listing WHERE id = ? AND ${where} FOR UPDATE`,
      [id, ...values],
    );
    return found ? tx.manager.findOneBy(ProductListing, { id: found.id }) : null;
  }
}
