import { Injectable } from '@nestjs/common';
import { type CertificationId, CertificationRepository, type LockedCertification } from '#libs/catalog';
import { LinkageReader } from '#libs/household';
import { AuditService, MembershipReader } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { carriedFrom, certificateStateAt, refuseWrongSince } from './certificate.rules.js';
import { CertificationApplicationRepository } from './certification-application.repository.js';
import { householdsBehind, refuseReason } from './certification-application.rules.js';
import { CertificationBatchRepository } from './certification-batch.repository.js';
import { CertificationNewsService } from './certification-news.service.js';
import { CertificationSchemeReader } from './certification-scheme.reader.js';
import { CertificateStateError, LinkageTooWeakError, OwnCertificationError } from './certification.errors.js';
import { certificationRevoked } from './certification.events.js';

export interface CertificateKeeper {
  readonly userId: IdOf<'usr'>;
  /** Where their office certifies. */
  readonly divisions: readonly string[] | 'ALL';
}

export interface RecheckWish {
  readonly certificationId: string;
  /** Until when it counts, as whoever re-checks it has seen it. */
  readonly validTo: Date;
  readonly reason: string;
}

export interface RevocationWish {
  readonly certificationId: string;
  readonly wrongSinceOn: string;
  readonly reason: string;
}

/**
 * What becomes of an entry once it stands in the catalogue. A sale looks at it at its own moment and keeps what it found: a re-check carries it on
 * without a gap, a revocation ends it from now on and is a flag on what was sold by it.
 */
@Injectable()
export class CertificateService {
  constructor(
    private readonly database: Database,
    private readonly entries: CertificationRepository,
    private readonly applications: CertificationApplicationRepository,
    private readonly schemes: CertificationSchemeReader,
    private readonly batches: CertificationBatchRepository,
    private readonly linkages: LinkageReader,
    private readonly memberships: MembershipReader,
    private readonly news: CertificationNewsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** In the last two months before it would lapse, if as many households as the scheme asks for are still linked. Done again it changes nothing. */
  recheck(
    { certificationId, validTo, reason }: RecheckWish,
    by: CertificateKeeper,
  ): Promise<
    CertificationId | InvalidInputError | CertificateStateError | LinkageTooWeakError | OwnCertificationError
  > {
    return this.keep(certificationId, reason, by, async (tx, entry, said) => {
      if (await this.batches.isRechecked(tx, entry.id, validTo)) return entry.id;
      const now = this.clock.now();
      const state = certificateStateAt(entry, now);
      const scheme = await this.schemes.byCode(entry.scheme, tx);
      const carriedTo = scheme && carriedFrom(entry.validTo, entry.termEndsAt, scheme.recheckMonths);
      const isSeen = entry.validTo.getTime() === validTo.getTime();
      if (state !== 'EXPIRING' || !isSeen || !scheme || !carriedTo) return new CertificateStateError(state);
      const linkedHouseholdCount = await this.linkedNow(tx, entry.id, now);
      if (linkedHouseholdCount < scheme.householdMin)
        return new LinkageTooWeakError(linkedHouseholdCount, scheme.householdMin);
      await this.entries.carry(tx, entry.id, carriedTo);
      await this.batches.insertRecheck(tx, {
        certificationId: entry.id,
        dueAt: entry.validTo,
        carriedTo,
        linkedHouseholdCount,
        reason: said,
        checkedBy: by.userId,
        checkedAt: now,
      });
      await this.note(tx, 'certification.rechecked', entry, by, { reason: said, linkedHouseholdCount });
      return entry.id;
    });
  }

  /** From now on; what was sold since `wrongSinceOn` is flagged, and what the books and the register say stays. Done again it changes nothing. */
  revoke(
    { certificationId, wrongSinceOn, reason }: RevocationWish,
    by: CertificateKeeper,
  ): Promise<CertificationId | InvalidInputError | OwnCertificationError> {
    return this.keep(certificationId, reason, by, async (tx, entry, said) => {
      if (entry.revokedAt !== null) return entry.id;
      const now = this.clock.now();
      const refusal = refuseWrongSince(wrongSinceOn, entry.validFrom, businessDay(now));
      if (refusal) return refusal;
      await this.entries.revoke(tx, entry.id, now);
      await this.batches.insertRevocation(tx, {
        certificationId: entry.id,
        wrongSinceOn,
        reason: said,
        revokedBy: by.userId,
        revokedAt: now,
      });
      await this.note(tx, 'certification.revoked', entry, by, { reason: said, wrongSinceOn });
      const { productId, merchantId, countyCode } = entry;
      const of = { certificationId: entry.id, productId, merchantId, countyCode };
      await emit(tx, certificationRevoked(of, wrongSinceOn, now));
      await this.news.tell(tx, 'REVOKED', [{ certificationId: entry.id, productId, merchantId }], now);
      return entry.id;
    });
  }

  /** By the agreements that it was recognised with, as they are in force now; nobody where it came from elsewhere. */
  private async linkedNow(tx: Tx, id: CertificationId, now: Date): Promise<number> {
    const application = await this.applications.byEntry(tx, id);
    const agreementIds = application?.content.agreementIds ?? [];
    return householdsBehind(agreementIds, await this.linkages.householdsOf(agreementIds, now, tx)).length;
  }

  private keep<R>(
    id: string,
    reason: string,
    { userId, divisions }: CertificateKeeper,
    work: (tx: Tx, entry: LockedCertification, said: string) => Promise<CertificationId | R>,
  ): Promise<CertificationId | R | InvalidInputError | OwnCertificationError> {
    return this.database.transaction(async (tx) => {
      const entry = await this.entries.lockWithin(tx, id, divisions);
      if (!entry) throw new NotFound('Certification', id);
      const refusal = refuseReason(reason);
      if (refusal) return refusal;
      if ((await this.memberships.merchantIdsOf(userId, tx)).includes(entry.merchantId))
        return new OwnCertificationError();
      return work(tx, entry, reason.trim());
    });
  }

  private note(
    tx: Tx,
    act: string,
    { id, countyCode }: LockedCertification,
    { userId }: CertificateKeeper,
    detail: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    return this.audit.record(tx, { actorId: userId, act, subject: id, divisionCode: countyCode, detail });
  }
}
