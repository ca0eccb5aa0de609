import { Injectable } from '@nestjs/common';
import {
  ApprovalPendingError,
  ApprovalService,
  type Verdict,
  type VoteRefusal,
  contentHashOf,
} from '#libs/approval';
import { isWithin } from '#libs/division';
import { AuditService } from '#libs/identity';
import { Clock, type InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Forbidden } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import type { ErratumId, VolumeErratum } from './erratum.entity.js';
import { ErratumStateError } from './erratum.errors.js';
import { ErratumRepository } from './erratum.repository.js';
import { type ErratumInput, isSameErratum, refuseErratum } from './erratum.rules.js';
import { CloseStateError } from './month-close.errors.js';
import { MonthCloseReader } from './month-close.reader.js';
import { MonthCloseRepository } from './month-close.repository.js';
import type { MonthCloser } from './month-close.service.js';

export interface ErratumDecision extends MonthCloser {
  readonly erratumId: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
}

const OTHERS_REQUIRED = 1;

/** Notices of what was wrong in a published month. The month stays as it is; whoever reads it reads the notice beside it. */
@Injectable()
export class ErratumService {
  constructor(
    private readonly database: Database,
    private readonly errata: ErratumRepository,
    private readonly closes: MonthCloseRepository,
    private readonly reader: MonthCloseReader,
    private readonly approvals: ApprovalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Asking again for the same is the same proposal; another one about the same sales waits until this one is decided. */
  async propose(
    input: ErratumInput,
    closer: MonthCloser,
  ): Promise<ErratumId | InvalidInputError | CloseStateError | ApprovalPendingError> {
    const { userId, scope } = await this.keeper(closer);
    return this.database.transaction(async (tx) => {
      const { month, measure, divisionCode, correctFen } = input;
      if (divisionCode !== '' && !isWithin(divisionCode, scope)) throw new NotFound('Division', divisionCode);
      // The month is the lock by which its notices take turns, so that each gets the next number.
      const close = await this.closes.lock(tx, month);
      if (!close) throw new NotFound('Month', month);
      if (close.state !== 'PUBLISHED') return new CloseStateError(close.state);
      const open = await this.errata.open(tx, input);
      if (open)
        return open.proposedBy === userId && open.divisionCode === divisionCode && isSameErratum(open, input)
          ? open.id
          : new ApprovalPendingError();
      const factIds = [...new Set(input.factIds)].toSorted();
      const publishedFen = await this.errata.publishedFen(tx, month, divisionCode, measure);
      const facts = await this.errata.facts(tx, factIds, measure);
      const before = await this.errata.namedBefore(tx, input);
      const numbered = await this.errata.numbered(tx, month);
      const refusal = refuseErratum(input, publishedFen, facts, numbered, before);
      if (refusal) return refusal;

      const id = newId('err');
      const reason = input.reason.trim();
      const content = { id, month, measure, divisionCode, publishedFen, correctFen, reason };
      const approvalRequestId = await this.approvals.open(tx, {
        subjectKind: 'VOLUME_ERRATUM',
        subjectId: id,
        contentHash: hashOf(content, factIds),
        requestedBy: userId,
        requiredCount: OTHERS_REQUIRED,
        divisionCode: await this.divisionOf(tx, content),
      });
      if (approvalRequestId instanceof ApprovalPendingError) return approvalRequestId;
      const undecided = { state: 'PROPOSED', number: null, decidedBy: null, decidedAt: null } as const;
      const proposed = { proposedBy: userId, proposedAt: this.clock.now(), approvalRequestId };
      await this.errata.insert(tx, { ...content, ...undecided, ...proposed }, factIds);
      await this.record(tx, userId, 'PROPOSED', content);
      return id;
    });
  }

  /** Another person agrees, and it is published with the month's next number; or not. */
  async decide({
    erratumId,
    verdict,
    reason,
    ...closer
  }: ErratumDecision): Promise<ErratumId | ErratumStateError | VoteRefusal> {
    const { userId, scope } = await this.keeper(closer);
    return this.database.transaction(async (tx) => {
      const erratum = await this.lock(tx, erratumId);
      if (erratum.divisionCode !== '' && !isWithin(erratum.divisionCode, scope))
        throw new NotFound('Erratum', erratumId);
      if (erratum.state !== 'PROPOSED') return new ErratumStateError(erratum.state);
      const contentHash = hashOf(erratum, await this.errata.factIds(tx, erratum.id));
      const { approvalRequestId: requestId } = erratum;
      const divisionCode = await this.divisionOf(tx, erratum);
      const voted = await this.approvals.vote(tx, {
        requestId,
        userId,
        verdict,
        reason,
        contentHash,
        divisionCode,
      });
      if (!('state' in voted)) return voted;
      if (voted.state === 'OPEN') return erratum.id;
      const state = voted.state === 'APPROVED' ? 'PUBLISHED' : 'REJECTED';
      const number = state === 'PUBLISHED' ? (await this.errata.numbered(tx, erratum.month)) + 1 : null;
      await this.errata.decide(tx, erratum.id, state, number, { userId, at: this.clock.now() });
      await this.record(tx, userId, state, erratum, number);
      return erratum.id;
    });
  }

  /** By whoever has proposed it, before it is decided. */
  async withdraw(erratumId: string, closer: MonthCloser): Promise<ErratumId | ErratumStateError> {
    const { userId } = await this.keeper(closer);
    return this.database.transaction(async (tx) => {
      const erratum = await this.lock(tx, erratumId);
      if (erratum.proposedBy !== userId) throw new NotFound('Erratum', erratumId);
      if (erratum.state !== 'PROPOSED') return new ErratumStateError(erratum.state);
      // Whoever decides the request decides the notice in the same transaction, so it is open.
      const divisionCode = await this.divisionOf(tx, erratum);
      const ask = { requestId: erratum.approvalRequestId, userId, divisionCode };
      await this.approvals.withdrawWith(tx, ask, 'VOLUME_ERRATUM');
      await this.errata.decide(tx, erratum.id, 'WITHDRAWN', null, { userId, at: this.clock.now() });
      await this.record(tx, userId, 'WITHDRAWN', erratum);
      return erratum.id;
    });
  }

  /** Whoever publishes the register's months says what was wrong in them. */
  private async keeper(closer: MonthCloser): Promise<MonthCloser> {
    if (!(await this.reader.isKeptBy(closer.scope))) throw new Forbidden();
    return closer;
  }

  /** The month first, as whoever proposes takes it. */
  private async lock(tx: Tx, id: string): Promise<VolumeErratum> {
    const found = await this.errata.monthOf(tx, id);
    if (found) await this.closes.lock(tx, found.month);
    const erratum = found && (await this.errata.lock(tx, id));
    if (!erratum) throw new NotFound('Erratum', id);
    return erratum;
  }

  /** Whose log it belongs into: the division's that it is about, the register's where it is about everything. */
  private async divisionOf(tx: Tx, { divisionCode }: Pick<Content, 'divisionCode'>): Promise<string | null> {
    return divisionCode === '' ? this.closes.registerDivision(tx) : divisionCode;
  }

  private async record(
    tx: Tx,
    actorId: string,
    act: VolumeErratum['state'],
    content: Content,
    number: number | null = null,
  ): Promise<void> {
    const { id, month, measure, divisionCode, publishedFen, correctFen, reason } = content;
    const figures = { publishedFen: String(publishedFen), correctFen: String(correctFen) };
    await this.audit.record(tx, {
      actorId,
      act: `erratum.${act.toLowerCase()}`,
      subject: id,
      divisionCode: await this.divisionOf(tx, content),
      detail: { month, measure, divisionCode, reason, number, ...figures },
    });
  }
}

type Content = Pick<
  VolumeErratum,
  'id' | 'month' | 'measure' | 'divisionCode' | 'publishedFen' | 'correctFen' | 'reason'
>;

function hashOf(
  { id, month, measure, divisionCode, publishedFen, correctFen, reason }: Content,
  factIds: readonly string[],
): string {
  const content = { id, month, measure, divisionCode, publishedFen, correctFen, reason, factIds };
  return contentHashOf({ act: 'ERRATUM', ...content });
}
