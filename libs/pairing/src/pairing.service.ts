import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CabinetReader } from '#libs/counter';
import { isWithin } from '#libs/division';
import { HouseholdReader, LinkageAgreementReader } from '#libs/household';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { PhotoService } from '#platform/files';
import type { Pairing, PairingId } from './pairing.entity.js';
import {
  OwnPairingError,
  PairingKeyUsedError,
  PairingStateError,
  SlotPairedError,
} from './pairing.errors.js';
import { PairingRepository } from './pairing.repository.js';
import { type PairingWish, endOf, refuseNote, refusePairing, refuseVillages } from './pairing.rules.js';

export interface Pairer {
  readonly userId: IdOf<'usr'>;
  /** Whose agreements. */
  readonly merchantIds: readonly string[];
  /** Whose cabinets. */
  readonly operatorIds: readonly string[];
}

export interface PairingJudge {
  readonly userId: IdOf<'usr'>;
  readonly divisions: readonly string[] | 'ALL';
}

function hashOf(wish: PairingWish): string {
  const { cabinetId, slotCodes, agreementId, householdIds, story, photoId, isConsented } = wish;
  const content = [
    cabinetId,
    slotCodes.toSorted(),
    agreementId,
    householdIds.toSorted(),
    story,
    photoId,
    isConsented,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Slots of a cabinet are paired with households; an official looks first at what would be shown of them. */
@Injectable()
export class PairingService {
  constructor(
    private readonly database: Database,
    private readonly pairings: PairingRepository,
    private readonly agreements: LinkageAgreementReader,
    private readonly households: HouseholdReader,
    private readonly cabinets: CabinetReader,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key and content again is the same pairing. Throws NotFound for cabinets, slots, agreements and households out of reach. */
  async propose(
    wish: PairingWish,
    pairer: Pairer,
  ): Promise<PairingId | InvalidInputError | SlotPairedError | PairingKeyUsedError> {
    const invalid = refusePairing(wish);
    if (invalid) return invalid;
    const cabinet = await this.cabinets.byId(wish.cabinetId, { merchantIds: pairer.operatorIds });
    if (!cabinet) throw new NotFound('Cabinet', wish.cabinetId);
    const known = new Set((await this.cabinets.slotsOf([cabinet.id])).map(({ code }) => code));
    const stray = wish.slotCodes.find((code) => !known.has(code));
    if (stray !== undefined) throw new NotFound('CabinetSlot', stray);
    const agreement = await this.agreements.byId(wish.agreementId, { merchantIds: pairer.merchantIds });
    if (agreement?.state !== 'ACTIVE') throw new NotFound('LinkageAgreement', wish.agreementId);
    const agreed = await this.agreements.householdsOf([agreement.id]);
    const households = wish.householdIds.map((id) => {
      const household = agreed.find(({ householdId }) => householdId === id);
      if (!household) throw new NotFound('Household', id);
      return household;
    });
    const apart = refuseVillages(households.map(({ villageCode }) => villageCode));
    if (apart) return apart;
    const pairing: Pairing = {
      id: newId('prg'),
      merchantId: agreement.merchantId,
      operatorId: cabinet.operatorId,
      cabinetId: cabinet.id,
      agreementId: agreement.id,
      villageCode: households[0]?.villageCode ?? '',
      state: 'PROPOSED',
      story: wish.story.trim(),
      photoId: null,
      isConsented: wish.isConsented,
      idempotencyKey: wish.idempotencyKey,
      requestHash: hashOf(wish),
      proposedBy: pairer.userId,
      proposedAt: this.clock.now(),
      decidedBy: null,
      note: '',
      startsAt: null,
      endsAt: null,
    };
    try {
      return await this.insert(
        pairing,
        wish,
        households.map(({ householdId }) => householdId),
      );
    } catch (error) {
      // Somebody was faster: with the same key, which is looked up again, or at one of the slots.
      if (!isDuplicate(error)) throw error;
      return (await this.database.transaction((tx) => this.before(tx, pairing))) ?? new SlotPairedError();
    }
  }

  /** From now on sales of its slots are theirs. Not for whoever proposed it. */
  approve(id: string, judge: PairingJudge): Promise<PairingId | PairingStateError | OwnPairingError> {
    return this.database.transaction(async (tx) => {
      const pairing = await this.judged(tx, id, judge);
      if (pairing.proposedBy === judge.userId) return new OwnPairingError();
      if (pairing.state !== 'PROPOSED') return new PairingStateError(pairing.state);
      // Over since it was proposed, and not heard of yet: it ends in a moment.
      if (!(await this.isInForce(tx, pairing))) return new PairingStateError('ENDED');
      const startsAt = this.clock.now();
      await this.pairings.update(tx, pairing.id, { state: 'ACTIVE', decidedBy: judge.userId, startsAt });
      await this.note(tx, pairing, 'pairing.approved', judge.userId);
      return pairing.id;
    });
  }

  reject(
    id: string,
    note: string,
    judge: PairingJudge,
  ): Promise<PairingId | PairingStateError | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const pairing = await this.judged(tx, id, judge);
      const invalid = refuseNote(note);
      if (invalid) return invalid;
      if (pairing.state !== 'PROPOSED') return new PairingStateError(pairing.state);
      const rejected = { state: 'REJECTED', decidedBy: judge.userId, note: note.trim() } as const;
      await this.pairings.update(tx, pairing.id, rejected);
      await this.pairings.release(tx, pairing.id);
      await this.note(tx, pairing, 'pairing.rejected', judge.userId);
      return pairing.id;
    });
  }

  /** By the merchant, whether it waits or goes on. Repeating it changes nothing. */
  end(
    id: string,
    { userId, merchantIds }: Omit<Pairer, 'operatorIds'>,
  ): Promise<PairingId | PairingStateError> {
    return this.database.transaction(async (tx) => {
      const pairing = await this.pairings.lock(tx, id, { merchantIds });
      if (!pairing) throw new NotFound('Pairing', id);
      if (pairing.state === 'ENDED') return pairing.id;
      if (pairing.state === 'REJECTED') return new PairingStateError(pairing.state);
      await this.close(tx, pairing, this.clock.now(), userId);
      return pairing.id;
    });
  }

  /** Joins: what it goes by has ended, and so it has, from that day on. Said again it changes nothing. */
  async agreementEnded(tx: Tx, agreementId: string, endsBefore: string): Promise<void> {
    for (const pairing of await this.pairings.lockOpenOf(tx, agreementId))
      await this.close(tx, pairing, endOf(pairing, endsBefore), null);
  }

  /**
   * The households no longer wish to be shown, in whatever state it is, and on receipts as well; story and photo are forgotten, while what was sold and paid goes on counting. By the merchant
   * or any official of the place, also one who may not approve: whom they tell should not have to ask somebody. Repeating it changes nothing.
   */
  withdrawConsent(id: string, by: Pick<Pairer, 'userId' | 'merchantIds'> | PairingJudge): Promise<PairingId> {
    return this.database.transaction(async (tx) => {
      const pairing = await this.pairings.lock(tx, id, by);
      if (!pairing) throw new NotFound('Pairing', id);
      if (!pairing.isConsented) return pairing.id;
      await this.pairings.update(tx, pairing.id, { isConsented: false, story: '', photoId: null });
      await this.photos.release(tx, pairing.id, pairing.proposedBy);
      await this.note(tx, pairing, 'pairing.consent_withdrawn', by.userId);
      return pairing.id;
    });
  }

  /** Nobody's act where its agreement has ended. */
  private async close(tx: Tx, pairing: Pairing, endsAt: Date, by: IdOf<'usr'> | null): Promise<void> {
    await this.pairings.update(tx, pairing.id, { state: 'ENDED', endsAt });
    await this.pairings.release(tx, pairing.id);
    await this.note(tx, pairing, 'pairing.ended', by);
  }

  private insert(
    pairing: Pairing,
    { slotCodes, photoId }: PairingWish,
    householdIds: readonly IdOf<'hhd'>[],
  ): Promise<PairingId | PairingKeyUsedError> {
    return this.database.transaction(async (tx) => {
      const before = await this.before(tx, pairing);
      if (before !== null) return before;
      const photo = photoId === null ? null : await this.ownPhoto(tx, photoId, pairing);
      pairing.photoId = photo;
      await this.pairings.insert(tx, pairing, slotCodes, householdIds);
      await this.note(tx, pairing, 'pairing.proposed', pairing.proposedBy);
      return pairing.id;
    });
  }

  /** What this key has proposed before; null for nothing. */
  private async before(
    tx: Tx,
    { merchantId, idempotencyKey, requestHash }: Pairing,
  ): Promise<PairingId | PairingKeyUsedError | null> {
    const known = await this.pairings.byKey(tx, merchantId, idempotencyKey);
    if (!known) return null;
    return known.requestHash === requestHash ? known.id : new PairingKeyUsedError();
  }

  private async ownPhoto(tx: Tx, photoId: string, { id, proposedBy }: Pairing): Promise<IdOf<'fil'>> {
    const [photo] = await this.photos.attach(tx, [photoId], proposedBy, id);
    if (!photo) throw new NotFound('Photo', photoId);
    return photo.id;
  }

  private async isInForce(tx: Tx, { agreementId, merchantId }: Pairing): Promise<boolean> {
    const agreement = await this.agreements.byId(agreementId, { merchantIds: [merchantId] }, tx);
    return agreement?.state === 'ACTIVE';
  }

  /** All of its households are the judge's: who answers for one village does not decide about people of the next. */
  private async judged(tx: Tx, id: string, { divisions }: PairingJudge): Promise<Pairing> {
    const pairing = await this.pairings.lock(tx, id, { divisions });
    if (!pairing) throw new NotFound('Pairing', id);
    const households = await this.households.byIds(await this.pairings.householdIds(tx, pairing.id), tx);
    if (households.some(({ villageCode }) => !isWithin(villageCode, divisions)))
      throw new NotFound('Pairing', id);
    return pairing;
  }

  private note(
    tx: Tx,
    { id, villageCode, cabinetId }: Pairing,
    act: string,
    /** Null where its agreement has ended. */
    actorId: IdOf<'usr'> | null,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act,
      subject: id,
      divisionCode: villageCode,
      detail: { cabinetId },
    });
  }
}
