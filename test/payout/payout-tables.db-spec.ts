import { type TestDatabase, createTestDatabase } from '../harness/database.js';

describe('the tables of payouts', () => {
  let test: TestDatabase;
  const at = new Date('2026-11-03T08:00:00Z');
  const account = {
    id: 'pba_1',
    payeeKind: 'MERCHANT',
    payeeId: 'mer_1',
    currentOf: 'mer_1',
    method: 'BANK',
    accountName: '合作社',
    bankName: '演示银行',
    numberCipher: Buffer.alloc(40),
    keyId: 'k1',
    lastFour: '0001',
    state: 'UNVERIFIED',
    proposedBy: 'usr_1',
    proposedAt: at,
    idempotencyKey: 'k1',
    verifiedBy: null as string | null,
    verifiedAt: null as Date | null,
    verifiedHow: null as string | null,
  };
  const run = {
    id: 'prn_1',
    day: '2026-11-03',
    origin: 'HAND',
    coversBefore: at,
    state: 'PLANNING',
    startedAt: at,
  };
  const payout = {
    id: 'pyo_1',
    runId: 'prn_1',
    payeeKind: 'MERCHANT',
    payeeId: 'mer_1',
    accountId: 'pba_1',
    method: 'BANK',
    amountFen: 1,
    state: 'PLANNED',
    batchId: null as string | null,
    lineNo: null as number | null,
    plannedAt: at,
  };
  const item = {
    payoutId: 'pyo_1',
    journalId: 'jrn_1',
    lineNo: 1,
    side: 'credit',
    payeeId: 'mer_1',
    covers: 'jrn_1:1:credit',
    kind: 'release',
    subject: 'ord_1',
    amountFen: 1,
    effectiveAt: at,
  };
  const skip = {
    runId: 'prn_1',
    payeeId: 'mer_1',
    payeeKind: 'MERCHANT',
    reason: 'NO_ACCOUNT',
    amountFen: 1,
  };
  const batch = {
    id: 'pob_1',
    batchNo: 1,
    method: 'BANK',
    encoding: 'UTF_8',
    lineCount: 1,
    totalFen: 1,
    contentHash: '0'.repeat(64),
    state: 'AWAITING_APPROVAL',
    approvalId: 'apr_1',
    createdBy: 'usr_1',
    createdAt: at,
    idempotencyKey: 'k1',
  };
  const answer = {
    id: 'poi_1',
    batchId: 'pob_1',
    fileHash: '0'.repeat(64),
    outcome: 'APPLIED',
    breakCode: null as string | null,
    lineCount: 1,
    paidFen: 1,
    unpaidFen: 0,
    importedBy: 'usr_1',
    importedAt: at,
  };
  const verified = {
    ...account,
    state: 'VERIFIED',
    verifiedBy: 'usr_2',
    verifiedAt: at,
    verifiedHow: 'DOCUMENTS',
  };

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.transaction(async (tx) => {
      await tx.insert('payee_account', [
        { ...verified, id: 'pba_good', currentOf: 'mer_good', idempotencyKey: 'good' },
      ]);
      await tx.insert('payout_run', [{ ...run, id: 'prn_good', day: '2026-11-02' }]);
      await tx.insert('payout', [{ ...payout, id: 'pyo_good', runId: 'prn_good' }]);
      await tx.insert('payout_item', [{ ...item, payoutId: 'pyo_good', covers: 'covered' }]);
      await tx.insert('payout_skip', [{ ...skip, runId: 'prn_good' }]);
      await tx.insert('payout_batch', [{ ...batch, id: 'pob_good', batchNo: 9, idempotencyKey: 'good' }]);
      await tx.insert('payout_import', [{ ...answer, id: 'poi_good', batchId: 'pob_good' }]);
    });
  });
  afterAll(() => test.drop());

  it('hold what the handbook says of minimums from the start', async () => {
    expect(
      await test.database.query('SELECT name, amount_fen AS fen FROM payout_policy ORDER BY name'),
    ).toEqual([
      { name: 'MINIMUM_FUND', fen: '0' },
      { name: 'MINIMUM_HOUSEHOLD', fen: '1000' },
      { name: 'MINIMUM_MERCHANT', fen: '10000' },
      { name: 'MINIMUM_OPERATOR', fen: '10000' },
      { name: 'TWO_APPROVERS_ABOVE', fen: '10000000' },
    ]);
  });

  it.each([
    ['calendar_day_kind_known', 'calendar_day', { day: '2026-11-03', kind: 'HALF', name: 'x' }],
    ['payee_account_kind_known', 'payee_account', { ...account, payeeKind: 'PLATFORM' }],
    ['payee_account_method_known', 'payee_account', { ...account, method: 'CASH' }],
    ['payee_account_state_known', 'payee_account', { ...account, state: 'GOOD' }],
    ['payee_account_replaced_or_current', 'payee_account', { ...account, state: 'REPLACED' }],
    ['payee_account_replaced_or_current', 'payee_account', { ...account, currentOf: null }],
    ['payee_account_verified_by_another', 'payee_account', { ...verified, verifiedBy: 'usr_1' }],
    ['payee_account_verified_by_another', 'payee_account', { ...verified, verifiedHow: null }],
    ['payee_account_proof_known', 'payee_account', { ...verified, verifiedHow: 'HEARSAY' }],
    ['payee_account_current_once', 'payee_account', { ...account, currentOf: 'mer_good' }],
    ['payee_account_idempotency', 'payee_account', { ...account, idempotencyKey: 'good' }],
    ['payout_policy_name_known', 'payout_policy', { name: 'MAXIMUM', amountFen: 1 }],
    ['payout_policy_not_negative', 'payout_policy', { name: 'MINIMUM_FUND', amountFen: -1 }],
    ['payout_run_once_a_day', 'payout_run', { ...run, day: '2026-11-02' }],
    ['payout_run_origin_known', 'payout_run', { ...run, origin: 'DICE' }],
    ['payout_run_state_known', 'payout_run', { ...run, state: 'DONE' }],
    ['payout_run_sums_not_negative', 'payout_run', { ...run, totalFen: -1 }],
    ['payout_once_a_run', 'payout', { ...payout, runId: 'prn_good' }],
    ['payout_kind_known', 'payout', { ...payout, payeeKind: 'PLATFORM' }],
    ['payout_method_known', 'payout', { ...payout, method: 'CASH' }],
    ['payout_state_known', 'payout', { ...payout, state: 'LOST' }],
    ['payout_amount_positive', 'payout', { ...payout, amountFen: 0 }],
    ['payout_batched_or_not', 'payout', { ...payout, batchId: 'pob_1' }],
    ['payout_item_covered_once', 'payout_item', { ...item, covers: 'covered' }],
    ['payout_item_side_known', 'payout_item', { ...item, side: 'left' }],
    ['payout_item_signed', 'payout_item', { ...item, amountFen: -1 }],
    ['payout_item_signed', 'payout_item', { ...item, side: 'debit' }],
    ['payout_skip_kind_known', 'payout_skip', { ...skip, payeeKind: 'PLATFORM' }],
    ['payout_skip_reason_known', 'payout_skip', { ...skip, reason: 'MOOD' }],
    ['payout_batch_number', 'payout_batch', { ...batch, batchNo: 9 }],
    ['payout_batch_idempotency', 'payout_batch', { ...batch, idempotencyKey: 'good' }],
    ['payout_batch_method_known', 'payout_batch', { ...batch, method: 'CASH' }],
    ['payout_batch_encoding_known', 'payout_batch', { ...batch, encoding: 'EBCDIC' }],
    ['payout_batch_state_known', 'payout_batch', { ...batch, state: 'GONE' }],
    ['payout_batch_not_empty', 'payout_batch', { ...batch, lineCount: 0 }],
    ['payout_import_once', 'payout_import', { ...answer, batchId: 'pob_good' }],
    ['payout_import_outcome_known', 'payout_import', { ...answer, outcome: 'HALF' }],
    ['payout_import_break_known', 'payout_import', { ...answer, outcome: 'BROKEN', breakCode: 'ODD' }],
    ['payout_import_broken_or_not', 'payout_import', { ...answer, outcome: 'BROKEN' }],
    ['payout_import_broken_or_not', 'payout_import', { ...answer, breakCode: 'UNREADABLE' }],
  ])('keep %s', async (constraint, table, row) => {
    const inserting = test.database.transaction((tx) => tx.insert(table, [row]));

    await expect(inserting).rejects.toThrow(constraint);
  });
});
