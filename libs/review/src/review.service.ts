import { Injectable } from '@nestjs/common';
import { isWithin } from '#libs/division';
import { AuditService, UserReader } from '#libs/identity';
import {
  Clock,
  type DomainError,
  type IdOf,
  InvalidInputError,
  NotFound,
  newId,
  present,
} from '#libs/kernel';
import { MerchantOrderReader, type OrderLineRow, OrderReader } from '#libs/ordering';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { type OpenPhoto, PhotoService, type PhotoSize } from '#platform/files';
import type { Review, ReviewId, ReviewPhoto, ReviewState } from './review.entity.js';
import {
  AlreadyRepliedError,
  AlreadyReviewedError,
  NotReviewableError,
  ReviewStateError,
} from './review.errors.js';
import { ReviewReader } from './review.reader.js';
import { ReviewRepository } from './review.repository.js';
import {
  REVIEW_WORDS_MAX,
  type ReviewInput,
  holdReasonOf,
  plainText,
  refuseReason,
  refuseReply,
  refuseReview,
  refuseWord,
  reviewableUntil,
  shownNameOf,
} from './review.rules.js';

export interface ReviewWish extends ReviewInput {
  readonly orderLineId: string;
}

export interface Moderator {
  readonly userId: IdOf<'usr'>;
  readonly divisions: readonly string[] | 'ALL';
}

/** Reviews and what becomes of them. Sums of stars are kept in the transaction that changes what they add up. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly database: Database,
    private readonly reviews: ReviewRepository,
    private readonly reader: ReviewReader,
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly users: UserReader,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Whoever has bought and received it, once. Throws NotFound for the lines and photos of others. */
  async post(
    buyerId: IdOf<'usr'>,
    wish: ReviewWish,
  ): Promise<ReviewId | InvalidInputError | NotReviewableError | AlreadyReviewedError> {
    const refusal = refuseReview(wish);
    if (refusal) return refusal;
    const [line] = await this.orders.linesByIds([wish.orderLineId]);
    const part = line ? await this.merchantOrders.byIdForBuyer(line.merchantOrderId, buyerId) : null;
    if (!line || !part) throw new NotFound('OrderLine', wish.orderLineId);
    const isThere = await this.hasArrived(line);
    const endsAt = isThere && part.receivedAt ? reviewableUntil(part.receivedAt) : null;
    if (!endsAt || this.clock.now() > endsAt) return new NotReviewableError(endsAt);
    const shownName = shownNameOf((await this.users.byId(buyerId))?.displayName ?? '');
    try {
      return await this.insert(buyerId, line, wish, shownName);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const [said] = await this.reader.ofLines([line.id]);
      return new AlreadyReviewedError(present(said, 'the review that was faster').id);
    }
  }

  /** Once, under the merchant's name. Throws NotFound for what is not about its goods, or not shown. */
  reply(
    id: string,
    text: string,
    seller: { readonly userId: IdOf<'usr'>; readonly merchantIds: readonly string[] },
  ): Promise<ReviewId | InvalidInputError | AlreadyRepliedError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseReply(text);
      if (refusal) return refusal;
      const found = await this.reviews.lock(tx, id);
      if (!found || !seller.merchantIds.includes(found.merchantId) || found.state !== 'SHOWN')
        throw new NotFound('Review', id);
      if (found.reply !== null) return new AlreadyRepliedError();
      const words = await this.reader.words(tx);
      if (holdReasonOf(text, words) !== null) return new InvalidInputError([unfit]);
      const [reply, repliedAt] = [text.trim(), this.clock.now()];
      await this.reviews.update(tx, found.id, { reply, repliedAt, repliedBy: seller.userId });
      await this.note(tx, found, 'review.replied', seller.userId);
      return found.id;
    });
  }

  /** Not shown any more, with a reason that its writer reads. */
  hide(id: string, reason: string, by: Moderator): Promise<ReviewId | InvalidInputError | ReviewStateError> {
    return this.moderate(id, 'HIDDEN', reason, by);
  }

  /** Shown after all. */
  show(id: string, by: Moderator): Promise<ReviewId | ReviewStateError> {
    return this.moderate<never>(id, 'SHOWN', null, by);
  }

  /** For whoever moderates, who is written down. Null outside their division. */
  async openPhoto(
    reviewId: string,
    photoId: string,
    size: PhotoSize,
    by: Moderator,
  ): Promise<OpenPhoto | null> {
    const review = await this.reader.byId(reviewId, { divisions: by.divisions });
    const isOfReview = review && (await this.reader.photosOf([review.id])).some(({ id }) => id === photoId);
    const open = await this.photos.openById(isOfReview ? photoId : null, size);
    if (review && open)
      await this.database.transaction((tx) =>
        this.note(tx, review, 'review.photo_seen', by.userId, { photoId }),
      );
    return open;
  }

  setWord(text: string, isListed: boolean, userId: IdOf<'usr'>): Promise<InvalidInputError | null> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseWord(text);
      if (refusal) return refusal;
      const word = plainText(text);
      if (isListed && (await this.reader.words(tx)).length >= REVIEW_WORDS_MAX)
        return new InvalidInputError([tooMany]);
      if (isListed) await this.reviews.addWord(tx, word, userId, this.clock.now());
      else await this.reviews.removeWord(tx, word);
      const act = isListed ? 'review.word_added' : 'review.word_removed';
      await this.audit.record(tx, { actorId: userId, act, subject: 'review_word', detail: { word } });
      return null;
    });
  }

  /** Joins: who has written them is shown no longer; what was said, and its stars, stay. */
  async forgetWriter(tx: Tx, buyerId: string): Promise<void> {
    await this.reviews.forgetNames(tx, buyerId);
  }

  private insert(
    buyerId: IdOf<'usr'>,
    line: OrderLineRow,
    { rating, text, photoIds }: ReviewWish,
    shownName: string,
  ): Promise<ReviewId> {
    return this.database.transaction(async (tx) => {
      const held = holdReasonOf(text, await this.reader.words(tx));
      const review: Review = {
        id: newId('rev'),
        orderLineId: line.id,
        buyerId,
        productId: line.productId,
        merchantId: line.merchantId,
        countyCode: line.sellerCountyCode,
        variantName: line.variantName,
        rating,
        text: text.trim(),
        shownName,
        state: held === null ? 'SHOWN' : 'HELD',
        stateReason: held ?? '',
        moderatedBy: null,
        reply: null,
        repliedBy: null,
        repliedAt: null,
        postedAt: this.clock.now(),
      };
      await this.reviews.insert(tx, review, await this.ownPhotos(tx, buyerId, photoIds));
      if (review.state === 'SHOWN') await this.reviews.count(tx, review.productId, rating, 1);
      return review.id;
    });
  }

  private moderate<R extends DomainError = InvalidInputError>(
    id: string,
    to: Exclude<ReviewState, 'HELD'>,
    reason: string | null,
    { userId, divisions }: Moderator,
  ): Promise<ReviewId | ReviewStateError | R> {
    return this.database.transaction(async (tx): Promise<ReviewId | ReviewStateError | R> => {
      const refusal = reason === null ? null : refuseReason(reason);
      if (refusal) return refusal as DomainError as R;
      const found = await this.reviews.lock(tx, id);
      if (!found || !isWithin(found.countyCode, divisions)) throw new NotFound('Review', id);
      if (found.state === to) return new ReviewStateError(found.state);
      const stateReason = reason?.trim() ?? '';
      await this.reviews.update(tx, found.id, { state: to, stateReason, moderatedBy: userId });
      await this.note(tx, found, to === 'HIDDEN' ? 'review.hidden' : 'review.shown', userId, {
        reason: stateReason,
      });
      const by = to === 'SHOWN' ? 1 : -1;
      // What waited was never counted.
      if (by === 1 || found.state === 'SHOWN')
        await this.reviews.count(tx, found.productId, found.rating, by);
      return found.id;
    });
  }

  /** Of what was called off whole nothing has come, though the rest of the order was received. */
  private async hasArrived({ id, merchantOrderId, quantity }: OrderLineRow): Promise<boolean> {
    const calledOff = await this.merchantOrders.callOffsOf([merchantOrderId]);
    const gone = calledOff.filter((each) => each.orderLineId === id);
    return gone.reduce((sum, each) => sum + each.quantity, 0) < quantity;
  }

  private async ownPhotos(
    tx: Tx,
    buyerId: string,
    photoIds: readonly string[],
  ): Promise<ReviewPhoto['photoId'][]> {
    const photos = await this.photos.attach(tx, photoIds, buyerId);
    const found = new Map(photos.map((photo) => [photo.id as string, photo]));
    return photoIds.map((photoId) => {
      const photo = found.get(photoId);
      if (!photo) throw new NotFound('Photo', photoId);
      return photo.id;
    });
  }

  private async note(
    tx: Tx,
    { id, countyCode }: Pick<Review, 'id' | 'countyCode'>,
    act: string,
    actorId: string,
    detail: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.audit.record(tx, { actorId, act, subject: id, divisionCode: countyCode || null, detail });
  }
}

const unfit = {
  path: 'text',
  message: {
    zh: '回复含电话号码或不当词语，请修改',
    en: 'A reply holds no numbers of people and no unfit words.',
  },
};
const tooMany = {
  path: 'word',
  message: { zh: `词表不超过 ${REVIEW_WORDS_MAX} 个`, en: `The list has at most ${REVIEW_WORDS_MAX} words.` },
};
