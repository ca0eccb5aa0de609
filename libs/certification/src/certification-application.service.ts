import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { ProductOriginReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import { HouseholdReader, LinkageAgreementReader, LinkageReader } from '#libs/household';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type Fen,
  type IdOf,
  InvalidInputError,
  NotFound,
  businessDay,
  newId,
  present,
  refuseKey,
  refused,
} from '#libs/kernel';
import { paperFilesOf } from '#libs/merchant';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { StoredFileService } from '#platform/files';
import type {
  CertificationApplication,
  CertificationApplicationId,
  CertificationContent,
  LinkedReference,
} from './certification-application.entity.js';
import { CertificationApplicationRepository } from './certification-application.repository.js';
import {
  EDITABLE,
  type LooseContent,
  NOBODYS,
  UNDECIDED,
  contentOf,
  householdsBehind,
  placeCertification,
  refuseSize,
  turnAt,
} from './certification-application.rules.js';
import type { ChainStep } from './certification-scheme.entity.js';
import { CertificationSchemeReader } from './certification-scheme.reader.js';
import { CertificationChangedError, CertificationStateError } from './certification.errors.js';

export interface CertificationDraft {
  /** Null for the first save. */
  readonly applicationId?: string | null;
  readonly idempotencyKey: string;
  /** Of the first save; they stay. */
  readonly productId: string;
  readonly schemeCode: string;
  /** What the author has seen; 0 for the first save. */
  readonly revision: number;
  readonly content: LooseContent;
}

export interface CertificationApplicant {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

type Outcome =
  | CertificationApplicationId
  | InvalidInputError
  | CertificationStateError
  | CertificationChangedError;

/** A merchant has a few dozen products; whoever has more open is trying something out. Two saves at once may make one more. */
const UNDECIDED_MAX = 100;

interface Placed {
  /** Where the product comes from now: it may have been mended since the draft was begun. */
  readonly countyCode: string;
  readonly valueFen: Fen | InvalidInputError;
  readonly chain: readonly ChainStep[];
  readonly linked: readonly LinkedReference[];
  readonly personCount: number;
}

/** The merchant's side: typed bit by bit, kept as it is, checked when it is handed in. */
@Injectable()
export class CertificationApplicationService {
  constructor(
    private readonly database: Database,
    private readonly applications: CertificationApplicationRepository,
    private readonly schemes: CertificationSchemeReader,
    private readonly products: ProductOriginReader,
    private readonly agreements: LinkageAgreementReader,
    private readonly linkages: LinkageReader,
    private readonly households: HouseholdReader,
    private readonly divisions: DivisionReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Nothing that is typed is lost: whatever fits is kept, complete or not. The same save again changes nothing. */
  async saveDraft(draft: CertificationDraft, by: CertificationApplicant): Promise<Outcome> {
    const content = contentOf(draft.content);
    const refusal = refuseSize(content) ?? refuseKey(draft.idempotencyKey);
    if (refusal) return refusal;
    if (draft.applicationId) return this.saveAgain(draft.applicationId, content, draft.revision, by);
    const [product] = await this.products.byIds([draft.productId]);
    if (!product || !by.merchantIds.includes(product.merchantId))
      throw new NotFound('Product', draft.productId);
    if (!(await this.schemes.byCode(draft.schemeCode))) return new InvalidInputError([noScheme]);
    try {
      return await this.database.transaction((tx) => this.saveFirst(tx, draft, product, content, by.userId));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The first save, sent again because its answer was lost.
      const known = await this.database.transaction((tx) =>
        this.applications.byKey(tx, product.merchantId, draft.idempotencyKey),
      );
      const first = present(known, 'the application saved under this key');
      const isSame =
        first.productId === draft.productId &&
        first.schemeCode === draft.schemeCode &&
        isDeepStrictEqual(first.content, content);
      return isSame ? first.id : new CertificationChangedError(first.revision);
    }
  }

  /** Hands it in, as it was last saved. Handed in again, nothing happens. */
  async submit(id: string, revision: number, by: CertificationApplicant): Promise<Outcome> {
    const seen = await this.database.transaction((tx) => this.applications.lockOwn(tx, id, by.merchantIds));
    if (!seen) throw new NotFound('CertificationApplication', id);
    const placed = await this.place(seen);
    try {
      return await this.database.transaction(async (tx) => {
        const application = present(await this.applications.lockOwn(tx, id, by.merchantIds), 'it was there');
        if (application.state === 'IN_REVIEW' && application.revision === revision) return application.id;
        if (!EDITABLE.includes(application.state)) return new CertificationStateError(application.state);
        // What was looked up above is what was saved then.
        if (application.revision !== revision || seen.revision !== revision)
          return new CertificationChangedError(application.revision);
        if (refused(placed.valueFen)) return placed.valueFen;
        await this.handIn(tx, application, { ...placed, valueFen: placed.valueFen }, by.userId);
        return application.id;
      });
    } catch (error) {
      // Another application of the product waits in this scheme: the unique key decides, not a look beforehand.
      if (isDuplicate(error)) return new InvalidInputError([appliedFor]);
      throw error;
    }
  }

  /** Wanted no longer. Withdrawn again, nothing happens. */
  withdraw(
    id: string,
    { userId, merchantIds }: CertificationApplicant,
  ): Promise<CertificationApplicationId | CertificationStateError> {
    return this.database.transaction(async (tx) => {
      const application = await this.applications.lockOwn(tx, id, merchantIds);
      if (!application) throw new NotFound('CertificationApplication', id);
      if (application.state === 'WITHDRAWN') return application.id;
      if (!UNDECIDED.includes(application.state)) return new CertificationStateError(application.state);
      const now = this.clock.now();
      await this.applications.update(tx, application.id, {
        ...NOBODYS,
        state: 'WITHDRAWN',
        updatedAt: now,
      });
      await this.applications.voidObjections(tx, application.id, now);
      await this.applications.addStep(tx, application, { act: 'WITHDRAWN', actorId: userId }, now);
      return application.id;
    });
  }

  private async saveFirst(
    tx: Tx,
    { idempotencyKey, schemeCode }: CertificationDraft,
    product: {
      readonly id: CertificationApplication['productId'];
      readonly merchantId: IdOf<'mer'>;
      readonly originCountyCode: string;
    },
    content: CertificationContent,
    userId: IdOf<'usr'>,
  ): Promise<Outcome> {
    const id = newId('cap');
    const now = this.clock.now();
    const brought = await this.files.attach(tx, paperFilesOf(content), userId, id);
    // Before it is counted, so that the first save sent again is known by its key although there are enough by now.
    await this.applications.insert(tx, {
      id,
      idempotencyKey,
      merchantId: product.merchantId,
      productId: product.id,
      schemeCode,
      createdBy: userId,
      submittedBy: null,
      state: 'DRAFT',
      content,
      revision: 1,
      countyCode: product.originCountyCode,
      placeCode: product.originCountyCode,
      chain: [],
      stepNo: 0,
      desk: null,
      waitingSince: null,
      linked: [],
      linkedPersonCount: 0,
      commodityValueFen: 0n,
      files: brought.map((file) => file.id),
      openKey: null,
      noticeFrom: null,
      noticeTo: null,
      certificationId: null,
      createdAt: now,
      updatedAt: now,
      submittedAt: null,
    });
    return (await this.applications.countUndecided(tx, product.merchantId)) > UNDECIDED_MAX
      ? new InvalidInputError([tooManyOpen])
      : id;
  }

  private saveAgain(
    id: string,
    content: CertificationContent,
    revision: number,
    { userId, merchantIds }: CertificationApplicant,
  ): Promise<Outcome> {
    return this.database.transaction(async (tx) => {
      const application = await this.applications.lockOwn(tx, id, merchantIds);
      if (!application) throw new NotFound('CertificationApplication', id);
      if (!EDITABLE.includes(application.state)) return new CertificationStateError(application.state);
      const isSame = isDeepStrictEqual(application.content, content);
      // Its answer was lost, so it comes again.
      if (isSame && application.revision === revision + 1) return application.id;
      if (application.revision !== revision) return new CertificationChangedError(application.revision);
      const papers = paperFilesOf(content);
      const brought = await this.files.attach(tx, papers, userId, application.id);
      await this.files.release(tx, [application.id], userId, papers);
      // What a colleague has brought before stays theirs, and of the application.
      const known = new Set([...application.files, ...brought.map((file) => file.id)]);
      await this.applications.update(tx, application.id, {
        content,
        revision: revision + 1,
        files: papers.filter((fileId) => known.has(fileId)),
        updatedAt: this.clock.now(),
      });
      return application.id;
    });
  }

  private async place({
    content,
    schemeCode,
    productId,
    merchantId,
    files,
  }: CertificationApplication): Promise<Placed> {
    const now = this.clock.now();
    const today = businessDay(now);
    const [[product], scheme, townships, own, shares, stored] = await Promise.all([
      this.products.byIds([productId]),
      this.schemes.byCode(schemeCode),
      this.divisions.inForce([content.townshipCode ?? ''].filter((code) => /^\d{9}$/.test(code))),
      this.agreements.ownOf(content.agreementIds, merchantId),
      this.linkages.householdsOf(content.agreementIds, now),
      this.files.byIds(files),
    ]);
    const countyCode = present(product, 'the product applied for').originCountyCode;
    const agreements = new Set(own.filter((id) => (shares.get(id) ?? []).length > 0));
    const linked = content.agreementIds
      .filter((id) => agreements.has(id))
      .flatMap((agreementId) =>
        (shares.get(agreementId) ?? []).map(({ householdId }) => ({ agreementId, householdId })),
      );
    const householdIds = householdsBehind([...agreements], shares);
    const valueFen = placeCertification(content, {
      scheme,
      countyCode,
      isTownshipKnown: townships.some(
        ({ code, level }) => level === 'TOWNSHIP' && code.startsWith(countyCode),
      ),
      agreements,
      householdCount: householdIds.length,
      files: new Set(stored.map(({ id }) => id)),
      today,
    });
    const personCount = refused(valueFen) ? 0 : await this.households.peopleOf(householdIds);
    return { countyCode, valueFen, chain: scheme?.chain ?? [], linked, personCount };
  }

  private async handIn(
    tx: Tx,
    application: CertificationApplication,
    { countyCode, valueFen, chain, linked, personCount }: Placed & { readonly valueFen: Fen },
    userId: IdOf<'usr'>,
  ): Promise<void> {
    const now = this.clock.now();
    const { id, schemeCode, productId } = application;
    const townshipCode = application.content.townshipCode || null;
    const { state, stepNo, desk } = turnAt(chain, 0, { countyCode, townshipCode });
    await this.applications.update(tx, id, {
      state,
      stepNo,
      desk,
      waitingSince: now,
      chain,
      linked,
      linkedPersonCount: personCount,
      commodityValueFen: valueFen,
      countyCode,
      placeCode: townshipCode ?? countyCode,
      openKey: `${schemeCode}:${productId}`,
      noticeFrom: null,
      noticeTo: null,
      submittedBy: userId,
      submittedAt: now,
      updatedAt: now,
    });
    await this.applications.addStep(
      tx,
      { id, revision: application.revision, stepNo },
      { act: 'SUBMITTED', actorId: userId },
      now,
    );
    await this.audit.record(tx, {
      actorId: userId,
      act: 'certification.submitted',
      subject: id,
      divisionCode: countyCode,
      detail: { productId, schemeCode },
    });
  }
}

const noScheme = {
  path: 'input.schemeCode',
  message: { zh: '没有这个认定目录', en: 'There is no such scheme.' },
};

const appliedFor = {
  path: 'applicationId',
  message: {
    zh: '该产品在此目录已有一份申请在办，请等待结果或先撤回',
    en: 'Another application of this product waits in this scheme; wait for it, or withdraw it.',
  },
};

const tooManyOpen = {
  path: 'input',
  message: {
    zh: `至多同时有 ${UNDECIDED_MAX} 份未办结的申请，请先撤回不用的`,
    en: `At most ${UNDECIDED_MAX} applications are open at once; withdraw those you do not need.`,
  },
};
