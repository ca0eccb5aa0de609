import { DAY_MS, newId, refused } from '#libs/kernel';
import { LedgerAccountService } from '#libs/ledger';
import { type PayoutView, PayoutBatchReader, PayoutDeskService } from '#libs/settlement';
import { PayoutRooms, answer } from './payout-rooms.js';

let rooms: PayoutRooms;

beforeAll(async () => {
  rooms = await PayoutRooms.open();
});
beforeEach(() => rooms.clock.set('2026-11-03T08:00:00.000Z'));
afterEach(() => rooms.proveAndForget());
afterAll(() => rooms.close());

const RIPE = new Date('2026-11-02T02:00:00Z');

/** Payouts that wait for a batch. */
const planned = async (...payeeIds: readonly string[]): Promise<PayoutView[]> => {
  for (const [index, payeeId] of payeeIds.entries()) {
    await rooms.account(payeeId, `623000000000000000${index}`);
    await rooms.credit(payeeId, 20_000n + BigInt(index), RIPE);
  }
  await rooms.run();
  return Promise.all(payeeIds.map((payeeId) => rooms.payout(payeeId)));
};
const batchNoOf = async (batchId: string) =>
  (await rooms.rooms.get(PayoutBatchReader).byId(batchId))?.batchNo ?? 0;
const importing = (batchId: string, bytes: Buffer) => rooms.results.import(rooms.maker, batchId, bytes);
const statesOf = async (...payeeIds: readonly string[]) =>
  Promise.all(payeeIds.map(async (payeeId) => (await rooms.payout(payeeId)).state));

describe('a batch', () => {
  it('D19 is approved by somebody else, or not at all', async () => {
    await planned('mer_1');
    const batchId = await rooms.batch();

    expect(await rooms.batches.vote(rooms.maker, batchId, 'APPROVE', null)).toMatchObject({
      code: 'SELF_APPROVAL',
    });
    expect(await rooms.batches.export(rooms.maker, batchId)).toMatchObject({ code: 'PAYOUT_BATCH_STATE' });
    expect(await rooms.batchState(batchId)).toBe('AWAITING_APPROVAL');

    await rooms.approve(batchId);
    expect(await rooms.batchState(batchId)).toBe('APPROVED');
  });

  it('D19 above the limit is approved by two, who are two', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 10_000_001n, RIPE);
    await rooms.run();
    const batchId = await rooms.batch();

    await rooms.approve(batchId);
    expect(await rooms.batchState(batchId)).toBe('AWAITING_APPROVAL');
    expect(await rooms.batches.vote(rooms.checker, batchId, 'APPROVE', null)).toMatchObject({
      code: 'ALREADY_VOTED',
    });
    await rooms.approve(batchId, rooms.thirdPerson);
    expect(await rooms.batchState(batchId)).toBe('APPROVED');
  });

  it('that is turned down, or withdrawn, lets its payouts wait for another with a new number', async () => {
    const [payout] = await planned('mer_1');
    const first = await rooms.batch();
    await rooms.batches.vote(rooms.checker, first, 'REJECT', '金额待核对');
    expect(await rooms.batchState(first)).toBe('REJECTED');
    const second = await rooms.batch();
    await expect(rooms.batches.withdraw(rooms.checker, second)).rejects.toThrow('was not found');
    await rooms.batches.withdraw(rooms.maker, second);
    const third = await rooms.batch();

    expect(await Promise.all([first, second, third].map(batchNoOf))).toEqual([1, 2, 3]);
    expect(await rooms.payout('mer_1')).toMatchObject({ id: payout?.id, state: 'BATCHED', batchId: third });
  });

  it('is made once for one key, and takes each payout once however many make batches', async () => {
    await planned('mer_1', 'mer_2');
    const wish = { method: 'BANK', encoding: 'UTF_8', idempotencyKey: 'k' } as const;

    const made = await Promise.all([
      rooms.batches.create(rooms.maker, wish),
      rooms.batches.create(rooms.maker, wish),
      rooms.batches.create(rooms.checker, wish),
      rooms.batches.create(rooms.thirdPerson, wish),
    ]);

    expect(new Set(made.filter((each) => !refused(each))).size).toBe(1);
    expect(await rooms.batches.create(rooms.maker, { ...wish, encoding: 'GB18030' })).toMatchObject(
      refused(made[0]) ? { code: 'NOTHING_TO_PAY_OUT' } : { code: 'PAYOUT_KEY_REUSED' },
    );
    const rows = await rooms.rooms.database.query('SELECT batch_no FROM payout_batch');
    expect(rows).toHaveLength(1);
  });

  it('sends nothing to an account that was replaced or blocked meanwhile', async () => {
    await planned('mer_1', 'mer_2');
    const batchId = await rooms.batch();
    await rooms.approve(batchId);
    const payout = await rooms.payout('mer_1');
    await rooms.account('mer_1', '62309999999999');

    expect(await rooms.batches.export(rooms.maker, batchId)).toMatchObject({
      code: 'PAYOUT_ACCOUNT_CHANGED',
      payoutIds: [payout.id],
    });
    expect(await statesOf('mer_1', 'mer_2')).toEqual(['BATCHED', 'BATCHED']);

    const desk = rooms.rooms.get(PayoutDeskService);
    expect(await desk.freeStranded(10)).toBe(0);
    // Void it; the payout to the old account is set free by the clock, and the next run pays to the new one.
    await rooms.batches.void(rooms.maker, batchId, '收款账户变更');
    expect(await rooms.batchState(batchId)).toBe('VOIDED');
    const { file } = await rooms.exported();
    expect(file.bytes.toString()).not.toContain(payout.id);
    expect(await desk.freeStranded(10)).toBe(1);
    expect(await desk.freeStranded(10)).toBe(0);
    expect(await rooms.payout('mer_1')).toMatchObject({ state: 'CANCELLED', failureCode: 'account_changed' });
    expect(await rooms.freeOf('mer_1')).toBe(20_000n);
    rooms.clock.advance(DAY_MS);
    await rooms.run();
    const second = await rooms.exported();
    expect(second.file.bytes.toString()).toContain('62309999999999');
  });
});

it('a payout whose account is replaced or blocked before it is in a batch is set free, once', async () => {
  await planned('mer_1', 'mer_2', 'mer_3');
  await rooms.account('mer_1', '62309999999999');
  const blocked = (await rooms.payout('mer_2')).accountId;
  await rooms.accounts.block(rooms.checker, blocked, '账户异常');

  const desk = rooms.rooms.get(PayoutDeskService);
  const rounds = await Promise.all([desk.freeStranded(10), desk.freeStranded(10)]);

  expect(rounds.toSorted()).toEqual([0, 2]);
  expect(await statesOf('mer_1', 'mer_2', 'mer_3')).toEqual(['CANCELLED', 'CANCELLED', 'PLANNED']);
  expect([await rooms.freeOf('mer_1'), await rooms.freeOf('mer_2')]).toEqual([20_000n, 20_001n]);
  expect((await rooms.acts()).slice(-2)).toEqual(['payout.cancelled', 'payout.cancelled']);
});

describe('the file', () => {
  it('comes out the same to the byte each time it is asked for, and each time is in the audit log', async () => {
    await planned('mer_1', 'hhd_1');
    const { batchId, file } = await rooms.exported();
    await rooms.account('mer_1', '62301111111111'); // What changes later is not in it.
    rooms.clock.advance(DAY_MS);

    const again = await rooms.export(batchId);

    expect(again.bytes.equals(file.bytes)).toBe(true);
    expect(again).toMatchObject({ hash: file.hash, name: 'payout-2026-11-03-000001.csv' });
    expect((await rooms.acts()).filter((act) => act.startsWith('payout_batch.'))).toEqual(
      expect.arrayContaining(['payout_batch.created', 'payout_batch.exported', 'payout_batch.downloaded']),
    );
  });

  it('is exported once by however many at once', async () => {
    await planned('mer_1');
    const batchId = await rooms.batch();
    await rooms.approve(batchId);

    const files = await Promise.all(Array.from({ length: 4 }, () => rooms.export(batchId)));

    expect(new Set(files.map(({ hash }) => hash)).size).toBe(1);
    expect((await rooms.acts()).filter((act) => act === 'payout_batch.exported').length).toBeGreaterThan(0);
  });

  it('lies sealed in the database, and so do the numbers of accounts', async () => {
    await planned('mer_1');
    const { file } = await rooms.exported();
    const [batch] = await rooms.rooms.database.query<{ cipher: Buffer }>(
      'SELECT file_cipher AS cipher FROM payout_batch',
    );
    const [account] = await rooms.rooms.database.query<{ cipher: Buffer }>(
      'SELECT number_cipher AS cipher FROM payee_account',
    );

    expect(file.bytes.includes('6230000000000000000')).toBe(true);
    expect(batch?.cipher.includes('6230000000000000000')).toBe(false);
    expect(account?.cipher.includes('6230000000000000000')).toBe(false);
    const notes = await rooms.rooms.database.query<{ detail: string }>('SELECT detail FROM audit_entry');
    expect(JSON.stringify(notes)).not.toContain('6230000000000000000');
  });

  it('is void only if another agrees, and its payouts keep their ids, so that the bank can tell', async () => {
    const [payout] = await planned('mer_1');
    const { batchId } = await rooms.exported();

    await rooms.batches.void(rooms.maker, batchId, '文件编码错误，未上传');
    expect(await rooms.batchState(batchId)).toBe('VOID_REQUESTED');
    expect(
      await importing(batchId, answer(1, [{ payout: payout as PayoutView, result: 'PAID' }])),
    ).toMatchObject({
      code: 'PAYOUT_BATCH_STATE',
    });
    expect(await rooms.batches.vote(rooms.maker, batchId, 'APPROVE', null)).toMatchObject({
      code: 'SELF_APPROVAL',
    });
    expect(await rooms.payout('mer_1')).toMatchObject({ state: 'SENT' });
    await rooms.approve(batchId);

    expect(await rooms.batchState(batchId)).toBe('VOIDED');
    expect(await rooms.batches.export(rooms.maker, batchId)).toMatchObject({ code: 'PAYOUT_BATCH_STATE' });
    const second = await rooms.exported();
    expect(await batchNoOf(second.batchId)).toBe(2);
    expect(second.file.bytes.toString()).toContain(payout?.id);
  });

  it('is not void when the other does not agree, nor once the bank has answered', async () => {
    const [one] = await planned('mer_1', 'mer_2');
    const { batchId } = await rooms.exported();
    await rooms.batches.void(rooms.maker, batchId, '误操作');
    await rooms.batches.vote(rooms.checker, batchId, 'REJECT', '银行已受理');
    expect(await rooms.batchState(batchId)).toBe('EXPORTED');

    await importing(batchId, answer(1, [{ payout: one as PayoutView, result: 'PAID' }]));

    expect(await rooms.batches.void(rooms.maker, batchId, '误操作')).toMatchObject({
      code: 'PAYOUT_BATCH_ANSWERED',
    });
  });
});

describe('the answer of the bank', () => {
  it('posts what has arrived, and gives back what has not', async () => {
    const [paid, rejected] = (await planned('mer_1', 'hhd_1')) as [PayoutView, PayoutView];
    const { batchId } = await rooms.exported();

    const done = await importing(
      batchId,
      answer(1, [
        { payout: paid, result: 'PAID', ref: 'B2026-1' },
        { payout: rejected, result: 'REJECTED', code: 'AC04' },
      ]),
    );

    expect(done).toMatchObject({ outcome: 'APPLIED', lineCount: 2, paidFen: 20_000n, unpaidFen: 20_001n });
    expect(await rooms.payout('mer_1')).toMatchObject({
      state: 'PAID',
      providerRef: 'B2026-1',
      settledAt: rooms.clock.now(),
    });
    expect(await rooms.payout('hhd_1')).toMatchObject({ state: 'REJECTED', failureCode: 'AC04' });
    expect(await rooms.availableOf('mer_1')).toBe(0n);
    expect(await rooms.freeOf('hhd_1')).toBe(20_001n);
    expect(await rooms.balanceOf('asset:bank:main')).toBe(-20_000n);
    expect(await rooms.batchState(batchId)).toBe('CLOSED');
  });

  it('D13 that rejects restores what was available, and the next try is a new payout', async () => {
    const [payout] = (await planned('mer_1')) as [PayoutView];
    const { batchId } = await rooms.exported();
    await importing(batchId, answer(1, [{ payout, result: 'REJECTED', code: 'AC04' }]));
    expect(await rooms.freeOf('mer_1')).toBe(20_000n);

    rooms.clock.advance(DAY_MS);
    await rooms.run();

    const [second, first] = await rooms.payoutsOf('mer_1');
    expect(first).toMatchObject({ id: payout.id, state: 'REJECTED' });
    expect(second).toMatchObject({ state: 'PLANNED', amountFen: 20_000n });
    expect(second?.id).not.toBe(payout.id);
  });

  it('D15 imported twice, also at once, is imported once', async () => {
    const [payout] = (await planned('mer_1')) as [PayoutView];
    const { batchId } = await rooms.exported();
    const bytes = answer(1, [{ payout, result: 'PAID' }]);

    const [one, two] = await Promise.all([importing(batchId, bytes), importing(batchId, bytes)]);
    const three = await importing(batchId, bytes);

    expect(one).toMatchObject({ outcome: 'APPLIED' });
    expect([two, three]).toMatchObject([
      { id: (one as { id: string }).id },
      { id: (one as { id: string }).id },
    ]);
    expect(await rooms.balanceOf('asset:bank:main')).toBe(-20_000n);
  });

  it.each([
    ['an amount', (text: string) => text.replace(/D,1,([^,]+),200\.00/, 'D,1,$1,199.00'), 'CONTROL_TOTALS'],
    ['an amount and the totals', (text: string) => text.replaceAll('200.00', '199.00'), 'AMOUNT_DIFFERS'],
    ['a result', (text: string) => text.replace('PAID', 'REJECTED'), 'CONTROL_TOTALS'],
    [
      'the payout',
      (text: string) => text.replace(/pyo_\w+/, 'pyo_01ARZ3NDEKTSV4RRFFQ69G5FAV'),
      'UNKNOWN_LINE',
    ],
    ['the batch', (text: string) => text.replace('RESULT,1,1,', 'RESULT,1,2,'), 'WRONG_BATCH'],
  ])('D15 with %s altered is a break, and nothing is posted', async (_, alter, breakCode) => {
    const [payout] = (await planned('mer_1')) as [PayoutView];
    const { batchId } = await rooms.exported();
    const bytes = Buffer.from(alter(answer(1, [{ payout, result: 'PAID' }]).toString()));

    const broken = await importing(batchId, bytes);
    expect(await importing(batchId, bytes)).toMatchObject({ id: (broken as { id: string }).id });

    expect(broken).toMatchObject({ outcome: 'BROKEN', breakCode, lineCount: 0 });
    expect(await rooms.payout('mer_1')).toMatchObject({ state: 'SENT' });
    expect(await rooms.balanceOf('asset:bank:main')).toBe(0n);
    expect(await rooms.rooms.get(PayoutBatchReader).imports(batchId)).toHaveLength(1);
    // The right file still can be imported.
    expect(await importing(batchId, answer(1, [{ payout, result: 'PAID' }]))).toMatchObject({
      outcome: 'APPLIED',
    });
  });

  it('that takes back its word is a break: what was paid is not rejected later', async () => {
    const [payout] = (await planned('mer_1')) as [PayoutView];
    const { batchId } = await rooms.exported();
    await importing(batchId, answer(1, [{ payout, result: 'PAID' }]));

    expect(await importing(batchId, answer(1, [{ payout, result: 'REJECTED' }]))).toMatchObject({
      breakCode: 'CONTRADICTION',
    });
    expect(await rooms.payout('mer_1')).toMatchObject({ state: 'PAID' });
  });

  it('may come in pieces, and the second may say the first again', async () => {
    const [one, two] = (await planned('mer_1', 'mer_2')) as [PayoutView, PayoutView];
    const { batchId } = await rooms.exported();

    await importing(batchId, answer(1, [{ payout: one, result: 'PAID' }]));
    expect(await rooms.batchState(batchId)).toBe('EXPORTED');
    await importing(
      batchId,
      answer(1, [
        { payout: one, result: 'PAID' },
        { payout: two, result: 'PAID' },
      ]),
    );

    expect(await rooms.batchState(batchId)).toBe('CLOSED');
    expect(await rooms.balanceOf('asset:bank:main')).toBe(-40_001n);
  });

  it('D13 that returns what was paid brings it back once, to be paid by another payout that tells of the first', async () => {
    const [payout] = (await planned('mer_1')) as [PayoutView];
    const { batchId } = await rooms.exported();
    await importing(batchId, answer(1, [{ payout, result: 'PAID' }]));
    rooms.clock.advance(DAY_MS);

    await importing(batchId, answer(1, [{ payout, result: 'RETURNED', code: 'RC01' }]));
    await importing(batchId, answer(1, [{ payout, result: 'RETURNED', code: 'RC02' }]));

    expect(await rooms.payout('mer_1')).toMatchObject({
      state: 'RETURNED',
      returnedAt: rooms.clock.now(),
      failureCode: 'RC01',
    });
    expect(await rooms.availableOf('mer_1')).toBe(20_000n);
    expect(await rooms.balanceOf('asset:bank:main')).toBe(0n);

    rooms.clock.advance(2 * DAY_MS);
    await rooms.run();
    const again = await rooms.payout('mer_1');
    const { nodes } = await rooms.reader.items(again.id, { first: 10, after: null });
    expect(nodes).toMatchObject([{ kind: 'payout_returned', subject: payout.id, amountFen: 20_000n }]);
  });

  it('D15 of a return that came before the payment is believed once the payment is known', async () => {
    const [payout] = (await planned('mer_1')) as [PayoutView];
    const { batchId } = await rooms.exported();
    const returned = answer(1, [{ payout, result: 'RETURNED', code: 'RC01' }]);

    const early = await importing(batchId, returned);
    expect(early).toMatchObject({ outcome: 'BROKEN', breakCode: 'CONTRADICTION' });
    expect(await importing(batchId, returned)).toEqual(early);
    await importing(batchId, answer(1, [{ payout, result: 'PAID' }]));

    expect(await importing(batchId, returned)).toMatchObject({
      id: (early as { id: string }).id,
      outcome: 'APPLIED',
      breakCode: null,
      unpaidFen: 20_000n,
    });
    expect(await rooms.payout('mer_1')).toMatchObject({ state: 'RETURNED' });
    expect(await rooms.availableOf('mer_1')).toBe(20_000n);
    expect(await rooms.rooms.get(PayoutBatchReader).imports(batchId)).toHaveLength(2);
    expect((await rooms.acts()).slice(-3)).toEqual([
      'payout_result.broken',
      'payout_result.applied',
      'payout_result.applied',
    ]);
  });

  it('D13 that returns money to a payee who is frozen meanwhile is believed whole', async () => {
    const [one, two] = (await planned('mer_1', 'mer_2')) as [PayoutView, PayoutView];
    const { batchId } = await rooms.exported();
    await importing(batchId, answer(1, [{ payout: one, result: 'PAID' }]));
    const code = 'liability:available:mer_1';
    await rooms.rooms.database.transaction((tx) =>
      rooms.rooms.get(LedgerAccountService).setState(tx, code, 'FROZEN'),
    );

    const lines = [
      { payout: one, result: 'RETURNED' },
      { payout: two, result: 'PAID' },
    ] as const;
    expect(await importing(batchId, answer(1, lines))).toMatchObject({ outcome: 'APPLIED' });

    expect(await statesOf('mer_1', 'mer_2')).toEqual(['RETURNED', 'PAID']);
    expect([await rooms.availableOf('mer_1'), await rooms.freeOf('mer_1')]).toEqual([20_000n, 0n]);
    await rooms.rooms.database.transaction((tx) =>
      rooms.rooms.get(LedgerAccountService).setState(tx, code, 'OPEN'),
    );
  });

  it('is not taken for a batch that has not been exported', async () => {
    await planned('mer_1');
    const batchId = await rooms.batch();

    expect(await importing(batchId, Buffer.from('x'))).toMatchObject({
      code: 'PAYOUT_BATCH_STATE',
      batchState: 'AWAITING_APPROVAL',
    });
    await expect(importing(newId('pob'), Buffer.from('x'))).rejects.toThrow('was not found');
  });
});
