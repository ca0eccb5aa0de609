import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import { type PersonalRecord, PersonalSource, fieldsOf } from '#platform/personal';
import { Vault } from '#platform/vault';

interface Row {
  readonly id: string;
  readonly accountName: string;
  readonly bankName: string;
  readonly numberCipher: Buffer;
  readonly keyId: string;
}

/** Where a payee's money goes, in plain: the platform's, so that no role within a division reaches it. */
@Injectable()
export class PayeeAccountHolderReader extends PersonalSource {
  readonly kind = 'PAYEE_ACCOUNT';

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {
    super();
  }

  async reveal(id: string, scope: readonly string[] | 'ALL'): Promise<PersonalRecord | null> {
    const [row] = await this.database.query<Row>(
      `SELECT id, account_name AS accountName, bank_name AS bankName, number_cipher AS numberCipher, key_id AS keyId
       FROM payee_account WHERE id = ? AND ${scope === 'ALL' ? 'TRUE' : 'FALSE'}`,
      [id],
    );
    if (!row) return null;
    const { accountName, bankName, numberCipher, keyId } = row;
    const accountNumber = this.vault.open({ cipher: numberCipher, keyId }, row.id).toString();
    return { divisionCode: null, fields: fieldsOf({ accountName, bankName, accountNumber }) };
  }
}
