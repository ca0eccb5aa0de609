import { ApprovalReader } from '#libs/approval';
import { DomainError, HOUR_MS, type IdOf, MINUTE_MS, newId, plus, refused } from '#libs/kernel';
import {
  type ContributionRuleDraft,
  type RuleVersion,
  type SplitRuleDraft,
  SplitPreviewService,
  SplitReader,
  SplitRuleReader,
  SplitRuleService,
} from '#libs/settlement';
import { countStatements } from '../harness/statements.js';
import { SettlementRooms, claim, goods } from './settlement-rooms.js';

const PAGE = { first: 100, after: null };

describe('split rules', () => {
  let house: SettlementRooms;
  const [maker, checker] = [newId('usr'), newId('usr')];

  beforeAll(async () => {
    house = await SettlementRooms.open();
  });
  afterEach(() => house.proveAndForget());
  afterEach(() =>
    house.rooms.database.transaction(async (tx) => {
      await tx.write("DELETE FROM split_rule WHERE created_by <> ''");
      await tx.write("DELETE FROM contribution_rule WHERE created_by <> ''");
      await tx.write('UPDATE split_provider SET is_used = 0');
    }),
  );
  afterAll(() => house.close());

  const service = () => house.rooms.get(SplitRuleService);
  const now = () => house.rooms.clock.now();
  const draftOf = (more: Partial<SplitRuleDraft> = {}): SplitRuleDraft => ({
    idempotencyKey: newId('evt'),
    productId: '',
    merchantId: '',
    channelKind: 'COUNTER',
    merchantBps: 7050,
    householdBps: 2000,
    platformBps: 450,
    operatorBps: 300,
    fundBps: 200,
    feeBearer: 'PLATFORM',
    effectiveFrom: plus(now(), HOUR_MS),
    ...more,
  });
  function kept<T>(answer: T): Exclude<T, DomainError> {
    if (answer instanceof DomainError) throw new Error(answer.message.en);
    return answer as Exclude<T, DomainError>;
  }
  const wordOf = (answer: unknown) =>
    answer instanceof DomainError ? answer.code : (answer as { state: string }).state;
  const draft = async (more: Partial<SplitRuleDraft> = {}) =>
    kept(await service().draftSplit(draftOf(more), maker));
  const propose = (ruleId: string, userId = maker) => service().propose('SPLIT_RULE', ruleId, userId);
  const approve = (ruleId: string, userId: IdOf<'usr'> = checker) =>
    service().vote('SPLIT_RULE', { ruleId, userId, verdict: 'APPROVE', reason: null });
  const reject = (ruleId: string) =>
    service().vote('SPLIT_RULE', { ruleId, userId: checker, verdict: 'REJECT', reason: 'not as agreed' });
  const withdraw = (ruleId: string, userId = maker) => service().withdraw('SPLIT_RULE', ruleId, userId);
  const publish = async (more: Partial<SplitRuleDraft> = {}): Promise<RuleVersion> => {
    const ruleId = await draft(more);
    kept(await propose(ruleId));
    return kept(await approve(ruleId));
  };
  const contribute = async (more: Partial<ContributionRuleDraft> = {}) => {
    const wish = {
      idempotencyKey: newId('evt'),
      channelKind: 'COUNTER',
      bps: 200,
      effectiveFrom: plus(now(), HOUR_MS),
    };
    const ruleId = kept(await service().draftContribution({ ...wish, ...more }, maker));
    const proposed = await service().propose('CONTRIBUTION_RULE', ruleId, maker);
    if (refused(proposed)) return proposed;
    return service().vote('CONTRIBUTION_RULE', { ruleId, userId: checker, verdict: 'APPROVE', reason: null });
  };
  const ruleOf = (ruleId: string) => house.rooms.get(SplitRuleReader).splitRule(ruleId);
  const sellAt = async (at: Date, orderId: string, more: Parameters<typeof goods>[2] = {}) => {
    const sale = { lines: [goods(`${orderId}l`, 10_000n, more)], freights: [] };
    if (at > now()) house.rooms.clock.set(at.toISOString()); // I11: nothing is captured ahead of its time.
    await house.capture(10_000n, sale, 'KEPT', at, orderId);
    const [line] = await house.rooms.get(SplitReader).ofOrder(orderId);
    return line;
  };

  it('are published by two people, with a version of their scope', async () => {
    const ruleId = await draft();
    expect(await ruleOf(ruleId)).toMatchObject({ state: 'DRAFT', version: null, createdBy: maker });

    expect(kept(await propose(ruleId)).state).toBe('PROPOSED');
    expect(kept(await approve(ruleId))).toMatchObject({ state: 'PUBLISHED', version: 2 });

    expect(await ruleOf(ruleId)).toMatchObject({ state: 'PUBLISHED', version: 2, scopeKey: 'C:COUNTER' });
    expect(await publish({ merchantId: 'mer_1', channelKind: '*' })).toMatchObject({ version: 1 });
    const acts = await house.rooms.database.query<{ act: string; actor: string }>(
      'SELECT act, actor_id AS actor FROM audit_entry WHERE subject IN (?) ORDER BY id',
      [[ruleId, `SPLIT_RULE:${ruleId}`]],
    );
    expect(acts.map(({ act, actor }) => [act, actor === maker ? 'maker' : 'checker'])).toEqual([
      ['rule.drafted', 'maker'],
      ['approval.requested', 'maker'],
      ['approval.approved', 'checker'],
      ['rule.published', 'checker'],
    ]);
  });

  it('A16: in force from midnight in Shanghai on; refunds follow the version that split', async () => {
    house.rooms.clock.set('2026-10-30T00:00:00Z');
    const effectiveFrom = new Date('2026-10-31T16:00:00Z');
    const { id } = await publish({ effectiveFrom });

    const before = await sellAt(new Date('2026-10-31T15:59:59Z'), 'ord_1');
    const after = await sellAt(effectiveFrom, 'ord_2');

    const seen = (line: typeof before) =>
      line?.shares.map(({ ruleId, ruleVersion, shareFen }) => [ruleId, ruleVersion, shareFen]);
    const first = 'spr_00000000000000000000000002';
    expect(seen(before)).toEqual([7000n, 2000n, 500n, 300n, 200n].map((share) => [first, 1, share]));
    expect(seen(after)).toEqual([7050n, 2000n, 450n, 300n, 200n].map((share) => [id, 2, share]));

    await house.reserve(claim(10_000n, [{ lineId: 'ord_1l', amountFen: 10_000n }]));
    await house.reserve({
      ...claim(10_000n, [{ lineId: 'ord_2l', amountFen: 10_000n }], 'rfd_2'),
      orderId: 'ord_2',
    });
    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 20_000,
      'liability:refund_payable': 20_000,
    });
  });

  it('decide by product before merchant before channel before everything, through the database', async () => {
    const at = plus(now(), 2 * HOUR_MS);
    const of = (merchantBps: number, more: Partial<SplitRuleDraft>) =>
      publish({
        merchantBps,
        householdBps: 9500 - merchantBps,
        platformBps: 0,
        operatorBps: 300,
        fundBps: 200,
        ...more,
      });
    const versions = [
      await of(1000, { productId: 'prd_1', channelKind: 'COUNTER' }),
      await of(2000, { productId: 'prd_1', channelKind: '*' }),
      await of(3000, { merchantId: 'mer_1', channelKind: 'COUNTER' }),
      await of(4000, { merchantId: 'mer_1', channelKind: '*' }),
      await of(5000, { channelKind: 'COUNTER' }),
      await of(6000, { channelKind: '*' }),
    ];

    const ruleIdOf = async (n: number, more: Parameters<typeof goods>[2]) =>
      (await sellAt(at, `ord_${n}`, more))?.shares[0]?.ruleId;
    const online = { channelKind: 'ONLINE', operatorId: null } as const;
    expect([
      await ruleIdOf(1, {}),
      await ruleIdOf(2, online),
      await ruleIdOf(3, { productId: 'prd_2' }),
      await ruleIdOf(4, { productId: 'prd_2', ...online }),
      await ruleIdOf(5, { productId: 'prd_2', merchantId: 'mer_2' }),
      await ruleIdOf(6, { productId: 'prd_2', merchantId: 'mer_2', ...online }),
    ]).toEqual(versions.map(({ id }) => id));
  });

  it('are nothing before they are published, nor when they were rejected or withdrawn', async () => {
    const at = plus(now(), 2 * HOUR_MS);
    await draft();
    kept(await propose(await draft({ platformBps: 451, merchantBps: 7049 })));
    const rejected = await draft();
    kept(await propose(rejected));
    expect(wordOf(await reject(rejected))).toBe('REJECTED');
    const withdrawn = await draft();
    kept(await propose(withdrawn));
    expect(wordOf(await withdraw(withdrawn))).toBe('WITHDRAWN');

    expect((await sellAt(at, 'ord_1'))?.shares[0]).toMatchObject({ shareFen: 7000n, ruleVersion: 1 });
    expect(wordOf(await approve(rejected))).toBe('RULE_STATE');
    expect(wordOf(await propose(withdrawn))).toBe('RULE_STATE');
    expect(wordOf(await withdraw(withdrawn))).toBe('RULE_STATE');
  });

  it('are not approved by whoever proposed them, and nothing changes', async () => {
    const ruleId = await draft();
    kept(await propose(ruleId, checker));

    expect(wordOf(await approve(ruleId, checker))).toBe('SELF_APPROVAL');
    expect(await ruleOf(ruleId)).toMatchObject({ state: 'PROPOSED', version: null });
    expect(wordOf(await approve(ruleId, maker))).toBe('PUBLISHED');
    expect(wordOf(await approve(ruleId, newId('usr')))).toBe('RULE_STATE');
  });

  it('are approved as they were proposed, or not at all', async () => {
    const ruleId = await draft();
    kept(await propose(ruleId));
    await house.rooms.database.transaction((tx) =>
      tx.write('UPDATE split_rule SET merchant_bps = 7500, platform_bps = 0 WHERE id = ?', [ruleId]),
    );

    expect(wordOf(await approve(ruleId))).toBe('CONTENT_CHANGED');
    expect(await ruleOf(ruleId)).toMatchObject({ state: 'PROPOSED', version: null });
    expect(wordOf(await reject(ruleId))).toBe('REJECTED');
  });

  it('A15: are refused where they do not make the whole', async () => {
    expect(await service().draftSplit(draftOf({ merchantBps: 7049 }), maker)).toMatchObject({
      totalBps: 9999,
    });
    expect(await service().draftSplit(draftOf({ merchantBps: 7051 }), maker)).toMatchObject({
      totalBps: 10_001,
    });
    expect(
      wordOf(await service().draftSplit(draftOf({ merchantBps: 9250, householdBps: -200 }), maker)),
    ).toBe('SPLIT_RULE_NOT_WHOLE');
    expect((await house.rooms.get(SplitRuleReader).splitRules({ states: ['DRAFT'] }, PAGE)).nodes).toEqual(
      [],
    );
  });

  describe('A15: under a provider that lets 3000 go to others than the seller', () => {
    const use = (code: string) =>
      house.rooms.database.transaction((tx) =>
        tx.write('UPDATE split_provider SET is_used = 1 WHERE code = ?', [code]),
      );
    const online = { channelKind: 'ONLINE', operatorBps: 0, fundBps: 500 };
    const kept3000 = { ...online, merchantBps: 7000, platformBps: 500 };
    const kept3100 = { ...online, merchantBps: 6900, platformBps: 600 };

    it.each(['WECHAT_MERCHANT', 'ALIPAY'])('%s: 3000 are published, 3100 are not', async (code) => {
      await use(code);

      expect(await propose(await draft(kept3100))).toMatchObject({
        provider: code,
        nonSellerBps: 3100,
        maxBps: 3000,
      });
      expect(await publish(kept3000)).toMatchObject({ state: 'PUBLISHED' });
    });

    it('which does not bind while it is not in use', async () => {
      await use('STRIPE');

      expect(await publish(kept3100)).toMatchObject({ state: 'PUBLISHED' });
    });

    it('but was put to use between proposal and approval', async () => {
      const ruleId = await draft(kept3100);
      kept(await propose(ruleId));
      await use('WECHAT_MERCHANT');

      expect(wordOf(await approve(ruleId))).toBe('SPLIT_CAP_EXCEEDED');
      expect(await ruleOf(ruleId)).toMatchObject({ state: 'PROPOSED', version: null });
    });

    it('contributions count with the split, whichever comes second', async () => {
      await use('WECHAT_MERCHANT');

      const atCounter = { channelKind: 'COUNTER', merchantBps: 7099, platformBps: 401 };
      expect(await propose(await draft(atCounter))).toMatchObject({ nonSellerBps: 3001 });
      await publish({ ...atCounter, merchantBps: 7100, platformBps: 400 });
      house.rooms.clock.advance(2 * HOUR_MS);
      expect(wordOf(await contribute({ bps: 100 }))).toBe('PUBLISHED');
      expect(await contribute({ bps: 101 })).toMatchObject({ nonSellerBps: 3001, maxBps: 3000 });
    });
  });

  it.each([
    ['now', 0],
    ['in the past', -HOUR_MS],
    ['in less than five minutes', 5 * MINUTE_MS - 1],
    ['in ten years', 10 * 365 * 24 * HOUR_MS],
  ])('do not take effect %s', async (_, delayMs) => {
    const answer = await service().draftSplit(draftOf({ effectiveFrom: plus(now(), delayMs) }), maker);

    expect(wordOf(answer)).toBe('RULE_NOT_FUTURE');
  });

  it('are not published once their time is too near', async () => {
    const ruleId = await draft();
    kept(await propose(ruleId));
    house.rooms.clock.advance(HOUR_MS - 4 * MINUTE_MS);

    expect(wordOf(await approve(ruleId))).toBe('RULE_NOT_FUTURE');
    expect(await ruleOf(ruleId)).toMatchObject({ state: 'PROPOSED', version: null });
    expect((await house.rooms.get(ApprovalReader).ofSubjects('SPLIT_RULE', [ruleId]))[0]).toMatchObject({
      state: 'OPEN',
      approvals: 0,
    });
  });

  it('are drafted once per key, and a key does not name another', async () => {
    const wish = draftOf();

    const ids = await Promise.all(Array.from({ length: 6 }, () => service().draftSplit(wish, maker)));
    expect(new Set(ids).size).toBe(1);
    expect(wordOf(await service().draftSplit({ ...wish, merchantBps: 7000, platformBps: 500 }, maker))).toBe(
      'RULE_KEY_REUSED',
    );
    expect(wordOf(await service().draftSplit(wish, checker))).toBe('RULE_KEY_REUSED');
    expect(
      (await house.rooms.get(SplitRuleReader).splitRules({ states: ['DRAFT'] }, PAGE)).nodes,
    ).toHaveLength(1);
  });

  it('get one version each, also when several of a scope are published at once', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => draft()));
    for (const ruleId of ids) kept(await propose(ruleId));

    const published = await Promise.all(ids.map((ruleId) => approve(ruleId)));

    const versions = published.map((rule) => kept(rule).version ?? 0);
    expect(versions.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6]);
  });

  it('are published once, by two who approve at once', async () => {
    const ruleId = await draft();
    kept(await propose(ruleId));

    const answers = await Promise.all([approve(ruleId, newId('usr')), approve(ruleId, newId('usr'))]);

    expect(answers.map(wordOf).toSorted()).toEqual(['PUBLISHED', 'RULE_STATE']);
    expect(await ruleOf(ruleId)).toMatchObject({ version: 2 });
  });

  it('are proposed once, however often they are proposed, and by nobody else meanwhile', async () => {
    const ruleId = await draft();

    const answers = await Promise.all([propose(ruleId), propose(ruleId), propose(ruleId)]);
    expect(new Set(answers.map((rule) => kept(rule).approvalId)).size).toBe(1);
    expect(wordOf(await propose(ruleId, checker))).toBe('APPROVAL_PENDING');
  });

  it('are withdrawn by nobody else', async () => {
    const ruleId = await draft();
    await expect(withdraw(ruleId, checker)).rejects.toThrow('was not found');
    kept(await propose(ruleId, checker));

    await expect(withdraw(ruleId, maker)).rejects.toThrow('was not found');
    expect(wordOf(await withdraw(ruleId, checker))).toBe('WITHDRAWN');
    await expect(withdraw('spr_nothing')).rejects.toThrow('was not found');
  });

  it('of contributions are published alike, and hold from their time on', async () => {
    const at = plus(now(), HOUR_MS);
    expect(await contribute({ effectiveFrom: at })).toMatchObject({
      state: 'PUBLISHED',
      version: 2,
      bps: 200,
    });

    const before = await sellAt(plus(at, -1), 'ord_1', { isCertified: false });
    const after = await sellAt(at, 'ord_2', { isCertified: false });
    const last = (line: typeof before) => line?.shares.at(-1);
    expect(last(before)).toMatchObject({
      payeeKind: 'CONTRIBUTION',
      payeeId: '430211',
      shareFen: 100n,
      ruleVersion: 1,
    });
    expect(last(after)).toMatchObject({
      payeeKind: 'CONTRIBUTION',
      payeeId: '430211',
      shareFen: 200n,
      ruleVersion: 2,
    });
  });

  it('show their history, the latest first, page by page', async () => {
    const scopeKey = 'M:mer_9';
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.unshift((await publish({ merchantId: 'mer_9', channelKind: '*' })).id);
    const reader = house.rooms.get(SplitRuleReader);

    const first = await reader.splitRules({ scopeKey }, { first: 2, after: null });
    const second = await reader.splitRules({ scopeKey }, { first: 2, after: [ids[1] ?? ''] });

    expect([...first.nodes, ...second.nodes].map(({ id, version }) => [id, version])).toEqual([
      [ids[0], 3],
      [ids[1], 2],
      [ids[2], 1],
    ]);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('are previewed by what splits a sale, also as a draft', async () => {
    const ruleId = await draft();
    const question = {
      amountFen: 12_345n,
      productId: 'prd_1',
      merchantId: 'mer_1',
      channelKind: 'COUNTER',
      isCertified: false,
      hasOperator: true,
      ruleId: null,
      at: null,
    };
    const previews = house.rooms.get(SplitPreviewService);
    const sold = await sellAt(now(), 'ord_1', { goodsFen: 10_000n, isCertified: false, households: [] });

    const preview = kept(await previews.preview({ ...question, amountFen: 10_000n }));
    expect(preview.shares.map(({ payeeKind, shareFen }) => [payeeKind, shareFen])).toEqual(
      sold?.shares.map(({ payeeKind, shareFen }) => [payeeKind, shareFen]),
    );
    const drafted = kept(
      await previews.preview({ ...question, amountFen: 10_000n, isCertified: true, ruleId }),
    );
    expect(drafted.shares.map(({ shareFen }) => shareFen)).toEqual([7050n, 2000n, 450n, 300n, 200n]);
    expect(drafted.split).toMatchObject({ id: ruleId, version: null });
    expect(wordOf(await previews.preview({ ...question, amountFen: 0n }))).toBe('INVALID_INPUT');
    expect(await countStatements(() => previews.preview(question))).toBe(2);
  });
});
