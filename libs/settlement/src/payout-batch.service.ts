import { Injectable } from '@nestjs/common';
import {
  ApprovalService,
  ContentChangedError,
  type Verdict,
  type VoteRefusal,
  contentHashOf,
} from '#libs/approval';
import { CalendarReader } from '#libs/division';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  assert,
  businessDay,
  newId,
  present,
  refused,
  sumFen,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Vault } from '#platform/vault';
import { type BankFileLine, sha256 } from './bank-file.rules.js';
import type { PayeeAccountRecord, PayoutMethod } from './payee-account.entity.js';
import { PayoutKeyReusedError } from './payee-account.errors.js';
import { PayeeAccountRepository } from './payee-account.repository.js';
import { refuseKey, refuseNote } from './payee-account.rules.js';
import type { FileEncoding, PayoutBatchRecord, PayoutBatchId } from './payout-batch.entity.js';
import { PayoutBatchRepository } from './payout-batch.repository.js';
import { approversFor, batchContent } from './payout-batch.rules.js';
import {
  NothingToPayOutError,
  PayoutAccountChangedError,
  PayoutBatchAnsweredError,
  PayoutBatchStateError,
} from './payout.errors.js';
import { PayoutFileGateway, PayoutTransferGateway } from './payout.gateway.js';
import { PayoutPolicyReader } from './payout-policy.reader.js';
import { PayoutRepository, type PayoutRow } from './payout.repository.js';
import { resolveBy } from './payout.rules.js';

export interface BatchWish {
  readonly method: PayoutMethod;
  readonly encoding: FileEncoding;
  readonly idempotencyKey: string;
}

export interface PayoutFile {
  readonly batchNo: number;
  readonly name: string;
  readonly bytes: Buffer;
  readonly hash: string;
}

/** Ids without their payouts' locks would let one payout into two batches; so the batch is locked first, then its payouts. */
@Injectable()
export class PayoutBatchService {
  constructor(
    private readonly database: Database,
    private readonly batches: PayoutBatchRepository,
    private readonly payouts: PayoutRepository,
    private readonly policies: PayoutPolicyReader,
    private readonly accounts: PayeeAccountRepository,
    private readonly approvals: ApprovalService,
    private readonly bankFiles: PayoutFileGateway,
    private readonly transfers: PayoutTransferGateway,
    private readonly vault: Vault,
    private readonly calendars: CalendarReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Takes what waits, as many as one batch holds, and asks somebody else to approve exactly that. */
  async create(
    userId: IdOf<'usr'>,
    wish: BatchWish,
  ): Promise<PayoutBatchId | InvalidInputError | PayoutKeyReusedError | NothingToPayOutError> {
    const refusal = refuseKey(wish.idempotencyKey);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const before = await this.ofKey(tx, userId, wish);
      if (before) return before;
      const { linesMax } = this.providerOf(wish.method).capabilities;
      const payouts = await this.payouts.lockToBatch(tx, wish.method, linesMax);
      // Whoever waited for the locks looks again: the same wish may have taken them.
      if (payouts.length === 0) return (await this.ofKey(tx, userId, wish)) ?? new NothingToPayOutError();

      const batch = await this.drafted(tx, userId, wish, payouts);
      const requestId = await this.approvals.open(tx, {
        subjectKind: 'PAYOUT_BATCH',
        subjectId: batch.id,
        contentHash: batch.contentHash,
        requestedBy: userId,
        requiredCount: approversFor(batch.totalFen, await this.twoApproversAbove(tx)),
      });
      assert(!refused(requestId), 'a new batch waits for no approval yet');
      await this.batches.insert(tx, { ...batch, approvalId: requestId });
      await this.payouts.putIntoBatch(tx, payouts, batch.id);
      await this.record(tx, userId, 'payout_batch.created', batch);
      return batch.id;
    });
  }

  /**
   * Of a new batch: it may be sent. Of one that somebody wants void: it is, and its payouts wait for another. `seenHash` is what was looked at: in
   * the meantime a batch may have been sent, and be void if one agrees.
   */
  vote(
    userId: IdOf<'usr'>,
    batchId: string,
    verdict: Verdict,
    reason: string | null,
    seenHash: string | null = null,
  ): Promise<PayoutBatchRecord | VoteRefusal | PayoutBatchStateError> {
    return this.database.transaction(async (tx) => {
      const batch = await this.locked(tx, batchId);
      const isVoid = batch.state === 'VOID_REQUESTED';
      if (!isVoid && batch.state !== 'AWAITING_APPROVAL') return new PayoutBatchStateError(batch.state);
      const payouts = await this.payouts.lockOfBatch(tx, batch.id);
      const contentHash = isVoid
        ? voidHash(batch, batch.voidReason)
        : contentHashOf(batchContent(batch, inLineOrder(payouts)));
      if (seenHash !== null && seenHash !== contentHash) return new ContentChangedError();
      const decided = await this.approvals.vote(tx, {
        requestId: batch.approvalId as IdOf<'apr'>,
        userId,
        verdict,
        reason,
        contentHash,
      });
      if (refused(decided)) return decided;
      if (decided.state === 'APPROVED') await (isVoid ? this.takeBack(tx, batch) : this.let(tx, batch));
      if (decided.state === 'REJECTED')
        await (isVoid ? this.batches.setState(tx, batch.id, 'EXPORTED') : this.turnDown(tx, batch));
      return this.locked(tx, batchId);
    });
  }

  /**
   * The file for the bank. Made once, of accounts that are still the payees'; asked for again, the same bytes come out of the seal. Who
   * asks is in the audit log each time.
   */
  export(
    userId: IdOf<'usr'>,
    batchId: string,
  ): Promise<PayoutFile | PayoutBatchStateError | PayoutAccountChangedError> {
    return this.database.transaction(async (tx) => {
      const batch = await this.locked(tx, batchId);
      if (batch.method !== 'BANK') return new PayoutBatchStateError(batch.state);
      const kept = this.keptFile(batch);
      if (kept) {
        if (batch.state === 'VOIDED') return new PayoutBatchStateError(batch.state);
        await this.record(tx, userId, 'payout_batch.downloaded', batch);
        return kept;
      }
      if (batch.state !== 'APPROVED') return new PayoutBatchStateError(batch.state);
      const file = await this.render(tx, batch);
      if (refused(file)) return file;
      const at = this.clock.now();
      const { cipher, keyId } = this.vault.seal(file.bytes, batch.id);
      await this.batches.saveFile(tx, batch.id, { by: userId, at, hash: file.hash, cipher, keyId });
      await this.payouts.markSent(
        tx,
        batch.id,
        at,
        resolveBy(await this.calendars.workingCalendar(tx), at),
        null,
      );
      await this.record(tx, userId, 'payout_batch.exported', batch, { fileHash: file.hash });
      return file;
    });
  }

  /** Before the file is out, at once. After that somebody else has to agree that the bank has not got it, and never once it has answered. */
  async void(
    userId: IdOf<'usr'>,
    batchId: string,
    reason: string,
  ): Promise<PayoutBatchRecord | InvalidInputError | PayoutBatchStateError | PayoutBatchAnsweredError> {
    const refusal = refuseNote('reason', reason);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const batch = await this.locked(tx, batchId);
      if (batch.state === 'APPROVED') await this.takeBack(tx, batch);
      else if (batch.state === 'EXPORTED') {
        const payouts = await this.payouts.lockOfBatch(tx, batch.id);
        if (payouts.some(({ state }) => state !== 'SENT')) return new PayoutBatchAnsweredError();
        const requestId = await this.approvals.open(tx, {
          subjectKind: 'PAYOUT_BATCH_VOID',
          subjectId: batch.id,
          contentHash: voidHash(batch, reason.trim()),
          requestedBy: userId,
          requiredCount: 1,
        });
        assert(!refused(requestId), 'an exported batch waits for no approval');
        await this.batches.askToVoid(tx, batch.id, requestId, reason.trim());
      } else return new PayoutBatchStateError(batch.state);
      await this.record(tx, userId, 'payout_batch.void_requested', batch, { reason: reason.trim() });
      return this.locked(tx, batchId);
    });
  }

  /** Whoever made it thinks better of it, before anybody has decided. */
  withdraw(userId: IdOf<'usr'>, batchId: string): Promise<PayoutBatchRecord | PayoutBatchStateError> {
    return this.database.transaction(async (tx) => {
      const batch = await this.locked(tx, batchId);
      if (batch.createdBy !== userId) throw new NotFound('PayoutBatch', batchId);
      if (batch.state !== 'AWAITING_APPROVAL') return new PayoutBatchStateError(batch.state);
      const requestId = batch.approvalId as IdOf<'apr'>;
      await this.approvals.withdrawWith(tx, { requestId, userId }, 'PAYOUT_BATCH');
      await this.takeBack(tx, batch);
      return this.locked(tx, batchId);
    });
  }

  private async ofKey(
    tx: Tx,
    userId: IdOf<'usr'>,
    { method, encoding, idempotencyKey }: BatchWish,
  ): Promise<PayoutBatchId | PayoutKeyReusedError | null> {
    const before = await this.batches.byKey(tx, userId, idempotencyKey);
    if (!before) return null;
    return before.method === method && before.encoding === encoding ? before.id : new PayoutKeyReusedError();
  }

  private async drafted(
    tx: Tx,
    userId: IdOf<'usr'>,
    { method, encoding, idempotencyKey }: BatchWish,
    payouts: readonly PayoutRow[],
  ): Promise<PayoutBatchRecord> {
    const batchNo = await this.batches.nextNumber(tx);
    return {
      id: newId('pob'),
      batchNo,
      method,
      encoding,
      lineCount: payouts.length,
      totalFen: sumFen(payouts.map(({ amountFen }) => amountFen)),
      contentHash: contentHashOf(batchContent({ batchNo, method, encoding }, payouts)),
      state: 'AWAITING_APPROVAL',
      approvalId: '',
      createdBy: userId,
      createdAt: this.clock.now(),
      idempotencyKey,
      exportedBy: null,
      exportedAt: null,
      fileHash: null,
      fileCipher: null,
      keyId: null,
      voidReason: null,
    };
  }

  /** Approved: a file waits to be exported; transfers are on their way from now on. */
  private async let(tx: Tx, batch: PayoutBatchRecord): Promise<void> {
    if (batch.method === 'BANK') {
      await this.batches.setState(tx, batch.id, 'APPROVED');
      return;
    }
    const now = this.clock.now();
    await this.batches.setState(tx, batch.id, 'SENDING');
    await this.payouts.markSent(
      tx,
      batch.id,
      now,
      resolveBy(await this.calendars.workingCalendar(tx), now),
      now,
    );
  }

  private async turnDown(tx: Tx, batch: PayoutBatchRecord): Promise<void> {
    await this.batches.setState(tx, batch.id, 'REJECTED');
    await this.payouts.takeOutOfBatch(tx, batch.id);
  }

  /** The payouts keep their ids, so that a bank that has the first file after all can tell that it is the same money. */
  private async takeBack(tx: Tx, batch: PayoutBatchRecord): Promise<void> {
    await this.batches.setState(tx, batch.id, 'VOIDED');
    await this.payouts.takeOutOfBatch(tx, batch.id);
  }

  private keptFile(batch: PayoutBatchRecord): PayoutFile | null {
    const { fileCipher, keyId, fileHash } = batch;
    if (fileCipher === null || keyId === null) return null;
    const bytes = this.vault.open({ cipher: fileCipher, keyId }, batch.id);
    assert(sha256(bytes) === fileHash, 'the file is the one that was exported');
    return {
      batchNo: batch.batchNo,
      name: fileName(batch, present(batch.exportedAt, 'when it was exported')),
      bytes,
      hash: sha256(bytes),
    };
  }

  private async render(tx: Tx, batch: PayoutBatchRecord): Promise<PayoutFile | PayoutAccountChangedError> {
    const payouts = inLineOrder(await this.payouts.lockOfBatch(tx, batch.id));
    const accounts = new Map(
      (
        await this.accounts.lockByIds(
          tx,
          payouts.map(({ accountId }) => accountId),
        )
      ).map((account) => [account.id as string, account]),
    );
    const changed = payouts.filter(({ accountId }) => accounts.get(accountId)?.state !== 'VERIFIED');
    if (changed.length > 0) return new PayoutAccountChangedError(changed.map(({ id }) => id));
    const at = this.clock.now();
    const lines = payouts.map((payout) =>
      this.lineOf(payout, present(accounts.get(payout.accountId), 'the account')),
    );
    const bytes = this.bankFiles.render(
      { batchNo: batch.batchNo, day: businessDay(at), lines },
      batch.encoding,
    );
    return { batchNo: batch.batchNo, name: fileName(batch, at), bytes, hash: sha256(bytes) };
  }

  private lineOf({ id, lineNo, amountFen }: PayoutRow, account: PayeeAccountRecord): BankFileLine {
    const { accountName, bankName, bankCode, numberCipher, keyId } = account;
    const accountNumber = this.vault.open({ cipher: numberCipher, keyId }, account.id).toString();
    return { lineNo: lineNo ?? 0, payoutId: id, accountName, bankName, bankCode, accountNumber, amountFen };
  }

  private providerOf(method: PayoutMethod) {
    return method === 'BANK' ? this.bankFiles : this.transfers;
  }

  private async twoApproversAbove(tx: Tx): Promise<bigint> {
    return (await this.policies.on(businessDay(this.clock.now()), tx)).of('TWO_APPROVERS_ABOVE');
  }

  private async locked(tx: Tx, id: string): Promise<PayoutBatchRecord> {
    const batch = await this.batches.lock(tx, id);
    if (!batch) throw new NotFound('PayoutBatch', id);
    return batch;
  }

  private record(
    tx: Tx,
    actorId: string,
    act: string,
    { id, batchNo, lineCount, totalFen }: PayoutBatchRecord,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const detail = { batchNo, lineCount, totalFen: totalFen.toString(), ...more };
    return this.audit.record(tx, { actorId, act, subject: id, detail });
  }
}

function inLineOrder(payouts: readonly PayoutRow[]): PayoutRow[] {
  return payouts.toSorted((a, b) => (a.lineNo ?? 0) - (b.lineNo ?? 0));
}

function voidHash({ id, contentHash }: PayoutBatchRecord, reason: string | null): string {
  return contentHashOf(['VOID', id, contentHash, reason ?? '']);
}

function fileName({ batchNo }: PayoutBatchRecord, exportedAt: Date): string {
  return `payout-${businessDay(exportedAt)}-${String(batchNo).padStart(6, '0')}.csv`;
}
