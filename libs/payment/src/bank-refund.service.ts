import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  ApprovalService,
  ContentChangedError,
  type Verdict,
  type VoteRefusal,
  contentHashOf,
} from '#libs/approval';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, present, refused } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { Vault } from '#platform/vault';
import type { BankRefund, BankRefundState } from './bank-refund.entity.js';
import { BankRefUsedError, BankRefundNotReadyError } from './bank-refund.errors.js';
import { BankRefundRepository } from './bank-refund.repository.js';
import { type BankInstruction, type BuyerAccount, maskedName, refuseBankRef } from './bank-refund.rules.js';
import type { Refund, RefundId } from './refund.entity.js';
import { RefundRepository } from './refund.repository.js';
import { RefundService } from './refund.service.js';

/** Two others than whoever asked have to agree before money leaves by hand. */
export const BANK_REFUND_APPROVALS = 2;

type UserId = IdOf<'usr'>;

/** A bank refund's columns, to be copied with changes. */
type BankRefundFacts = Pick<BankRefund, keyof BankRefund>;

/**
 * Refunds that our bank sends. The buyer's account is sealed for this refund alone, shown to whoever takes it to the bank (and that is
 * written down), and erased once it is over. It is in no fact, no log and no audit entry.
 */
@Injectable()
export class BankRefundService {
  constructor(
    private readonly database: Database,
    private readonly bankRefunds: BankRefundRepository,
    private readonly refunds: RefundRepository,
    private readonly sender: RefundService,
    private readonly approvals: ApprovalService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Part of the request: the account is kept and others are asked to agree. */
  async open(
    tx: Tx,
    refundId: RefundId,
    { account, requestedBy }: { readonly account: BuyerAccount; readonly requestedBy: UserId },
  ): Promise<void> {
    const { keyId, cipher } = this.vault.seal(JSON.stringify(account), refundId);
    const facts = {
      refundId,
      state: 'WAITING',
      holderMasked: maskedName(account.holderName),
      bankName: account.bankName,
      accountLastFour: account.accountNumber.slice(-4),
      keyId,
      accountCipher: cipher,
      setAsideAt: null,
      instructedBy: null,
      instructedAt: null,
      bankRef: null,
      closedBy: null,
      closedAt: null,
    } as const;
    const refund = present(await this.refunds.lock(tx, refundId), 'the refund just written');
    const approval = await this.approvals.open(tx, {
      subjectKind: 'BANK_REFUND',
      subjectId: refundId,
      contentHash: contentOf(refund, facts),
      requestedBy,
      requiredCount: BANK_REFUND_APPROVALS,
    });
    if (refused(approval)) throw new Error(`A new refund is waiting already: ${approval.code}`);
    await this.bankRefunds.insert(tx, { ...facts, approvalRequestId: approval });
  }

  /** The second who agrees lets it go to the bank; the first who does not gives the money back to whoever gave it. */
  vote(
    actorId: UserId,
    refundId: string,
    {
      verdict,
      reason,
      seenHash = null,
    }: {
      readonly verdict: Verdict;
      readonly reason: string | null;
      /** Of what was looked at; null where nobody says. */
      readonly seenHash?: string | null;
    },
  ): Promise<RefundId | VoteRefusal> {
    return this.database.transaction(async (tx) => {
      const bank = await this.lock(tx, refundId);
      const refund = present(await this.refunds.lock(tx, refundId), 'the refund of a bank refund');
      const cast = { requestId: bank.approvalRequestId, userId: actorId, verdict, reason };
      const contentHash = contentOf(refund, bank);
      if (seenHash !== null && seenHash !== contentHash) return new ContentChangedError();
      const voted = await this.approvals.vote(tx, { ...cast, contentHash });
      if (refused(voted)) return voted;
      if (voted.state === 'APPROVED') await this.bankRefunds.update(tx, bank.refundId, { state: 'APPROVED' });
      if (voted.state === 'REJECTED') {
        await this.close(tx, bank, actorId, { state: 'REJECTED' });
        await this.sender.conclude(tx, refund, 'FAILED', null, 'rejected');
      }
      return bank.refundId;
    });
  }

  /** What to tell the bank. Taken out again it says the same; each time is written down. */
  async instruct(actorId: UserId, refundId: string): Promise<BankInstruction | BankRefundNotReadyError> {
    return this.database.transaction(async (tx) => {
      const bank = await this.lock(tx, refundId);
      const isReady = bank.state === 'INSTRUCTED' || (bank.state === 'APPROVED' && bank.setAsideAt !== null);
      if (!isReady) return new BankRefundNotReadyError(bank.state);
      const refund = present(await this.refunds.lock(tx, refundId), 'the refund of a bank refund');
      if (bank.state === 'APPROVED') {
        const now = this.clock.now();
        const changes = { state: 'INSTRUCTED', instructedBy: actorId, instructedAt: now } as const;
        await this.bankRefunds.update(tx, bank.refundId, changes);
        await this.refunds.update(tx, bank.refundId, { state: 'SENT', updatedAt: now });
      }
      await this.audit.record(tx, { actorId, act: 'bank_refund.account_read', subject: bank.refundId });
      const { amountFen, orderId } = refund;
      return { refundId: bank.refundId, amountFen, remark: `退款 ${orderId}`, ...this.accountOf(bank) };
    });
  }

  /** The bank's receipt is here. Told twice by the same number it changes nothing. */
  async confirm(
    actorId: UserId,
    refundId: string,
    bankRef: string,
  ): Promise<RefundId | InvalidInputError | BankRefundNotReadyError | BankRefUsedError> {
    const refusal = refuseBankRef(bankRef);
    if (refusal) return refusal;
    try {
      return await this.database.transaction(async (tx) => {
        const bank = await this.lock(tx, refundId);
        if (bank.state === 'CONFIRMED' && bank.bankRef === bankRef) return bank.refundId;
        if (bank.state !== 'INSTRUCTED') return new BankRefundNotReadyError(bank.state);
        const refund = present(await this.refunds.lock(tx, refundId), 'the refund of a bank refund');
        await this.close(tx, bank, actorId, { state: 'CONFIRMED', bankRef });
        await this.sender.conclude(tx, refund, 'SUCCEEDED', null);
        await this.audit.record(tx, {
          actorId,
          act: 'bank_refund.confirmed',
          subject: bank.refundId,
          detail: { bankRef },
        });
        return bank.refundId;
      });
    } catch (error) {
      // The unique key, not a look beforehand: one transfer pays one refund.
      if (isDuplicate(error)) return new BankRefUsedError();
      throw error;
    }
  }

  /** The bank could not deliver it, or it was never taken there: the money goes back to whoever gave it. */
  giveBack(actorId: UserId, refundId: string): Promise<RefundId | BankRefundNotReadyError> {
    return this.database.transaction(async (tx) => {
      const bank = await this.lock(tx, refundId);
      if (bank.state === 'RETURNED') return bank.refundId;
      if (bank.state !== 'INSTRUCTED' && bank.state !== 'APPROVED')
        return new BankRefundNotReadyError(bank.state);
      const refund = present(await this.refunds.lock(tx, refundId), 'the refund of a bank refund');
      await this.close(tx, bank, actorId, { state: 'RETURNED' });
      await this.sender.conclude(tx, refund, 'FAILED', null, 'returned');
      await this.audit.record(tx, { actorId, act: 'bank_refund.returned', subject: bank.refundId });
      return bank.refundId;
    });
  }

  private async lock(tx: Tx, refundId: string): Promise<BankRefundFacts> {
    const bank = await this.bankRefunds.lock(tx, refundId);
    if (!bank) throw new NotFound('BankRefund', refundId);
    return bank;
  }

  /** Over: nobody needs the account any more. */
  private async close(
    tx: Tx,
    { refundId }: BankRefundFacts,
    actorId: UserId,
    end: { readonly state: BankRefundState; readonly bankRef?: string },
  ): Promise<void> {
    const erased = { keyId: null, accountCipher: null };
    await this.bankRefunds.update(tx, refundId, {
      ...end,
      ...erased,
      closedBy: actorId,
      closedAt: this.clock.now(),
    });
  }

  private accountOf({ refundId, keyId, accountCipher }: BankRefundFacts): BuyerAccount {
    const sealed = {
      keyId: present(keyId, 'the key of an open bank refund'),
      cipher: present(accountCipher, 'the account of an open bank refund'),
    };
    return JSON.parse(this.vault.open(sealed, refundId).toString()) as BuyerAccount;
  }
}

/** Everything that is agreed to; of the account, what was sealed, so that it cannot be exchanged afterwards. */
function contentOf(refund: Refund, bank: Pick<BankRefund, 'bankName' | 'accountCipher'>): string {
  const cipher = bank.accountCipher ?? Buffer.alloc(0);
  const account = createHash('sha256').update(cipher).digest('hex');
  const { id, orderId, amountFen } = refund;
  return contentHashOf({ id, orderId, amountFen, bankName: bank.bankName, account });
}
