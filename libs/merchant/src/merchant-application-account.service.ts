import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  type BankDetails,
  Clock,
  type IdOf,
  InvalidInputError,
  NotFound,
  bankDetailFaults,
  lastFourOf,
  plainBankDetails,
  present,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Vault } from '#platform/vault';
import type { MerchantApplicationAccount } from './merchant-application-account.entity.js';
import { MerchantApplicationAccountRepository } from './merchant-application-account.repository.js';
import type { MerchantApplicationId } from './merchant-application.entity.js';
import {
  MerchantApplicationChangedError,
  MerchantApplicationStateError,
} from './merchant-application.errors.js';
import { MerchantApplicationRepository } from './merchant-application.repository.js';
import { EDITABLE } from './merchant-application.rules.js';
import type { MerchantId } from './merchant.entity.js';

export interface ApplicationAccountSaying {
  readonly applicationId: string;
  /** What its author has seen of the application. */
  readonly revision: number;
  /** Null to leave it for later. */
  readonly account: BankDetails | null;
}

/** What an approved applicant has said, for whoever keeps the accounts of payees. */
interface SaidAccount {
  readonly merchantId: MerchantId;
  readonly saidBy: IdOf<'usr'>;
  readonly details: BankDetails;
}

type Outcome =
  | MerchantApplicationId
  | InvalidInputError
  | MerchantApplicationStateError
  | MerchantApplicationChangedError;

/** The account in an application: by itself and not with the typing, so that its number is sealed at once and lies on no phone. */
@Injectable()
export class MerchantApplicationAccountService {
  constructor(
    private readonly database: Database,
    private readonly applications: MerchantApplicationRepository,
    private readonly accounts: MerchantApplicationAccountRepository,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Makes another revision, so that no reviewer decides about an account they have not seen. The same again changes nothing. */
  async say(
    { applicationId, revision, account }: ApplicationAccountSaying,
    userId: IdOf<'usr'>,
  ): Promise<Outcome> {
    const details = account && plainBankDetails(account);
    const faults = details ? bankDetailFaults(details) : [];
    if (faults.length > 0)
      return new InvalidInputError(faults.map(({ path, message }) => ({ path: `account.${path}`, message })));
    return this.database.transaction(async (tx) => {
      const application = await this.applications.lockOwn(tx, applicationId, userId);
      if (!application) throw new NotFound('MerchantApplication', applicationId);
      const { id, state } = application;
      if (!EDITABLE.includes(state)) return new MerchantApplicationStateError(state);
      const before = await this.accounts.of(tx, id);
      // Also where its answer was lost, and so it comes again.
      const isSaid = isDeepStrictEqual(before && this.open(before), details);
      if (isSaid && [revision, revision + 1].includes(application.revision)) return id;
      if (application.revision !== revision) return new MerchantApplicationChangedError(application.revision);
      const saidAt = this.clock.now();
      if (details) await this.accounts.put(tx, this.seal(id, details, saidAt));
      else await this.accounts.remove(tx, [id]);
      await this.applications.update(tx, id, { revision: revision + 1, updatedAt: saidAt });
      return id;
    });
  }

  /** Joins: what was said in an application that was approved, once; null where nothing was, or it was taken before. */
  async take(tx: Tx, applicationId: MerchantApplicationId, userId: string): Promise<SaidAccount | null> {
    const application = await this.applications.lockOwn(tx, applicationId, userId);
    if (!application?.merchantId) return null;
    const account = await this.accounts.of(tx, application.id);
    const details = account && this.open(account);
    if (!details) return null;
    await this.accounts.forgetNumber(tx, application.id);
    return { merchantId: application.merchantId, saidBy: application.createdBy, details };
  }

  private seal(
    applicationId: MerchantApplicationId,
    { accountNumber, ...details }: BankDetails,
    saidAt: Date,
  ): MerchantApplicationAccount {
    const { cipher, keyId } = this.vault.seal(accountNumber, applicationId);
    return {
      applicationId,
      ...details,
      numberCipher: cipher,
      keyId,
      lastFour: lastFourOf(accountNumber),
      saidAt,
    };
  }

  /** Null once its number is gone. */
  private open({
    applicationId,
    accountName,
    bankName,
    bankCode,
    numberCipher,
    keyId,
  }: MerchantApplicationAccount): BankDetails | null {
    if (!numberCipher) return null;
    const sealed = { cipher: numberCipher, keyId: present(keyId, 'a key beside a cipher') };
    const accountNumber = this.vault.open(sealed, applicationId).toString();
    return { accountName, bankName, bankCode, accountNumber };
  }
}
