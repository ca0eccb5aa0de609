import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type IdOf,
  InvalidInputError,
  NotFound,
  businessDay,
  newId,
  present,
  refuseKey,
} from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { StoredFileService } from '#platform/files';
import { beginsBy, lastDayOf } from './merchant-licence.rules.js';
import type { MerchantPaper, MerchantPaperId } from './merchant-paper.entity.js';
import {
  MerchantPaperKeyUsedError,
  MerchantPaperStateError,
  MerchantPaperWaitsError,
} from './merchant-paper.errors.js';
import { MerchantPaperReader } from './merchant-paper.reader.js';
import { MerchantPaperRepository } from './merchant-paper.repository.js';
import {
  type LoosePaper,
  type MerchantPaperKind,
  PAPER_FORMS,
  type Paper,
  papersOf,
  refusePaper,
  refusePaperSizes,
} from './merchant-paper.rules.js';
import { MerchantReader, type MerchantRow } from './merchant.reader.js';

export interface BroughtPaper {
  readonly merchantId: string;
  readonly idempotencyKey: string;
  readonly paper: LoosePaper<MerchantPaperKind>;
}

/** Whoever brings papers, and of which merchants they may. */
export interface PaperBringer {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

type HandedIn = MerchantPaperId | InvalidInputError | MerchantPaperWaitsError | MerchantPaperKeyUsedError;

type Said = Pick<MerchantPaper, 'merchantId' | 'kind' | 'number' | 'validFrom' | 'validTo' | 'fileIds'>;

const said = ({ merchantId, kind, number, validFrom, validTo, fileIds }: Said): Said => ({
  merchantId,
  kind,
  number,
  validFrom,
  validTo,
  fileIds,
});

/** As it is compared and kept: without a number where its kind asks for none, and with the credit code where that is its number and nobody has typed it once more. */
function numbered(paper: Paper<MerchantPaperKind>, creditCode: string | null): Paper<MerchantPaperKind> {
  const asked = paper.kind === null ? null : PAPER_FORMS[paper.kind].number;
  if (asked === 'NONE') return { ...paper, number: null };
  return asked === 'CREDIT_CODE' ? { ...paper, number: paper.number ?? creditCode } : paper;
}

/** The merchant's side of its papers: another one is brought before or after the last one has ended. */
@Injectable()
export class MerchantPaperService {
  constructor(
    private readonly database: Database,
    private readonly papers: MerchantPaperRepository,
    private readonly reader: MerchantPaperReader,
    private readonly merchants: MerchantReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Everything that is wrong with it is said at once. The same key answers with the first paper, whatever has become of it. */
  async handIn(brought: BroughtPaper, by: PaperBringer): Promise<HandedIn> {
    const merchant = by.merchantIds.includes(brought.merchantId)
      ? await this.merchants.byId(brought.merchantId)
      : null;
    if (!merchant) throw new NotFound('Merchant', brought.merchantId);
    const creditCode = (await this.merchants.creditCodesOf([merchant.id])).get(merchant.id) ?? null;
    const [typed] = papersOf([brought.paper]);
    const paper = numbered(present(typed, 'a paper'), creditCode);
    const badKey = refuseKey(brought.idempotencyKey);
    if (badKey) return badKey;
    const { kind } = paper;
    if (kind === null) return new InvalidInputError([noKind]);
    const wish = said({ ...paper, kind, merchantId: merchant.id, number: paper.number ?? '' });
    const known = await this.known(brought.idempotencyKey, wish, by);
    if (known) return known;
    const refusal = await this.refuse(merchant, { ...paper, kind }, creditCode, by);
    if (refusal) return refusal;
    try {
      return await this.database.transaction((tx) =>
        this.keep(tx, wish, brought.idempotencyKey, merchant, by.userId),
      );
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Sent twice at once, or two people at once: the unique keys decide, not a look beforehand.
      const first = await this.known(brought.idempotencyKey, wish, by);
      if (first) return first;
      const other = await this.database.transaction((tx) => this.papers.waiting(tx, merchant.id, kind));
      // Decided about or withdrawn meanwhile: nothing is in the way any more.
      return other ? new MerchantPaperWaitsError(other.id) : this.handIn(brought, by);
    }
  }

  /** Wanted no longer, or the wrong photo. Withdrawn again, nothing happens. */
  withdraw(
    id: string,
    { userId, merchantIds }: PaperBringer,
  ): Promise<MerchantPaperId | MerchantPaperStateError> {
    return this.database.transaction(async (tx) => {
      const paper = await this.papers.lockOf(tx, id, merchantIds);
      if (!paper) throw new NotFound('MerchantPaper', id);
      if (paper.state === 'WITHDRAWN') return paper.id;
      if (paper.state !== 'WAITING') return new MerchantPaperStateError(paper.state);
      await this.papers.decide(
        tx,
        paper.id,
        { state: 'WITHDRAWN', decidedBy: null, reason: '' },
        this.clock.now(),
      );
      await this.files.release(tx, [paper.id], paper.broughtBy, []);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'merchant_paper.withdrawn',
        subject: paper.id,
        detail: { merchantId: paper.merchantId, kind: paper.kind },
      });
      return paper.id;
    });
  }

  private known(
    idempotencyKey: string,
    wish: Said,
    { userId }: PaperBringer,
  ): Promise<MerchantPaperId | MerchantPaperKeyUsedError | null> {
    return this.database.transaction(async (tx) => {
      const known = await this.papers.byKey(tx, userId, idempotencyKey);
      if (!known) return null;
      return isDeepStrictEqual(said(known), wish) ? known.id : new MerchantPaperKeyUsedError();
    });
  }

  private async refuse(
    { id }: MerchantRow,
    paper: Parameters<typeof refusePaper>[1] & { readonly kind: MerchantPaperKind },
    creditCode: string | null,
    { userId }: PaperBringer,
  ): Promise<InvalidInputError | null> {
    const sizes = refusePaperSizes([paper]).map(({ path, message }) => ({
      path: path.replace('content.papers.0.', 'paper.'),
      message,
    }));
    if (sizes.length > 0) return new InvalidInputError(sizes);
    const [files, { standings }] = await Promise.all([
      this.files.byIds(paper.fileIds),
      this.reader.standingOf(id),
    ]);
    const today = businessDay(this.clock.now());
    const current = standings.find(({ kind }) => kind === paper.kind) ?? null;
    const faults = refusePaper(PAPER_FORMS[paper.kind], paper, {
      creditCode,
      today,
      files: new Set(files.filter(({ uploadedBy }) => uploadedBy === userId).map((file) => file.id)),
      beginsBy: beginsBy(current, today),
    }).map(({ path, message }) => ({ path: `paper.${path}`, message }));
    return faults.length > 0 ? new InvalidInputError(faults) : null;
  }

  private async keep(
    tx: Tx,
    wish: Said,
    idempotencyKey: string,
    { countyCode }: MerchantRow,
    userId: IdOf<'usr'>,
  ): Promise<MerchantPaperId | InvalidInputError> {
    const paper: MerchantPaper = {
      id: newId('mpp'),
      ...wish,
      applicationId: null,
      endsOn: lastDayOf(wish.kind, wish),
      state: 'WAITING',
      openKind: wish.kind,
      isCounting: false,
      remindedDays: null,
      broughtBy: userId,
      idempotencyKey,
      broughtAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      reason: '',
    };
    await this.papers.insert(tx, [paper]);
    const attached = await this.files.attach(tx, wish.fileIds, userId, paper.id);
    // Swept between the look and this transaction.
    if (attached.length < new Set(wish.fileIds).size) return new InvalidInputError([filesGone]);
    await this.audit.record(tx, {
      actorId: userId,
      act: 'merchant_paper.handed_in',
      subject: paper.id,
      divisionCode: countyCode,
      detail: { merchantId: wish.merchantId, kind: wish.kind, endsOn: paper.endsOn ?? '' },
    });
    return paper.id;
  }
}

const noKind = {
  path: 'paper.kind',
  message: { zh: '请选择材料类别', en: 'Say what paper this is.' },
};

const filesGone = {
  path: 'paper.fileIds',
  message: { zh: '照片已失效，请重新上传', en: 'The photos are gone; bring them again.' },
};
