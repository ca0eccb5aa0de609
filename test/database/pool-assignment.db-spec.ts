import { DomainError, type IdOf, newId } from '#libs/kernel';
import { PoolAssignmentService, PoolReader, type PoolWish, SplitReader } from '#libs/settlement';
import { SettlementRooms, claim, goods } from './settlement-rooms.js';

const PAGE = { first: 100, after: null };

describe('a pool without households', () => {
  let house: SettlementRooms;
  const [maker, checker] = [newId('usr'), newId('usr')];

  beforeAll(async () => {
    house = await SettlementRooms.open();
  });
  afterEach(() => house.proveAndForget());
  afterAll(() => house.close());

  const service = () => house.rooms.get(PoolAssignmentService);
  const pools = () => house.rooms.get(PoolReader);
  const nobody = { households: [] } as const;
  const wish = (more: Partial<PoolWish> = {}): PoolWish => ({
    idempotencyKey: newId('evt'),
    countyCode: '430225',
    lineIds: ['oln_1', 'oln_2'],
    households: [
      { householdId: 'hhd_7', weight: 2 },
      { householdId: 'hhd_8', weight: 1 },
    ],
    note: 'the growers of batch 7, by delivered weight',
    ...more,
  });
  const propose = async (more: Partial<PoolWish> = {}): Promise<IdOf<'pas'>> => {
    const id = await service().propose(wish(more), maker);
    if (id instanceof DomainError) throw new Error(id.message.en);
    return id;
  };
  const approve = (assignmentId: string, userId = checker) =>
    service().vote({ assignmentId, userId, verdict: 'APPROVE', reason: null });
  const wordOf = (answer: unknown) => (answer instanceof DomainError ? answer.code : answer);

  it('A20: is seen by finance, and nothing of it is lost', async () => {
    await house.sell(goods('oln_1', 10_000n, nobody), goods('oln_2', 5000n, nobody), goods('oln_3', 1000n));
    await house.reserve(claim(5000n));

    expect(await pools().waiting()).toEqual([{ countyCode: '430225', unassignedFen: 2000n, lines: 2 }]);
    expect((await pools().ofCounty('430225', PAGE)).nodes).toEqual([
      { lineId: 'oln_1', orderId: 'ord_1', productId: 'prd_1', amountFen: 1000n },
      { lineId: 'oln_2', orderId: 'ord_1', productId: 'prd_1', amountFen: 1000n },
    ]);
    expect((await house.books())['liability:held:household_pool:430225']).toBe(2000);
  });

  it('A20: is passed on to households that two people name later, line by line', async () => {
    await house.sell(goods('oln_1', 10_000n, nobody), goods('oln_2', 5000n, nobody));
    const id = await propose();

    expect(await approve(id)).toBe('POSTED');

    expect(await house.books()).toMatchObject({
      'liability:held:hhd_7': 1333 + 667,
      'liability:held:hhd_8': 667 + 333,
    });
    expect(await pools().waiting()).toEqual([]);
    expect(await pools().assignment(id)).toMatchObject({ state: 'POSTED', assignedFen: 3000n });
    const [line] = await house.rooms.get(SplitReader).ofOrder('ord_1');
    expect(
      line?.shares.map(({ payeeId, shareFen, assignedFen, ruleVersion }) => [
        payeeId,
        shareFen,
        assignedFen,
        ruleVersion,
      ]),
    ).toEqual([
      ['mer_1', 7000n, 0n, 1],
      ['430225', 2000n, 2000n, 1],
      ['', 500n, 0n, 1],
      ['chp_1', 300n, 0n, 1],
      ['430225', 200n, 0n, 1],
      ['hhd_7', 1333n, 0n, 1],
      ['hhd_8', 667n, 0n, 1],
    ]);
    expect(
      (await house.reader.journalsOfSubject(id)).map(({ kind, idempotencyKey }) => [kind, idempotencyKey]),
    ).toEqual([['pool_assigned', `pool:${id}`]]);
  });

  it('is released with its line, or at once where the line has been released', async () => {
    await house.sell(goods('oln_1', 10_000n, nobody));
    await approve(await propose({ lineIds: ['oln_1'] }));
    await house.release();
    expect(await house.books()).toMatchObject({
      'liability:available:hhd_7': 1333,
      'liability:available:hhd_8': 667,
    });

    const sale = { lines: [goods('oln_9', 10_000n, nobody)], freights: [] };
    await house.capture(10_000n, sale, 'KEPT', undefined, 'ord_2');
    await house.release('mor_1', 'ord_2');
    await approve(await propose({ lineIds: ['oln_9'] }));
    expect(await house.books()).toMatchObject({
      'liability:available:hhd_7': 2666,
      'liability:available:hhd_8': 1334,
    });
  });

  it('gives what is left of it, and refunds take from the households from then on', async () => {
    await house.sell(goods('oln_1', 10_000n, nobody));
    const id = await propose({ lineIds: ['oln_1'] });
    await house.reserve(claim(5000n));
    await approve(id);
    expect(await house.books()).toMatchObject({ 'liability:held:hhd_7': 667, 'liability:held:hhd_8': 333 });

    await house.reserve(claim(5000n, [{ lineId: 'oln_1', amountFen: 5000n }], 'rfd_2'));
    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 10_000,
      'liability:refund_payable': 10_000,
    });
  });

  it('E2: passes on what it holds: what it has borne of the provider’s fee has gone', async () => {
    await house.rooms.database.transaction((tx) =>
      tx.write("UPDATE split_rule SET fee_bearer = 'SELLER' WHERE scope_key = 'C:COUNTER'"),
    );
    await house.sell(goods('oln_1', 10_000n, nobody));
    await house.rooms.database.transaction((tx) =>
      tx.write("UPDATE split_rule SET fee_bearer = 'PLATFORM' WHERE scope_key = 'C:COUNTER'"),
    );
    await house.charge({ orderId: 'ord_1', paymentId: 'pay_ord_1', movementRef: 'txn_1', feeFen: 220n });
    expect((await house.books())['liability:held:household_pool:430225']).toBe(2000 - 44);

    const id = await propose({ lineIds: ['oln_1'] });
    expect(await approve(id)).toBe('POSTED');
    expect(await pools().assignment(id)).toMatchObject({ assignedFen: 1956n });
    const passedOn = await house.books();
    expect(passedOn).toMatchObject({ 'liability:held:hhd_7': 1304, 'liability:held:hhd_8': 652 });
    expect(passedOn).not.toHaveProperty('liability:held:household_pool:430225');

    // All of it back to the buyer: nobody is left with anything, and the fee is the platform's again.
    await house.reserve(claim(10_000n));
    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 9780,
      'expense:psp_fee': 220,
      'liability:refund_payable': 10_000,
    });
  });

  it('C11: what a refund took before it was passed on, and could not deliver, is passed on as well', async () => {
    await house.sell(goods('oln_1', 10_000n, nobody));
    await house.reserve(claim(5000n));
    await approve(await propose({ lineIds: ['oln_1'] }));
    await house.undo('rfd_1');
    expect(await pools().waiting()).toEqual([{ countyCode: '430225', unassignedFen: 1000n, lines: 1 }]);

    expect(await approve(await propose({ lineIds: ['oln_1'] }))).toBe('POSTED');
    expect(await house.books()).toMatchObject({ 'liability:held:hhd_7': 1334, 'liability:held:hhd_8': 666 });
    expect(await pools().waiting()).toEqual([]);
    await house.release();
    expect(await house.books()).toMatchObject({
      'liability:available:hhd_7': 1334,
      'liability:available:hhd_8': 666,
    });
  });

  it('D19: is not passed on by one person alone, nor twice', async () => {
    await house.sell(goods('oln_1', 10_000n, nobody));
    const [id, other] = [await propose({ lineIds: ['oln_1'] }), await propose({ lineIds: ['oln_1'] })];

    expect(wordOf(await approve(id, maker))).toBe('SELF_APPROVAL');
    expect((await house.books())['liability:held:household_pool:430225']).toBe(2000);
    const answers = await Promise.all([approve(id), approve(id, newId('usr')), approve(other)]);
    expect(answers.map(wordOf).filter((word) => word === 'POSTED')).toHaveLength(1);
    expect(await pools().waiting()).toEqual([]);
    const books = await house.books();
    expect((books['liability:held:hhd_7'] ?? 0) + (books['liability:held:hhd_8'] ?? 0)).toBe(2000);
  });

  it('is passed on as it was proposed, or not at all', async () => {
    await house.sell(goods('oln_1', 10_000n, nobody));
    const id = await propose({ lineIds: ['oln_1'] });
    await house.rooms.database.transaction((tx) =>
      tx.write(
        "UPDATE pool_assignment_household SET weight = 9 WHERE assignment_id = ? AND household_id = 'hhd_7'",
        [id],
      ),
    );

    expect(wordOf(await approve(id))).toBe('CONTENT_CHANGED');
    const rejected = await service().vote({
      assignmentId: id,
      userId: checker,
      verdict: 'REJECT',
      reason: 'altered',
    });
    expect(rejected).toBe('REJECTED');
    expect(wordOf(await approve(id))).toBe('POOL_ASSIGNMENT_STATE');
  });

  it('is proposed once per key, and taken back by whoever proposed it', async () => {
    await house.sell(goods('oln_1', 10_000n, nobody));
    const given = wish({ lineIds: ['oln_1'] });

    const ids = await Promise.all(Array.from({ length: 4 }, () => service().propose(given, maker)));
    expect(new Set(ids).size).toBe(1);
    expect(wordOf(await service().propose({ ...given, countyCode: '430224' }, maker))).toBe(
      'POOL_KEY_REUSED',
    );
    const [id = ''] = ids.filter((each) => typeof each === 'string');
    await expect(service().withdraw(id, checker)).rejects.toThrow('was not found');
    expect(await service().withdraw(id, maker)).toBe('WITHDRAWN');
    expect(wordOf(await service().withdraw(id, maker))).toBe('POOL_ASSIGNMENT_STATE');
  });

  it.each([
    ['POOL_NOT_OPEN', { lineIds: ['oln_3'] }],
    ['POOL_NOT_OPEN', { lineIds: ['oln_1', 'oln_none'] }],
    ['POOL_NOT_OPEN', { countyCode: '430224' }],
    ['INVALID_INPUT', { lineIds: [] }],
    ['INVALID_INPUT', { lineIds: ['oln_1', 'oln_1'] }],
    ['INVALID_INPUT', { lineIds: ['mor_1'] }],
    ['INVALID_INPUT', { households: [] }],
    ['INVALID_INPUT', { households: [{ householdId: 'hhd_7', weight: 0 } as const] }],
    ['INVALID_INPUT', { note: '' }],
    ['INVALID_INPUT', { countyCode: '43' }],
  ])('is refused with %s for %j', async (code, more) => {
    await house.sell(goods('oln_1', 10_000n, nobody), goods('oln_2', 5000n, nobody), goods('oln_3', 1000n));

    expect(wordOf(await service().propose(wish(more), maker))).toBe(code);
    expect((await house.books())['liability:held:household_pool:430225']).toBe(3000);
  });
});
