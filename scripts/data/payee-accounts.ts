import type { ChannelPointRow, HouseholdRow, MerchantRow, PayeeAccountRow } from './files.js';
import { isHost } from './merchants.js';
import { PHONES } from './phones.js';
import { seededId } from './seeded-id.js';
import type { County } from './shared.js';

/** Every so many households and counters have told where their money goes; the others are paid once they have. */
const HOUSEHOLDS_PER_ACCOUNT = 10;
const COUNTERS_PER_ACCOUNT = 10;

/** No bank issues numbers that begin so. */
const FICTIONAL_BIN = '990000';

/** Accounts that nobody has: banks and numbers say so themselves. Proposed by one of finance, verified by the other. */
export function generatePayeeAccounts(
  counties: readonly County[],
  merchants: readonly MerchantRow[],
  households: readonly HouseholdRow[],
  points: readonly ChannelPointRow[],
): PayeeAccountRow[] {
  const counters = points.filter(({ kind }) => kind === 'COUNTER');
  const payees = [
    ...merchants.filter((merchant) => !isHost(merchant)).map(ofMerchant),
    ...households
      .filter((_, index) => index % HOUSEHOLDS_PER_ACCOUNT === 0)
      .map(
        ({ id, headName }) =>
          ({ payeeKind: 'HOUSEHOLD', payeeId: id, accountName: headName.replaceAll('*', '某') }) as const,
      ),
    ...counters
      .filter((_, index) => index % COUNTERS_PER_ACCOUNT === 0)
      .map(({ id, name }) => ({ payeeKind: 'OPERATOR', payeeId: id, accountName: `${name}运营人` }) as const),
    ...counties.map(
      ({ code, name }) =>
        ({ payeeKind: 'FUND', payeeId: code, accountName: `${name}帮扶基金（演示）` }) as const,
    ),
    // Last, so that the numbers of all others stay what they are.
    ...merchants.filter(isHost).map(ofMerchant),
  ];
  return payees.map((payee, index) => ({
    id: seededId('pba', payee.payeeId),
    ...payee,
    bankName: '演示银行株洲支行',
    accountNumber: `${FICTIONAL_BIN}${String(index + 1).padStart(10, '0')}`,
    proposedBy: seededId('usr', PHONES.finance),
    verifiedBy: seededId('usr', PHONES.checker),
  }));
}

function ofMerchant({ id, name }: MerchantRow) {
  return { payeeKind: 'MERCHANT', payeeId: id, accountName: name } as const;
}
