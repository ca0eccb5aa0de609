import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { Review, type ReviewId, ReviewPhoto } from './review.entity.js';
import { NAMELESS } from './review.rules.js';

@Injectable()
export class ReviewRepository {
  lock(tx: Tx, id: string): Promise<Review | null> {
    return tx.manager.findOne(Review, { where: { id: id as ReviewId }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, review: Review, photoIds: readonly ReviewPhoto['photoId'][]): Promise<void> {
    await tx.manager.insert(Review, review);
    if (photoIds.length === 0) return;
    await tx.manager.insert(
      ReviewPhoto,
      photoIds.map((photoId, position) => ({ reviewId: review.id, position, photoId })),
    );
  }

  async update(tx: Tx, id: ReviewId, changes: Partial<Review>): Promise<void> {
    await tx.manager.update(Review, { id }, changes);
  }

  /** Of whoever is no longer there: what they said stays, without the beginning of a name. The same however often. */
  async forgetNames(tx: Tx, buyerId: string): Promise<void> {
    await tx.write('UPDATE review SET shown_name = ? WHERE buyer_id = ?', [NAMELESS, buyerId]);
  }

  /** The row that all reviews of a product share, so it is taken last. */
  async count(tx: Tx, productId: string, rating: number, by: 1 | -1): Promise<void> {
    const column = `stars_${rating}`;
    if (by === -1) {
      await tx.write(`UPDATE review_summary SET ${column} = ${column} - 1 WHERE product_id = ?`, [productId]);
      return;
    }
    const stars = [1, 2, 3, 4, 5].map((star) => (star === rating ? 1 : 0));
    await tx.write(
      `INSERT INTO review_summary (product_id, stars_1, stars_2, stars_3, stars_4, stars_5) VALUES (?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE ${column} = ${column} + 1`,
      [productId, ...stars],
    );
  }

  async addWord(tx: Tx, word: string, addedBy: string, addedAt: Date): Promise<void> {
    // There already: it stays as it was.
    await tx.write(
      'INSERT INTO review_word (word, added_by, added_at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE word = word',
      [word, addedBy, addedAt],
    );
  }

  async removeWord(tx: Tx, word: string): Promise<void> {
    await tx.write('DELETE FROM review_word WHERE word = ?', [word]);
  }
}
