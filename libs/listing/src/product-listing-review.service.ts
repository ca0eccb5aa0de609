import { Injectable } from '@nestjs/common';
import {
  CertificationReader,
  PriceHeldError,
  ProductChangeService,
  type ProductPass,
  SearchIndexService,
  type Surroundings,
} from '#libs/catalog';
import { AuditService, MembershipReader } from '#libs/identity';
import {
  Clock,
  type IdOf,
  InvalidInputError,
  NotFound,
  type ReturnedField,
  refuseReturnedFields,
  refused,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { ListingId, ProductListing } from './product-listing.entity.js';
import { ListingChangedError, ListingStateError, OwnListingError } from './product-listing.errors.js';
import { listingDecided } from './product-listing.events.js';
import { ListingPhotoService } from './listing-photo.service.js';
import { type ListingRow, ProductListingReader } from './product-listing.reader.js';
import { ProductListingRepository } from './product-listing.repository.js';
import {
  type PlacedListing,
  type ReviewAct,
  changeOf,
  placeListing,
  refuseOrigin,
  refuseReason,
} from './product-listing.rules.js';

export interface ListingReviewer {
  readonly userId: IdOf<'usr'>;
  /** Where they may review. */
  readonly divisions: readonly string[] | 'ALL';
}

/** What they have looked at. */
export interface ListingVerdict {
  readonly listingId: string;
  readonly revision: number;
}

type Refusal = InvalidInputError | ListingStateError | ListingChangedError | OwnListingError;

/** What was handed in becomes what is offered, or goes back to be mended. Two reviewers at once decide once. */
@Injectable()
export class ProductListingReviewService {
  constructor(
    private readonly database: Database,
    private readonly listings: ProductListingRepository,
    private readonly reader: ProductListingReader,
    private readonly photos: ListingPhotoService,
    private readonly products: ProductChangeService,
    private readonly certificates: CertificationReader,
    private readonly index: SearchIndexService,
    private readonly memberships: MembershipReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Sent back to be mended, field by field; what is on sale stays as it is. */
  returnForMending(
    verdict: ListingVerdict,
    reason: string,
    fields: readonly ReturnedField[],
    reviewer: ListingReviewer,
  ): Promise<ListingId | Refusal> {
    const refusal = refuseReason(reason, 'reason') ?? refuseReturnedFields(fields);
    if (refusal) return Promise.resolve(refusal);
    return this.decide<Refusal>(verdict, reviewer, 'RETURNED', { reason, fields }, async () => ({}));
  }

  /** On sale from now on. A price far above what such goods cost needs a reason, which everybody may read. */
  async approve(
    verdict: ListingVerdict,
    priceReason: string | null,
    reviewer: ListingReviewer,
  ): Promise<ListingId | Refusal | PriceHeldError> {
    const refusal = priceReason === null ? null : refuseReason(priceReason, 'priceReason');
    if (refusal) return refusal;
    const seen = await this.reader.byId(verdict.listingId, { divisions: reviewer.divisions });
    if (!seen) throw new NotFound('ProductListing', verdict.listingId);
    const placed = await this.place(seen);
    const texts = refused(placed) ? [] : [{ ...placed, merchantId: seen.merchantId }];
    const around = await this.index.surroundingsOf(texts);
    const pass = { userId: reviewer.userId, priceReason: priceReason?.trim() ?? null };
    const said = { reason: pass.priceReason ?? '', fields: [] };
    return this.decide<Refusal | PriceHeldError>(verdict, reviewer, 'APPROVED', said, async (tx, listing) => {
      // What was looked up above is what is decided on.
      if (listing.revision !== seen.revision) return new ListingChangedError(listing.revision);
      // Not before: what has been sent back and is being typed again is no fault of the reviewer's.
      if (refused(placed)) return placed;
      const productId = await this.put(tx, listing, placed, pass, around);
      if (refused(productId)) return productId;
      await this.photos.settle(tx, listing.content.photoIds);
      return { productId, openProductId: null };
    });
  }

  private async put(
    tx: Tx,
    { productId, merchantId, base, content }: ProductListing,
    placed: PlacedListing,
    pass: ProductPass,
    around: Surroundings,
  ) {
    if (productId !== null && base !== null) {
      // It may have been certified since it was handed in.
      const isCertified = await this.certificates.isHeldBy(productId, this.clock.now(), tx);
      const refusal = refuseOrigin(base, placed, isCertified);
      return refusal ?? this.products.change(tx, productId, changeOf(base, content, placed), pass, around);
    }
    const { variants, photoIds, ...facts } = placed;
    const packed = variants.map(({ name, grade, netWeightG, priceFen }) => ({
      name,
      grade,
      netWeightG,
      priceFen,
    }));
    return this.products.offer(tx, merchantId, facts, { variants: packed, photoIds }, pass, around);
  }

  /** Once more as what it was handed in as: kinds and categories may have gone since. */
  private async place({ content, base }: ListingRow): Promise<PlacedListing | InvalidInputError> {
    const { originCountyCode } = content;
    return placeListing(content, {
      ...(await this.reader.goodsFinds(content)),
      counties: new Set(originCountyCode === null ? [] : [originCountyCode]),
      variants: new Set(base?.variants.flatMap(({ variantId }) => variantId ?? [])),
    });
  }

  private decide<R extends Refusal | PriceHeldError>(
    { listingId, revision }: ListingVerdict,
    { userId, divisions }: ListingReviewer,
    act: ReviewAct,
    { reason, fields }: { readonly reason: string; readonly fields: readonly ReturnedField[] },
    effect: (tx: Tx, listing: ProductListing) => Promise<Partial<ProductListing> | R>,
  ): Promise<ListingId | R | Refusal> {
    return this.database.transaction(async (tx) => {
      const listing = await this.listings.lockWithin(tx, listingId, divisions);
      if (!listing) throw new NotFound('ProductListing', listingId);
      const { id, state, decidedBy } = listing;
      if (state === act && decidedBy === userId) return id;
      if (state !== 'SUBMITTED') return new ListingStateError(state);
      if (await this.isOwn(tx, listing, userId)) return new OwnListingError();
      if (listing.revision !== revision) return new ListingChangedError(listing.revision);
      const changes = await effect(tx, listing);
      if (refused(changes)) return changes as R;
      const now = this.clock.now();
      await this.listings.update(tx, id, { state: act, decidedBy: userId, updatedAt: now, ...changes });
      const said = reason.trim();
      await this.listings.addStep(tx, id, { act, actorId: userId, reason: said, fields }, now);
      await this.audit.record(tx, {
        actorId: userId,
        act: `listing.${act.toLowerCase()}`,
        subject: id,
        divisionCode: listing.countyCode,
        detail: {
          reason: said,
          merchantId: listing.merchantId,
          productId: changes.productId ?? listing.productId,
        },
      });
      await this.tell(tx, listing, act, now);
      return id;
    });
  }

  private async tell(
    tx: Tx,
    { id, merchantId, submittedBy }: ProductListing,
    news: ReviewAct,
    at: Date,
  ): Promise<void> {
    const owners = await this.memberships.ownersOf([merchantId], tx);
    const told = new Set([...owners.map(({ userId }) => userId), ...(submittedBy ? [submittedBy] : [])]);
    await emit(tx, ...[...told].map((userId) => listingDecided({ listingId: id, userId, news }, at)));
  }

  /** Typed or handed in by themselves, or sold by a merchant they work for, whatever their token says. */
  private async isOwn(
    tx: Tx,
    { createdBy, submittedBy, typedBy, merchantId }: ProductListing,
    userId: IdOf<'usr'>,
  ): Promise<boolean> {
    if ([createdBy, submittedBy, ...(typedBy ?? [])].includes(userId)) return true;
    return (await this.memberships.merchantIdsOf(userId, tx)).includes(merchantId);
  }
}
