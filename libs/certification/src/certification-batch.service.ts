import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Certification, CertificationRepository, ProductOriginReader } from '#libs/catalog';
import { LinkageReader } from '#libs/household';
import { AuditService } from '#libs/identity';
import { Clock, InvalidInputError, NotFound, businessDay, newId, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import { catalogueNoOf, refuseAnnounced, refuseBatch, termFrom } from './certificate.rules.js';
import type { CertificationApplication } from './certification-application.entity.js';
import { CertificationApplicationRepository } from './certification-application.repository.js';
import { householdsBehind, officeOf } from './certification-application.rules.js';
import type { CertificationBatchId } from './certification-batch.entity.js';
import { CertificationBatchRepository } from './certification-batch.repository.js';
import { CertificationNewsService } from './certification-news.service.js';
import { type CertificationReviewer, CertificationReviewService } from './certification-review.service.js';
import type { CertificationScheme } from './certification-scheme.entity.js';
import { CertificationSchemeReader } from './certification-scheme.reader.js';
import { CertificationKeyUsedError, OwnCertificationError } from './certification.errors.js';
import { certificationListed } from './certification.events.js';

export interface BatchWish {
  readonly idempotencyKey: string;
  readonly schemeCode: string;
  readonly applicationIds: readonly string[];
  /** The day from which its entries count. */
  readonly validFromOn: string;
}

export type BatchRefusal = InvalidInputError | CertificationKeyUsedError | OwnCertificationError;

function digestOf({ schemeCode, applicationIds, validFromOn }: BatchWish): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([schemeCode, validFromOn, applicationIds.toSorted()]))
    .digest();
}

/** What has been confirmed is announced, batch by batch, by whoever had the last word: from then on it stands in the catalogue. */
@Injectable()
export class CertificationBatchService {
  constructor(
    private readonly database: Database,
    private readonly schemes: CertificationSchemeReader,
    private readonly applications: CertificationApplicationRepository,
    private readonly batches: CertificationBatchRepository,
    private readonly entries: CertificationRepository,
    private readonly products: ProductOriginReader,
    private readonly merchants: MerchantReader,
    private readonly linkages: LinkageReader,
    private readonly review: CertificationReviewService,
    private readonly news: CertificationNewsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** All of them or none. The same key and list again is the same batch. Throws NotFound for what does not wait at one's own desk. */
  async issue(wish: BatchWish, by: CertificationReviewer): Promise<CertificationBatchId | BatchRefusal> {
    const now = this.clock.now();
    const refusal = refuseBatch(wish, businessDay(now));
    if (refusal) return refusal;
    try {
      return await this.database.transaction(async (tx) => this.issueWithin(tx, wish, by, now));
    } catch (error) {
      // Sent twice at once: the unique key decides.
      if (!isDuplicate(error)) throw error;
      const known = await this.database.transaction((tx) => this.known(tx, wish, by));
      return present(known, 'the batch that was first');
    }
  }

  private async issueWithin(
    tx: Tx,
    wish: BatchWish,
    by: CertificationReviewer,
    now: Date,
  ): Promise<CertificationBatchId | BatchRefusal> {
    const known = await this.known(tx, wish, by);
    if (known) return known;
    const scheme = await this.schemes.lock(tx, wish.schemeCode);
    if (!scheme) return new InvalidInputError([noScheme]);
    const { applicationIds, schemeCode } = wish;
    const confirmed = await this.applications.lockConfirmed(tx, applicationIds, schemeCode, by.desks);
    const found = new Set<string>(confirmed.map(({ id }) => id));
    const missing = applicationIds.find((id) => !found.has(id));
    if (missing !== undefined) throw new NotFound('CertificationApplication', missing);
    const [first] = confirmed;
    const desk = present(first?.desk, 'a desk');
    if (confirmed.some((each) => each.desk !== desk)) return new InvalidInputError([oneDesk]);
    if (await this.review.isTooNear(tx, confirmed, by.userId)) return new OwnCertificationError();
    const overtaken = await this.refuseOvertaken(tx, wish, confirmed, scheme.householdMin, now);
    if (overtaken) return overtaken;
    const batchNo = (await this.entries.lastBatchNo(tx, schemeCode)) + 1;
    const id = newId('cba');
    const { validFrom } = termFrom(wish.validFromOn, scheme, now);
    await this.batches.insert(tx, {
      id,
      idempotencyKey: wish.idempotencyKey,
      schemeCode,
      batchNo,
      desk,
      applicationDigest: digestOf(wish),
      entryCount: confirmed.length,
      validFrom,
      issuedBy: by.userId,
      issuedAt: now,
    });
    await this.list(tx, { wish, scheme, batchNo, confirmed, desk }, by, now);
    return id;
  }

  /** What has become untrue since it was handed in is announced by nobody; whoever has it at their desk sends it back. */
  private async refuseOvertaken(
    tx: Tx,
    { applicationIds }: BatchWish,
    confirmed: readonly CertificationApplication[],
    householdMin: number,
    now: Date,
  ): Promise<InvalidInputError | null> {
    const agreementIds = [...new Set(confirmed.flatMap(({ content }) => content.agreementIds))];
    const shares = await this.linkages.householdsOf(agreementIds, now, tx);
    const merchantIds = [...new Set(confirmed.map(({ merchantId }) => merchantId))];
    const merchants = await this.merchants.byIds(merchantIds, tx);
    const selling = new Set(merchants.flatMap(({ id, isSelling }) => (isSelling ? [id] : [])));
    const products = await this.products.byIds(
      confirmed.map(({ productId }) => productId),
      tx,
    );
    const originOf = new Map(products.map(({ id, originCountyCode }) => [id, originCountyCode]));
    const finds = confirmed.map(({ id, productId, merchantId, countyCode, content }) => ({
      applicationId: id,
      isSameOrigin: originOf.get(productId) === countyCode,
      isSelling: selling.has(merchantId),
      householdCount: householdsBehind(content.agreementIds, shares).length,
    }));
    return refuseAnnounced(finds, applicationIds, householdMin);
  }

  private async list(
    tx: Tx,
    {
      wish,
      scheme,
      batchNo,
      confirmed,
      desk,
    }: {
      readonly wish: BatchWish;
      readonly scheme: Pick<CertificationScheme, keyof CertificationScheme>;
      readonly batchNo: number;
      readonly confirmed: readonly CertificationApplication[];
      readonly desk: string;
    },
    { userId }: CertificationReviewer,
    now: Date,
  ): Promise<void> {
    const term = termFrom(wish.validFromOn, scheme, now);
    const year = wish.validFromOn.slice(0, 4);
    const listed = confirmed.map((application, index) => {
      const { productId, countyCode, linkedPersonCount, commodityValueFen } = application;
      const entry: Certification = {
        id: newId('crt'),
        productId,
        scheme: scheme.code,
        catalogueNo: catalogueNoOf(scheme.numberPrefix, { countyCode, year, batchNo, position: index + 1 }),
        batchNo,
        linkedPersonCount,
        commodityValueFen,
        ...term,
        revokedAt: null,
      };
      return { application, entry };
    });
    await this.entries.insert(
      tx,
      listed.map(({ entry }) => entry),
    );
    await this.applications.markListed(
      tx,
      listed.map(({ application, entry }) => ({ id: application.id, certificationId: entry.id })),
      now,
    );
    const office = officeOf(desk);
    await this.applications.addSteps(
      tx,
      listed.map(({ application, entry }) => ({
        application,
        note: { act: 'LISTED', actorId: userId, office, reason: entry.catalogueNo },
      })),
      now,
    );
    await this.audit.record(
      tx,
      ...listed.map(({ application, entry }) => ({
        actorId: userId,
        act: 'certification.listed',
        subject: application.id,
        divisionCode: application.countyCode,
        detail: { certificationId: entry.id, catalogueNo: entry.catalogueNo },
      })),
    );
    await emit(
      tx,
      ...listed.map(({ application: { productId, merchantId, countyCode }, entry }) =>
        certificationListed({ certificationId: entry.id, productId, merchantId, countyCode }, now),
      ),
    );
    const news = listed.map(({ application: { productId, merchantId }, entry }) => ({
      productId,
      merchantId,
      certificationId: entry.id,
    }));
    await this.news.tell(tx, 'LISTED', news, now);
  }

  private async known(
    tx: Tx,
    wish: BatchWish,
    { userId }: CertificationReviewer,
  ): Promise<CertificationBatchId | CertificationKeyUsedError | null> {
    const known = await this.batches.byKey(tx, userId, wish.idempotencyKey);
    if (!known) return null;
    return known.applicationDigest.equals(digestOf(wish)) ? known.id : new CertificationKeyUsedError();
  }
}

const noScheme = {
  path: 'input.schemeCode',
  message: { zh: '没有这个认定目录', en: 'There is no such scheme.' },
};

const oneDesk = {
  path: 'input.applicationIds',
  message: { zh: '同一批次须由同一机构公布', en: 'A batch is announced by one office.' },
};
