import { type IdOf, newId, refused } from '#libs/kernel';
import {
  PayoutOutlookReader,
  type PayoutPolicyName,
  PayoutPolicyReader,
  PayoutPolicyService,
  type PolicyChangeRow,
  type PolicyWish,
} from '#libs/settlement';
import { PayoutRooms } from './payout-rooms.js';

describe('the policy of payouts', () => {
  let house: PayoutRooms;
  const merchant = 'mer_1';

  beforeAll(async () => {
    house = await PayoutRooms.open();
  });
  beforeEach(() => house.clock.set('2026-11-03T02:00:00.000Z')); // A Tuesday.
  afterEach(async () => {
    await house.proveAndForget();
    await house.rooms.clear('payout_policy_change');
  });
  afterAll(() => house.close());

  const service = () => house.rooms.get(PayoutPolicyService);
  const wish = (more: Partial<PolicyWish> = {}): PolicyWish => ({
    idempotencyKey: newId('key'),
    name: 'MINIMUM_MERCHANT',
    amountFen: 50_000n,
    effectiveOn: '2026-11-04',
    reason: '银行手续费上调',
    ...more,
  });
  const propose = async (more: Partial<PolicyWish> = {}): Promise<PolicyChangeRow> => {
    const change = await service().propose(wish(more), house.maker);
    if (refused(change)) throw new Error(change.message.en);
    return change;
  };
  const decide = (
    { id }: PolicyChangeRow,
    verdict: 'APPROVE' | 'REJECT' = 'APPROVE',
    userId: IdOf<'usr'> = house.checker,
  ) => service().decide({ changeId: id, userId, verdict, reason: verdict === 'REJECT' ? '不同意' : null });
  const on = async (day: string, name: PayoutPolicyName = 'MINIMUM_MERCHANT') =>
    (await house.rooms.get(PayoutPolicyReader).on(day)).of(name);

  it('holds from its day on, once another person has agreed, and not before', async () => {
    const change = await propose();
    expect(await on('2026-11-04')).toBe(10_000n);

    expect(await decide(change)).toMatchObject({ state: 'APPROVED', decidedAt: expect.any(Date) });

    expect([await on('2026-11-03'), await on('2026-11-04'), await on('2027-11-04')]).toEqual([
      10_000n,
      50_000n,
      50_000n,
    ]);
    expect(await on('2026-11-04', 'MINIMUM_OPERATOR')).toBe(10_000n);
    expect(await house.acts()).toContain('payout_policy.changed');
  });

  it('of several is the one that took effect last, and of one day the one that was agreed to last', async () => {
    const [late, early, again] = [
      await propose({ effectiveOn: '2026-11-09', amountFen: 3n }),
      await propose({ effectiveOn: '2026-11-05', amountFen: 1n }),
      await propose({ effectiveOn: '2026-11-05', amountFen: 2n }),
    ];
    await decide(late);
    await decide(again);
    house.clock.advance(1_000);
    await decide(early);

    expect([await on('2026-11-08'), await on('2026-11-09')]).toEqual([1n, 3n]);
  });

  it('D19: is not changed by one person alone, and not for a day that has begun', async () => {
    const change = await propose();

    expect(await decide(change, 'APPROVE', house.maker)).toMatchObject({ code: 'SELF_APPROVAL' });
    house.clock.set('2026-11-03T16:00:00.000Z'); // Midnight in Shanghai: its day has begun.
    expect(await decide(change)).toMatchObject({ code: 'POLICY_NOT_FUTURE', earliestOn: '2026-11-05' });
    expect(await on('2026-11-04')).toBe(10_000n);

    expect(await decide(change, 'REJECT')).toMatchObject({ state: 'REJECTED' });
    expect(await decide(change)).toMatchObject({ code: 'POLICY_CHANGE_STATE', changeState: 'REJECTED' });
  });

  it('is decided once, whoever decides at the same moment', async () => {
    const change = await propose();

    const both = await Promise.all([decide(change), decide(change, 'REJECT', house.thirdPerson)]);

    expect(both.filter((each) => !refused(each))).toHaveLength(1);
  });

  it('is proposed once under one key, also at once, and taken back by nobody else', async () => {
    const same = wish();
    const answers = await Promise.all([1, 2, 3].map(() => service().propose(same, house.maker)));
    const [change] = answers;
    if (!change || refused(change)) throw new Error('expected a change');

    expect(new Set(answers.map((each) => (refused(each) ? each.code : each.id)))).toEqual(
      new Set([change.id]),
    );
    expect(await service().propose({ ...same, amountFen: 1n }, house.maker)).toMatchObject({
      code: 'PAYOUT_KEY_REUSED',
    });
    await expect(service().withdraw(change.id, house.checker)).rejects.toThrow('PayoutPolicyChange');
    expect(await service().withdraw(change.id, house.maker)).toMatchObject({ state: 'WITHDRAWN' });
    expect(await decide(change)).toMatchObject({ code: 'POLICY_CHANGE_STATE' });
  });

  it('D10: decides the run of its day, and what the merchant is told of it', async () => {
    await decide(await propose({ amountFen: 20_001n }));
    await house.account(merchant);
    await house.credit(merchant, 20_000n, new Date('2026-11-02T02:00:00.000Z'));
    const outlook = () => house.rooms.get(PayoutOutlookReader).of({ kind: 'MERCHANT', id: merchant });
    expect(await outlook()).toMatchObject({ nextOn: '2026-11-03', nextFen: 20_000n, obstacle: null });

    house.clock.set('2026-11-04T02:00:00.000Z');
    expect(await outlook()).toMatchObject({
      nextOn: '2026-11-04',
      nextFen: 0n,
      minimumFen: 20_001n,
      obstacle: 'BELOW_MINIMUM',
    });
    await house.run();

    expect(await house.payoutsOf(merchant)).toEqual([]);
  });

  it('decides how many approve a batch that is made on its day', async () => {
    await decide(await propose({ name: 'TWO_APPROVERS_ABOVE', amountFen: 19_999n }));
    await house.account(merchant);
    await house.credit(merchant, 20_000n, new Date('2026-11-02T02:00:00.000Z'));
    house.clock.set('2026-11-04T02:00:00.000Z');
    await house.run();
    const batchId = await house.batch();

    await house.approve(batchId);
    expect(await house.batchState(batchId)).toBe('AWAITING_APPROVAL');
    await house.approve(batchId, house.thirdPerson);
    expect(await house.batchState(batchId)).toBe('APPROVED');
  });
});
