import { Injectable } from '@nestjs/common';
import { ApprovalService, type Verdict, type VoteRefusal } from '#libs/approval';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, assert, newId, refused } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { CouponRepository } from './coupon.repository.js';
import type { Promotion, PromotionState } from './promotion.entity.js';
import { PromotionKeyUsedError, PromotionStateError, PromotionsFullError } from './promotion.errors.js';
import { PromotionReader, type PromotionRow } from './promotion.reader.js';
import { PromotionRepository } from './promotion.repository.js';
import {
  OPEN_PROMOTIONS_MAX,
  type PromotionWish,
  isOfMerchant,
  isTheirs,
  promotionHash,
  refusePromotion,
} from './promotion.rules.js';

type UserId = IdOf<'usr'>;
type Scope = readonly string[] | 'ALL';
type Making = PromotionRow | InvalidInputError | PromotionKeyUsedError;

export interface PromotionDecision {
  readonly promotionId: string;
  readonly userId: UserId;
  readonly scope: Scope;
  readonly verdict: Verdict;
  /** Required to reject. */
  readonly reason: string | null;
}

const OTHERS_REQUIRED = 1;
/** Coupons of one promotion that expire in one transaction. */
const EXPIRED_AT_ONCE = 1_000;

/** What is given, by whom, and until when. Merchants decide about their own money alone; about anybody else's two people do. */
@Injectable()
export class PromotionService {
  constructor(
    private readonly database: Database,
    private readonly promotions: PromotionRepository,
    private readonly reader: PromotionReader,
    private readonly coupons: CouponRepository,
    private readonly approvals: ApprovalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Holds at once. The caller has checked whose merchant it is. The same key and content gives the first answer. */
  publishOwn(
    merchantId: IdOf<'mer'>,
    wish: PromotionWish,
    createdBy: UserId,
  ): Promise<Making | PromotionsFullError> {
    assert(isOfMerchant(wish.kind), 'a merchant gives their own money');
    return this.make({ ...wish, merchantId, divisionCode: '' }, createdBy, async (tx, row) => {
      // Without a lock: of two at once both may be the last, and two hundred and one do no harm.
      const open = await this.promotions.countOpen(tx, merchantId, row.createdAt);
      if (open >= OPEN_PROMOTIONS_MAX) return new PromotionsFullError(OPEN_PROMOTIONS_MAX);
      const detail = { kind: row.kind, budgetFen: row.budgetFen?.toString() ?? null };
      await this.audit.record(tx, {
        actorId: createdBy,
        act: 'promotion.published',
        subject: row.id,
        detail,
      });
      return { ...row, state: 'PUBLISHED', decidedAt: row.createdAt };
    });
  }

  /** Nothing is given yet. Throws NotFound for a division beyond one's own; the same key and content gives the first answer. */
  async propose(
    scope: Scope,
    { divisionCode, ...wish }: PromotionWish & Pick<Promotion, 'divisionCode'>,
    createdBy: UserId,
  ): Promise<Making> {
    if (!isTheirs({ kind: wish.kind, divisionCode }, scope)) throw new NotFound('Division', divisionCode);
    const made = await this.make({ ...wish, merchantId: '', divisionCode }, createdBy, async (tx, row) => {
      const approvalRequestId = await this.approvals.open(tx, {
        subjectKind: 'PROMOTION',
        subjectId: row.id,
        contentHash: promotionHash(row),
        requestedBy: createdBy,
        requiredCount: OTHERS_REQUIRED,
        divisionCode: divisionCode || null,
      });
      assert(!refused(approvalRequestId), 'a new promotion waits for no approval yet');
      return { ...row, approvalRequestId };
    });
    assert(!(made instanceof PromotionsFullError), 'only what merchants give is counted');
    return made;
  }

  /** Another person of those whose money it is agrees, and it holds from then on; or not. */
  decide({
    promotionId,
    userId,
    scope,
    verdict,
    reason,
  }: PromotionDecision): Promise<PromotionRow | PromotionStateError | VoteRefusal> {
    return this.database.transaction(async (tx) => {
      const promotion = await this.lockWithin(tx, promotionId, scope);
      const { approvalRequestId: requestId, divisionCode } = promotion;
      if (promotion.state !== 'PROPOSED' || requestId === null)
        return new PromotionStateError(promotion.state);
      const contentHash = promotionHash(promotion);
      const cast = { requestId, userId, verdict, reason, contentHash, divisionCode: divisionCode || null };
      const voted = await this.approvals.vote(tx, cast);
      if (refused(voted)) return voted;
      return this.move(tx, promotion, voted.state === 'REJECTED' ? 'REJECTED' : 'PUBLISHED');
    });
  }

  /** By whoever has proposed it, before it is decided; to anybody else it looks as if it did not exist. */
  withdraw(promotionId: string, userId: UserId): Promise<PromotionRow | PromotionStateError> {
    return this.database.transaction(async (tx) => {
      const promotion = await this.lock(tx, promotionId);
      const { approvalRequestId: requestId } = promotion;
      if (promotion.createdBy !== userId || requestId === null) throw new NotFound('Promotion', promotionId);
      if (promotion.state !== 'PROPOSED') return new PromotionStateError(promotion.state);
      await this.approvals.withdraw(tx, { requestId, userId }, ['PROMOTION']);
      return this.move(tx, promotion, 'WITHDRAWN');
    });
  }

  /** Before its time: nobody claims or uses it any more, what was bought with it stays bought. Ended twice it is ended once. */
  end(
    promotionId: string,
    whose: { readonly merchantIds: readonly string[] } | { readonly scope: Scope },
    userId: UserId,
  ): Promise<PromotionRow | PromotionStateError> {
    return this.database.transaction(async (tx) => {
      const promotion = await this.lock(tx, promotionId);
      const { merchantId, divisionCode } = promotion;
      const isOwn =
        'scope' in whose ? isTheirs(promotion, whose.scope) : whose.merchantIds.includes(merchantId);
      if (!isOwn) throw new NotFound('Promotion', promotionId);
      if (promotion.state === 'ENDED') return promotion;
      if (promotion.state !== 'PUBLISHED') return new PromotionStateError(promotion.state);
      const at = this.clock.now();
      await this.promotions.end(tx, promotion.id, at);
      const note = { actorId: userId, act: 'promotion.ended', subject: promotion.id };
      await this.audit.record(tx, { ...note, divisionCode: divisionCode || null });
      return { ...promotion, state: 'ENDED', claimedFen: promotion.spentFen, decidedAt: at };
    });
  }

  /** Ends what is over and lets its coupons expire; returns how much it did. Call again while it returns `limit`. */
  endDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const over = await this.promotions.lockOver(tx, now, limit);
      for (const id of over) await this.promotions.end(tx, id, now);
      const expired = await this.coupons.expire(tx, EXPIRED_AT_ONCE);
      return over.length === 0 && expired < EXPIRED_AT_ONCE ? 0 : limit;
    });
  }

  private async make(
    wish: PromotionWish & Pick<Promotion, 'merchantId' | 'divisionCode'>,
    createdBy: UserId,
    settle: (tx: Tx, row: PromotionRow) => Promise<PromotionRow | PromotionsFullError>,
  ): Promise<Making | PromotionsFullError> {
    const now = this.clock.now();
    const refusal = refusePromotion(wish, now);
    const again = async () => {
      const earlier = await this.reader.byKey(createdBy, wish.idempotencyKey);
      if (!earlier) return null;
      return promotionHash(earlier) === promotionHash(wish) ? earlier : new PromotionKeyUsedError();
    };
    const earlier = await again();
    if (earlier) return earlier;
    if (refusal) return refusal;
    const drafted: PromotionRow = {
      ...wish,
      name: wish.name.trim(),
      id: newId('pmo'),
      state: 'PROPOSED',
      claimedFen: 0n,
      spentFen: 0n,
      approvalRequestId: null,
      createdBy,
      createdAt: now,
      decidedAt: null,
    };
    try {
      return await this.database.transaction(async (tx) => {
        const settled = await settle(tx, drafted);
        if (refused(settled)) return settled;
        const { conditions, ...row } = settled;
        await this.promotions.insert(tx, row, conditions);
        return { ...row, conditions };
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The same key twice at once: the unique key let the other one through, and it has committed.
      return (await again()) ?? new PromotionKeyUsedError();
    }
  }

  private async lock(tx: Tx, id: string): Promise<PromotionRow> {
    const promotion = await this.promotions.lock(tx, id);
    if (!promotion) throw new NotFound('Promotion', id);
    return promotion;
  }

  private async lockWithin(tx: Tx, id: string, scope: Scope): Promise<PromotionRow> {
    const promotion = await this.lock(tx, id);
    if (!isTheirs(promotion, scope)) throw new NotFound('Promotion', id);
    return promotion;
  }

  private async move(tx: Tx, promotion: PromotionRow, state: PromotionState): Promise<PromotionRow> {
    const decidedAt = this.clock.now();
    await this.promotions.move(tx, promotion.id, state, decidedAt);
    return { ...promotion, state, decidedAt };
  }
}
