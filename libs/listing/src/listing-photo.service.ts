import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, InvalidInputError, NotFound } from '#libs/kernel';
import type { Tx } from '#platform/database';
import {
  type OpenPhoto,
  type PhotoRow,
  PhotoService,
  type PhotoSize,
  StoredFileService,
} from '#platform/files';
import type { ListingId } from './product-listing.entity.js';
import { type ListingScope, ProductListingReader } from './product-listing.reader.js';
import { photoGone } from './product-listing.rules.js';

/** Photos of a listing: several people of a merchant type it, and each may use what they have brought, or what stands there already. */
@Injectable()
export class ListingPhotoService {
  constructor(
    private readonly listings: ProductListingReader,
    private readonly photos: PhotoService,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
  ) {}

  /** Likewise, for whoever reviews: noted before they see it. */
  async openForReview(
    listingId: string,
    photoId: string,
    size: PhotoSize,
    { userId, divisions }: { readonly userId: IdOf<'usr'>; readonly divisions: readonly string[] | 'ALL' },
  ): Promise<OpenPhoto> {
    const open = await this.open(listingId, photoId, size, { divisions });
    await this.audit.seen([
      {
        actorId: userId,
        act: 'listing.photo_seen',
        subject: photoId,
        scope: divisions,
        detail: { listingId },
      },
    ]);
    return open;
  }

  /** Of the listing, or of what it would change; throws NotFound outside the scope. */
  async open(listingId: string, photoId: string, size: PhotoSize, scope: ListingScope): Promise<OpenPhoto> {
    const listing = await this.listings.byId(listingId, scope);
    const isShown = listing !== null && (await this.listings.showsPhoto(listing, photoId));
    const open = await this.photos.openById(isShown ? photoId : null, size);
    if (!open) throw new NotFound('Photo', photoId);
    return open;
  }

  /** From now on they belong to the draft. Refuses whatever is somebody else's, or no photo. */
  async keep(
    tx: Tx,
    listingId: ListingId,
    photoIds: readonly string[],
    usable: readonly string[],
    userId: IdOf<'usr'>,
  ): Promise<InvalidInputError | null> {
    const fresh = photoIds.filter((id) => !usable.includes(id));
    const own = fresh.length > 0 ? await this.photos.attach(tx, fresh, userId, listingId) : [];
    const isMissing = (id: string) => fresh.includes(id) && !own.some((photo) => photo.id === id);
    const faults = photoIds.flatMap((id, index) =>
      isMissing(id) ? [{ path: `content.photoIds.${index}`, message: photoGone }] : [],
    );
    return faults.length > 0 ? new InvalidInputError(faults) : null;
  }

  /** What the draft no longer shows waits again to be swept; what is on sale with it stays. */
  async letGo(
    tx: Tx,
    listingId: ListingId,
    before: readonly string[],
    after: readonly string[],
  ): Promise<void> {
    const gone = before.filter((id) => !after.includes(id));
    for (const uploadedBy of uploadersOf(await this.photos.byIds(gone, tx)))
      await this.files.release(tx, [listingId], uploadedBy, after);
  }

  /** They belong to goods now, and to no draft that could let go of them. */
  async settle(tx: Tx, photoIds: readonly string[]): Promise<void> {
    for (const uploadedBy of uploadersOf(await this.photos.byIds(photoIds, tx)))
      await this.files.attach(tx, photoIds, uploadedBy);
  }
}

/** A merchant's team is few. */
function uploadersOf(photos: readonly PhotoRow[]): string[] {
  return [...new Set(photos.map(({ uploadedBy }) => uploadedBy as string))];
}
