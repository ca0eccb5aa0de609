import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  businessDay,
  newId,
  present,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { LinkedHousehold } from './household.rules.js';
import { LinkageAgreementReader } from './linkage-agreement.reader.js';
import { LinkagePhotoService } from './linkage-photo.service.js';
import type { LinkageAgreementId } from './linkage.entity.js';
import { LinkageChangedError, LinkageKeyUsedError, LinkageStateError } from './linkage.errors.js';
import { linkageEnded } from './linkage.events.js';
import { LinkageRepository, type LockedAgreement } from './linkage.repository.js';
import {
  type AgreementWish,
  type LinkageTerms,
  linkageStateOf,
  refuseAgreement,
  refuseAmendment,
  refuseEnd,
  refuseRedraft,
  refuseSigning,
} from './linkage.rules.js';

export interface DraftWish extends AgreementWish {
  readonly idempotencyKey: string;
  readonly merchantId: string;
}

export interface DraftChange extends AgreementWish {
  readonly agreementId: string;
  readonly revision: number;
}

export interface AmendmentWish {
  readonly agreementId: string;
  readonly revision: number;
  readonly terms: LinkageTerms;
  readonly photoIds: readonly string[];
}

export interface LinkageActor {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

/**
 * Agreements of merchants with households that were introduced to them. Kind and households of a signed agreement stay: what was sold by it has been
 * shared among them. Whoever joins or leaves does so by another one.
 */
@Injectable()
export class LinkageService {
  constructor(
    private readonly database: Database,
    private readonly agreements: LinkageRepository,
    private readonly reader: LinkageAgreementReader,
    private readonly photos: LinkagePhotoService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key and content again is the same draft. */
  draft(
    wish: DraftWish,
    { userId, merchantIds }: LinkageActor,
  ): Promise<LinkageAgreementId | InvalidInputError | LinkageKeyUsedError> {
    return this.database.transaction(async (tx) => {
      const { merchantId, idempotencyKey } = wish;
      if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
      const invalid = refuseAgreement(wish, idempotencyKey);
      if (invalid) return invalid;
      const known = await this.agreements.byKey(tx, merchantId, idempotencyKey);
      if (known) return (await this.isSame(tx, known.id, wish)) ? known.id : new LinkageKeyUsedError();
      await this.assertIntroduced(tx, merchantId, wish.households);
      const id = newId('lnk');
      await this.agreements.insert(tx, {
        id,
        merchantId: merchantId as IdOf<'mer'>,
        kind: wish.kind,
        startsOn: wish.startsOn,
        endsBefore: wish.endsBefore,
        createdAt: this.clock.now(),
        signedAt: null,
        revision: 1,
        idempotencyKey,
        endedAt: null,
      });
      await this.agreements.setHouseholds(tx, id, wish.households);
      await this.write(tx, id, 1, wish.terms, userId);
      return id;
    });
  }

  /** By whoever has seen it as it is. */
  redraft(
    change: DraftChange,
    { userId, merchantIds }: LinkageActor,
  ): Promise<LinkageAgreementId | InvalidInputError | LinkageStateError | LinkageChangedError> {
    return this.database.transaction(async (tx) => {
      const agreement = await this.locked(tx, change.agreementId, merchantIds);
      const invalid = refuseRedraft(change, agreement.revision);
      if (invalid) return invalid;
      if (agreement.signedAt !== null) return this.stateOf(agreement);
      if (agreement.revision !== change.revision) return new LinkageChangedError(agreement.revision);
      await this.assertIntroduced(tx, agreement.merchantId, change.households);
      const revision = agreement.revision + 1;
      const { kind, startsOn, endsBefore } = change;
      await this.agreements.update(tx, agreement.id, { kind, startsOn, endsBefore, revision });
      await this.agreements.setHouseholds(tx, agreement.id, change.households);
      await this.write(tx, agreement.id, revision, change.terms, userId);
      return agreement.id;
    });
  }

  /** With photos of what was signed. */
  sign(
    agreementId: string,
    revision: number,
    photoIds: readonly string[],
    { userId, merchantIds }: LinkageActor,
  ): Promise<LinkageAgreementId | InvalidInputError | LinkageStateError | LinkageChangedError> {
    return this.database.transaction(async (tx) => {
      const agreement = await this.locked(tx, agreementId, merchantIds);
      const invalid = refuseSigning(photoIds);
      if (invalid) return invalid;
      if (agreement.signedAt !== null) return this.stateOf(agreement);
      if (agreement.revision !== revision) return new LinkageChangedError(agreement.revision);
      await this.agreements.update(tx, agreement.id, { signedAt: this.clock.now() });
      const termId = present(await this.agreements.lastTermId(tx, agreement.id), 'what a draft says');
      await this.photos.attach(tx, termId, photoIds, userId);
      await this.note(tx, agreement, 'linkage.signed', userId, { revision });
      return agreement.id;
    });
  }

  /** Another edition of the terms; those before stay. */
  amend(
    { agreementId, revision, terms, photoIds }: AmendmentWish,
    { userId, merchantIds }: LinkageActor,
  ): Promise<LinkageAgreementId | InvalidInputError | LinkageStateError | LinkageChangedError> {
    return this.database.transaction(async (tx) => {
      const agreement = await this.locked(tx, agreementId, merchantIds);
      const invalid = refuseAmendment(agreement.kind, terms, photoIds, agreement.revision);
      if (invalid) return invalid;
      const state = linkageStateOf(agreement, this.today());
      if (state !== 'SIGNED' && state !== 'ACTIVE') return new LinkageStateError(state);
      if (agreement.revision !== revision) return new LinkageChangedError(agreement.revision);
      const next = agreement.revision + 1;
      await this.agreements.update(tx, agreement.id, { revision: next });
      const termId = await this.write(tx, agreement.id, next, terms, userId);
      await this.photos.attach(tx, termId, photoIds, userId);
      await this.note(tx, agreement, 'linkage.amended', userId, { revision: next });
      return agreement.id;
    });
  }

  /** Also sooner or later than was agreed, while that lies ahead. Repeating it is harmless. */
  end(
    agreementId: string,
    endsBefore: string,
    { userId, merchantIds }: LinkageActor,
  ): Promise<LinkageAgreementId | InvalidInputError | LinkageStateError> {
    return this.database.transaction(async (tx) => {
      const agreement = await this.locked(tx, agreementId, merchantIds);
      if (agreement.endsBefore === endsBefore && agreement.signedAt !== null) return agreement.id;
      const invalid = refuseEnd(agreement.startsOn, endsBefore, this.today());
      if (invalid) return invalid;
      const state = linkageStateOf(agreement, this.today());
      if (state !== 'SIGNED' && state !== 'ACTIVE') return new LinkageStateError(state);
      await this.agreements.update(tx, agreement.id, { endsBefore });
      await this.note(tx, agreement, 'linkage.end_set', userId, { endsBefore });
      return agreement.id;
    });
  }

  /** Agreements whose last day is over: told once each, so that what goes by them ends with them. Bounded by `limit`; returns how many. */
  tellEnded(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const ended = await this.agreements.lockEnded(tx, this.today(), limit);
      const now = this.clock.now();
      await emit(tx, ...ended.map(({ id, endsBefore }) => linkageEnded(id, endsBefore, now)));
      await this.agreements.markEnded(
        tx,
        ended.map(({ id }) => id),
        now,
      );
      return ended.length;
    });
  }

  private today(): string {
    return businessDay(this.clock.now());
  }

  private stateOf(agreement: LockedAgreement): LinkageStateError {
    return new LinkageStateError(linkageStateOf(agreement, this.today()));
  }

  private async locked(tx: Tx, id: string, merchantIds: readonly string[]): Promise<LockedAgreement> {
    const agreement = await this.agreements.lock(tx, id, { merchantIds });
    if (!agreement) throw new NotFound('LinkageAgreement', id);
    return agreement;
  }

  private async assertIntroduced(
    tx: Tx,
    merchantId: string,
    households: readonly LinkedHousehold[],
  ): Promise<void> {
    const ids = households.map(({ householdId }) => householdId);
    const known = await this.reader.introduced(ids, merchantId, tx);
    const stranger = ids.find((id) => !known.has(id));
    if (stranger !== undefined) throw new NotFound('Household', stranger);
  }

  /** What the first edition of a draft said. */
  private async isSame(tx: Tx, id: LinkageAgreementId, wish: DraftWish): Promise<boolean> {
    const agreement = await this.agreements.lock(tx, id, { merchantIds: [wish.merchantId] });
    const [first] = await this.reader.termsOf([id], tx);
    if (!agreement || !first) return false;
    // Whoever repeats it after it was changed has still made this one.
    if (agreement.revision > 1) return true;
    const [kept, wished] = [await this.agreements.householdsOf(tx, id), wish.households].map((list) =>
      list
        .map(({ householdId, weight }) => `${householdId}:${weight}`)
        .toSorted()
        .join(),
    );
    const { unitFen, statedYearFen, shareBps, note } = wish.terms;
    return (
      agreement.kind === wish.kind &&
      agreement.startsOn === wish.startsOn &&
      agreement.endsBefore === wish.endsBefore &&
      first.unitFen === unitFen &&
      first.statedYearFen === statedYearFen &&
      first.shareBps === shareBps &&
      first.note === note &&
      kept === wished
    );
  }

  private async write(
    tx: Tx,
    agreementId: LinkageAgreementId,
    revision: number,
    terms: LinkageTerms,
    setBy: IdOf<'usr'>,
  ): Promise<IdOf<'ltm'>> {
    const id = newId('ltm');
    const { unitFen, statedYearFen, shareBps, note } = terms;
    await this.agreements.insertTerm(tx, {
      id,
      agreementId,
      revision,
      unitFen,
      statedYearFen,
      shareBps,
      note,
      setBy,
      setAt: this.clock.now(),
    });
    return id;
  }

  private note(
    tx: Tx,
    { id, merchantId }: LockedAgreement,
    act: string,
    actorId: IdOf<'usr'>,
    detail: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act,
      subject: id,
      divisionCode: null,
      detail: { merchantId, ...detail },
    });
  }
}
