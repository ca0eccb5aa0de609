import { parseCsv } from '../data/csv.js';
import { type FileLoad, upsert } from './table-load.js';

/** Accounts of the demonstration, sealed like anybody's; one that a payee has changed since stays changed. */
export const payeeAccounts: FileLoad = {
  file: 'payee-accounts.csv',
  load: async (tx, text, { dates, vault }) => {
    const rows = parseCsv(text).map(({ accountNumber = '', id = '', payeeId = '', ...row }) => {
      const { cipher, keyId } = vault.seal(accountNumber, id);
      return {
        id,
        ...row,
        payeeId,
        currentOf: payeeId,
        method: 'BANK',
        bankCode: null,
        numberCipher: cipher,
        keyId,
        lastFour: accountNumber.slice(-4),
        state: 'VERIFIED',
        proposedAt: dates.now,
        idempotencyKey: `seed:${payeeId}`,
        verifiedAt: dates.now,
        verifiedHow: 'DOCUMENTS',
        evidence: '演示数据',
      };
    });
    await upsert(tx, 'payee_account', rows);
    return rows.length;
  },
};
