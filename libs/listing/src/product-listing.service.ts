import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CertificationReader, ReferencePriceReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type IdOf,
  InvalidInputError,
  NotFound,
  newId,
  present,
  refuseKey,
  refused,
} from '#libs/kernel';
import { type MerchantId, MerchantReader } from '#libs/merchant';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import type { ListingContent, ListingId, ProductListing } from './product-listing.entity.js';
import { ListingChangedError, ListingOpenError, ListingStateError } from './product-listing.errors.js';
import { listingDecided } from './product-listing.events.js';
import { ListingPhotoService } from './listing-photo.service.js';
import { ProductListingReader } from './product-listing.reader.js';
import { ProductListingRepository } from './product-listing.repository.js';
import {
  EDITABLE,
  type LooseListing,
  type PlacedListing,
  UNDECIDED,
  UNDECIDED_MAX,
  contentOf,
  placeListing,
  pricesAsked,
  refuseOrigin,
  refuseSize,
  typedAlsoBy,
} from './product-listing.rules.js';

export interface ListingDraft {
  readonly merchantId: string;
  /** Null for the first save. */
  readonly listingId?: string | null;
  /** What is to be changed, said with the first save; null for new goods. */
  readonly productId?: string | null;
  readonly idempotencyKey: string;
  /** What the author has seen; 0 for the first save. */
  readonly revision: number;
  readonly content: LooseListing;
}

/** Who types, and for which merchants they may. */
export interface ListingAuthor {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

type Outcome = ListingId | InvalidInputError | ListingStateError | ListingChangedError | ListingOpenError;

/** The merchant's side: typed in three steps, kept as it is, checked when it is handed in. What is on sale meanwhile stays as it is. */
@Injectable()
export class ProductListingService {
  constructor(
    private readonly database: Database,
    private readonly listings: ProductListingRepository,
    private readonly reader: ProductListingReader,
    private readonly photos: ListingPhotoService,
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
    private readonly references: ReferencePriceReader,
    private readonly certificates: CertificationReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Nothing that is typed is lost: whatever fits is kept, complete or not. The same save again changes nothing. */
  async saveDraft(draft: ListingDraft, author: ListingAuthor): Promise<Outcome> {
    if (!author.merchantIds.includes(draft.merchantId)) throw new NotFound('Merchant', draft.merchantId);
    const content = contentOf(draft.content);
    const refusal = refuseSize(content) ?? refuseKey(draft.idempotencyKey);
    if (refusal) return refusal;
    const { listingId, revision, idempotencyKey } = draft;
    const merchantId = draft.merchantId as MerchantId;
    const productId = (draft.productId ?? null) as IdOf<'prd'> | null;
    if (listingId)
      return this.saveAgain(listingId, content, revision, { ...author, merchantIds: [merchantId] });
    const merchant = present(await this.merchants.byId(merchantId), `merchant ${merchantId}`);
    const listing = this.begin(
      { merchantId, productId, idempotencyKey, content },
      author.userId,
      merchant.countyCode,
    );
    try {
      return await this.database.transaction((tx) => this.saveFirst(tx, listing, author.userId));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return this.database.transaction((tx) => this.known(tx, listing));
    }
  }

  /** Hands it in, as it was last saved. Handed in again, nothing happens. */
  async submit(
    id: string,
    revision: number,
    { userId, merchantIds }: ListingAuthor,
  ): Promise<ListingId | InvalidInputError | ListingStateError | ListingChangedError> {
    const seen = await this.reader.byId(id, { merchantIds });
    if (!seen) throw new NotFound('ProductListing', id);
    const finds = await this.find(seen.content);
    return this.database.transaction(async (tx) => {
      const listing = present(await this.listings.lockOwn(tx, id, merchantIds), 'it was there');
      if (listing.state === 'SUBMITTED' && listing.revision === revision) return listing.id;
      if (!EDITABLE.includes(listing.state)) return new ListingStateError(listing.state);
      // What was looked up above is what was saved then.
      if (listing.revision !== revision || seen.revision !== revision)
        return new ListingChangedError(listing.revision);
      const { productId, merchantId, content } = listing;
      const base = productId === null ? null : await this.reader.liveContent(productId, [merchantId], tx);
      const variants = new Set(base?.variants.flatMap(({ variantId }) => variantId ?? []));
      const placed = placeListing(content, { ...finds, variants });
      if (refused(placed)) return placed;
      const refusal = refuseOrigin(base, placed, await this.isCertified(tx, productId));
      if (refusal) return refusal;
      await this.handIn(tx, listing, placed, base, userId);
      return listing.id;
    });
  }

  /** Handed in too early: typed on, and seen by no reviewer until it is handed in again. What can be typed on already stays as it is. */
  takeBack(id: string, { userId, merchantIds }: ListingAuthor): Promise<ListingId | ListingStateError> {
    return this.database.transaction(async (tx) => {
      // Whoever decides about it takes turns with this by the same lock.
      const listing = await this.listings.lockOwn(tx, id, merchantIds);
      if (!listing) throw new NotFound('ProductListing', id);
      if (EDITABLE.includes(listing.state)) return listing.id;
      if (listing.state !== 'SUBMITTED') return new ListingStateError(listing.state);
      const now = this.clock.now();
      const back = { state: 'DRAFT', isPriceHeld: false, submittedBy: null, submittedAt: null } as const;
      await this.listings.update(tx, listing.id, { ...back, updatedAt: now });
      await this.listings.addStep(tx, listing.id, { act: 'TAKEN_BACK', actorId: userId }, now);
      return listing.id;
    });
  }

  /** Wanted no longer. Withdrawn again, nothing happens. */
  withdraw(id: string, { userId, merchantIds }: ListingAuthor): Promise<ListingId | ListingStateError> {
    return this.database.transaction(async (tx) => {
      const listing = await this.listings.lockOwn(tx, id, merchantIds);
      if (!listing) throw new NotFound('ProductListing', id);
      if (listing.state === 'WITHDRAWN') return listing.id;
      if (!UNDECIDED.includes(listing.state)) return new ListingStateError(listing.state);
      const now = this.clock.now();
      const over = { state: 'WITHDRAWN', openProductId: null, updatedAt: now } as const;
      await this.listings.update(tx, listing.id, over);
      await this.listings.addStep(tx, listing.id, { act: 'WITHDRAWN', actorId: userId }, now);
      await this.photos.letGo(tx, listing.id, listing.content.photoIds, []);
      return listing.id;
    });
  }

  private async isCertified(tx: Tx, productId: string | null): Promise<boolean> {
    return productId !== null && (await this.certificates.isHeldBy(productId, this.clock.now(), tx));
  }

  private begin(
    said: Pick<ProductListing, 'merchantId' | 'productId' | 'idempotencyKey' | 'content'>,
    userId: IdOf<'usr'>,
    countyCode: string,
  ): ProductListing {
    const now = this.clock.now();
    return {
      id: newId('lst'),
      ...said,
      openProductId: said.productId,
      state: 'DRAFT',
      base: null,
      revision: 1,
      name: '',
      countyCode,
      isPriceHeld: false,
      createdBy: userId,
      typedBy: [userId],
      submittedBy: null,
      submittedAt: null,
      decidedBy: null,
      createdAt: now,
      updatedAt: now,
    };
  }

  private async saveFirst(
    tx: Tx,
    listing: ProductListing,
    userId: IdOf<'usr'>,
  ): Promise<ListingId | InvalidInputError> {
    const { id, merchantId, productId, content } = listing;
    const live = productId === null ? null : await this.reader.liveContent(productId, [merchantId], tx);
    if (productId !== null && !live) throw new NotFound('Product', productId);
    // Before it is counted, so that the first save sent again is known by its key although there are enough by now.
    await this.listings.insert(tx, listing);
    if ((await this.listings.countUndecided(tx, merchantId)) > UNDECIDED_MAX)
      return new InvalidInputError([tooManyOpen]);
    return (await this.photos.keep(tx, id, content.photoIds, live?.photoIds ?? [], userId)) ?? id;
  }

  /** A first save that met a unique key: its own, sent again because its answer was lost, or that of a change which is open already. */
  private async known(
    tx: Tx,
    { merchantId, productId, idempotencyKey, content }: ProductListing,
  ): Promise<ListingId | ListingChangedError | ListingOpenError> {
    const first = await this.listings.byKey(tx, merchantId, idempotencyKey);
    if (!first) {
      const open = productId === null ? null : await this.listings.openOf(tx, merchantId, productId);
      return new ListingOpenError(open?.id ?? null);
    }
    // Whatever else was typed under the same key must not look saved.
    return first.productId === productId && isDeepStrictEqual(first.content, content)
      ? first.id
      : new ListingChangedError(first.revision);
  }

  private saveAgain(
    id: string,
    content: ListingContent,
    revision: number,
    { userId, merchantIds }: ListingAuthor,
  ): Promise<ListingId | InvalidInputError | ListingStateError | ListingChangedError> {
    return this.database.transaction(async (tx) => {
      const listing = await this.listings.lockOwn(tx, id, merchantIds);
      if (!listing) throw new NotFound('ProductListing', id);
      if (!EDITABLE.includes(listing.state)) return new ListingStateError(listing.state);
      const isSame = isDeepStrictEqual(listing.content, content);
      // Its answer was lost, so it comes again.
      if (isSame && listing.revision === revision + 1) return listing.id;
      if (listing.revision !== revision) return new ListingChangedError(listing.revision);
      const { productId, merchantId } = listing;
      const live = productId === null ? null : await this.reader.liveContent(productId, [merchantId], tx);
      const usable = [...listing.content.photoIds, ...(live?.photoIds ?? [])];
      const refusal = await this.photos.keep(tx, listing.id, content.photoIds, usable, userId);
      if (refusal) return refusal;
      await this.listings.saveContent(tx, listing.id, {
        content,
        revision: revision + 1,
        typedBy: typedAlsoBy(listing.typedBy, userId),
        updatedAt: this.clock.now(),
      });
      await this.photos.letGo(tx, listing.id, listing.content.photoIds, content.photoIds);
      return listing.id;
    });
  }

  private async find(content: ListingContent) {
    const { originCountyCode } = content;
    const [goods, counties] = await Promise.all([
      this.reader.goodsFinds(content),
      this.divisions.inForce(originCountyCode === null ? [] : [originCountyCode]),
    ]);
    return {
      ...goods,
      counties: new Set(counties.filter(({ level }) => level === 'COUNTY').map(({ code }) => code)),
    };
  }

  private async handIn(
    tx: Tx,
    { id, countyCode, merchantId, typedBy }: ProductListing,
    placed: PlacedListing,
    base: ListingContent | null,
    userId: IdOf<'usr'>,
  ): Promise<void> {
    const { name } = placed;
    const now = this.clock.now();
    // As it will be asked when it is approved: what may stay as dear as it is needs no reason.
    const held = await this.references.heldOf(pricesAsked(base, placed), tx);
    const isPriceHeld = held.some((unheldMaxFen) => unheldMaxFen !== null);
    await this.listings.update(tx, id, {
      state: 'SUBMITTED',
      base,
      name,
      isPriceHeld,
      typedBy: typedAlsoBy(typedBy, userId),
      submittedBy: userId,
      decidedBy: null,
      submittedAt: now,
      updatedAt: now,
    });
    await this.listings.addStep(tx, id, { act: 'SUBMITTED', actorId: userId }, now);
    await this.audit.record(tx, {
      actorId: userId,
      act: 'listing.submitted',
      subject: id,
      divisionCode: countyCode,
      detail: { name, merchantId },
    });
    // Whoever typed a price that nobody may approve without a reason hears of it before they wonder.
    if (isPriceHeld) await emit(tx, listingDecided({ listingId: id, userId, news: 'HELD' }, now));
  }
}

const tooManyOpen = {
  path: 'content',
  message: {
    zh: `至多同时有 ${UNDECIDED_MAX} 份未办结的商品，请先提交或撤回`,
    en: `At most ${UNDECIDED_MAX} listings are open at once; hand some in, or withdraw them.`,
  },
};
