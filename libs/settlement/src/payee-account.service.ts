import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, lastFourOf, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Vault } from '#platform/vault';
import type { AccountProof, PayeeAccountRecord } from './payee-account.entity.js';
import {
  PayeeAccountStateError,
  PayoutKeyReusedError,
  SelfVerificationError,
} from './payee-account.errors.js';
import { PayeeAccountRepository } from './payee-account.repository.js';
import {
  type AccountDetails,
  type Payee,
  plainDetails,
  refuseDetails,
  refuseNote,
} from './payee-account.rules.js';

export interface AccountProposal extends AccountDetails {
  readonly idempotencyKey: string;
}

/** Where money goes is proposed by one and verified by another; every step is in the audit log, the number nowhere. */
@Injectable()
export class PayeeAccountService {
  constructor(
    private readonly database: Database,
    private readonly accounts: PayeeAccountRepository,
    private readonly vault: Vault,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Takes the place of the payee's account at once, so that nothing more goes to the old one; paid is when it is verified. */
  async propose(
    userId: IdOf<'usr'>,
    payee: Payee,
    { idempotencyKey, ...given }: AccountProposal,
  ): Promise<PayeeAccountRecord | InvalidInputError | PayoutKeyReusedError> {
    const details = plainDetails(given);
    const refusal = refuseDetails(details, idempotencyKey);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const before = await this.accounts.byKey(tx, userId, idempotencyKey);
      if (before) return this.says(before, payee, details) ? before : new PayoutKeyReusedError();

      const account = this.accountOf(userId, payee, details, idempotencyKey);
      await this.accounts.replace(tx, account);
      await this.noteProposed(tx, userId, account);
      return account;
    });
  }

  /** Joins: what was said, and looked at, before there was a payee. Nothing where they have an account by now: whoever said that knew better. */
  async proposeFirst(
    tx: Tx,
    userId: IdOf<'usr'>,
    payee: Payee,
    { idempotencyKey, ...details }: AccountProposal,
  ): Promise<void> {
    const account = this.accountOf(userId, payee, details, idempotencyKey);
    if (await this.accounts.insertFirst(tx, account)) await this.noteProposed(tx, userId, account);
  }

  async verify(
    userId: IdOf<'usr'>,
    accountId: string,
    how: AccountProof,
    evidence: string,
  ): Promise<PayeeAccountRecord | InvalidInputError | SelfVerificationError | PayeeAccountStateError> {
    const refusal = refuseNote('evidence', evidence);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      if (!account) throw new NotFound('PayeeAccount', accountId);
      if (account.proposedBy === userId) return new SelfVerificationError();
      if (account.state !== 'UNVERIFIED') return new PayeeAccountStateError(account.state);
      const proof = { by: userId, how, evidence: evidence.trim(), at: this.clock.now() };
      await this.accounts.verify(tx, account.id, proof);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'payee_account.verified',
        subject: account.payeeId,
        detail: { accountId, how, evidence: proof.evidence },
      });
      return {
        ...account,
        state: 'VERIFIED',
        verifiedBy: userId,
        verifiedHow: how,
        verifiedAt: proof.at,
        evidence: proof.evidence,
      };
    });
  }

  /** Nothing goes there any more, from the next file on. */
  async block(
    userId: IdOf<'usr'>,
    accountId: string,
    reason: string,
  ): Promise<PayeeAccountRecord | InvalidInputError | PayeeAccountStateError> {
    const refusal = refuseNote('reason', reason);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      if (!account) throw new NotFound('PayeeAccount', accountId);
      if (account.state !== 'UNVERIFIED' && account.state !== 'VERIFIED')
        return new PayeeAccountStateError(account.state);
      await this.accounts.block(tx, account.id, reason.trim());
      await this.audit.record(tx, {
        actorId: userId,
        act: 'payee_account.blocked',
        subject: account.payeeId,
        detail: { accountId, reason: reason.trim() },
      });
      return { ...account, state: 'BLOCKED', blockReason: reason.trim() };
    });
  }

  private async noteProposed(tx: Tx, userId: IdOf<'usr'>, account: PayeeAccountRecord): Promise<void> {
    await this.audit.record(tx, {
      actorId: userId,
      act: 'payee_account.proposed',
      subject: account.payeeId,
      detail: { accountId: account.id, method: account.method, lastFour: account.lastFour },
    });
  }

  private accountOf(
    userId: IdOf<'usr'>,
    payee: Payee,
    { accountNumber, ...details }: AccountDetails,
    idempotencyKey: string,
  ): PayeeAccountRecord {
    const id = newId('pba');
    const { cipher, keyId } = this.vault.seal(accountNumber, id);
    return {
      id,
      payeeKind: payee.kind,
      payeeId: payee.id,
      currentOf: payee.id,
      ...details,
      numberCipher: cipher,
      keyId,
      lastFour: lastFourOf(accountNumber),
      state: 'UNVERIFIED',
      proposedBy: userId,
      proposedAt: this.clock.now(),
      idempotencyKey,
      verifiedBy: null,
      verifiedAt: null,
      verifiedHow: null,
      evidence: null,
      blockReason: null,
    };
  }

  /** Compared by opening the seal: a hash of a bank number would give the number away. */
  private says(account: PayeeAccountRecord, payee: Payee, details: AccountDetails): boolean {
    const number = this.vault
      .open({ keyId: account.keyId, cipher: account.numberCipher }, account.id)
      .toString();
    return (
      account.payeeId === payee.id &&
      account.method === details.method &&
      account.accountName === details.accountName &&
      account.bankName === details.bankName &&
      account.bankCode === details.bankCode &&
      number === details.accountNumber
    );
  }
}
