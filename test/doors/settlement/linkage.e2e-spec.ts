import { type HouseholdId, LinkageReader } from '#libs/household';
import { DAY_MS, type IdOf, newId, present } from '#libs/kernel';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeHousehold, makeLinkagePayment, makeSignedLinkage } from '../../make/household.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePhoto } from '../../make/photo.make.js';

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly [field: string]: unknown;
}

const REFUSAL = '... on DomainError { code } ... on InvalidInputError { fields { path } }';
const AGREEMENT =
  'id state revision terms { revision unitFen statedYearFen shareBps } households { householdId headName weight }';
const DRAFT = `mutation ($input: LinkageAgreementDraftInput!) { linkageAgreementDraft(input: $input) { __typename
  ... on LinkageAgreementDraftPayload { agreement { ${AGREEMENT} } } ${REFUSAL} } }`;
const REDRAFT = `mutation ($input: LinkageAgreementRedraftInput!) { linkageAgreementRedraft(input: $input) { __typename
  ... on LinkageAgreementRedraftPayload { agreement { ${AGREEMENT} } } ${REFUSAL} } }`;
const SIGN = `mutation ($agreementId: ID!, $revision: Int!, $photoIds: [ID!]!) {
  linkageAgreementSign(agreementId: $agreementId, revision: $revision, photoIds: $photoIds) { __typename
    ... on LinkageAgreementSignPayload { agreement { ${AGREEMENT} } } ${REFUSAL} } }`;
const AMEND = `mutation ($input: LinkageAgreementAmendInput!) { linkageAgreementAmend(input: $input) { __typename
  ... on LinkageAgreementAmendPayload { agreement { ${AGREEMENT} } } ${REFUSAL} } }`;
const END = `mutation ($agreementId: ID!, $endsBefore: Date!) { linkageAgreementEnd(agreementId: $agreementId, endsBefore: $endsBefore) {
  __typename ... on LinkageAgreementEndPayload { agreement { state endsBefore } } ${REFUSAL} } }`;
const RECORD = `mutation ($input: LinkagePaymentRecordInput!) { linkagePaymentRecord(input: $input) { __typename
  ... on LinkagePaymentRecordPayload { payment { id category amountFen confirmationState photoIds } } ${REFUSAL} } }`;
const REVERSE = `mutation ($paymentId: ID!, $reason: String!, $idempotencyKey: ID!) {
  linkagePaymentReverse(paymentId: $paymentId, reason: $reason, idempotencyKey: $idempotencyKey) { __typename
    ... on LinkagePaymentReversePayload { payment { id amountFen reversesId } } ${REFUSAL} } }`;
const PAYMENTS = `query ($agreementId: ID!) { linkagePayments(agreementId: $agreementId) {
  nodes { id amountFen reversedById isUpheld confirmationState } } }`;
const INTRODUCED =
  'query ($merchantId: ID!) { linkageHouseholds(merchantId: $merchantId) { nodes { id headName } } }';
const REGISTER = `mutation ($input: HouseholdRegisterInput!) { householdRegister(input: $input) { __typename
  ... on HouseholdRegisterPayload { household { id headName members { id name isHead } } } ${REFUSAL} } }`;
const SET_MEMBER = `mutation ($memberId: ID!, $state: MemberState!, $leftOn: Date) {
  householdMemberSet(memberId: $memberId, state: $state, leftOn: $leftOn) { __typename
    ... on HouseholdMemberSetPayload { household { members { state leftOn } } } ${REFUSAL} } }`;
const INTRODUCE = `mutation ($householdId: ID!, $merchantId: ID!) { householdIntroduce(householdId: $householdId, merchantId: $merchantId) {
  __typename } }`;
const INCOME = `query ($householdId: ID!, $month: Date!) { householdIncome(householdId: $householdId, month: $month) {
  from before categories { category amountFen } totalFen deniedFen } }`;
const FLAGS =
  'query ($state: LinkageFlagState) { linkageFlags(state: $state) { nodes { id rule payment { id } } } }';
const DECIDE = `mutation ($flagId: ID!, $isUpheld: Boolean!, $note: String!) {
  linkageFlagDecide(flagId: $flagId, isUpheld: $isUpheld, note: $note) { __typename
    ... on LinkageFlagDecidePayload { flag { state note } } ${REFUSAL} } }`;
const ISSUE = `mutation ($paymentId: ID!) { linkageConfirmationIssue(paymentId: $paymentId) { __typename
  ... on LinkageConfirmationIssuePayload { token expiresAt } ... on DomainError { code } } }`;
const ASKED =
  'query ($token: String!) { linkageConfirmation(token: $token) { merchantName kind amountFen paidOn state } }';
const CONFIRM = `mutation ($token: String!, $isReceived: Boolean!, $reason: String!) {
  linkageConfirm(token: $token, isReceived: $isReceived, reason: $reason) { __typename
    ... on LinkageConfirmPayload { confirmation { state } } ... on LinkageConfirmationClosedError { confirmationState }
    ${REFUSAL} } }`;

describe('linkage agreements and what is paid by them', () => {
  let world: World;
  let merchantId: IdOf<'mer'>;
  let owner: Person;
  let official: Person;
  let householdId: HouseholdId;

  beforeAll(async () => {
    world = await World.start({ services: ['merchant', 'settlement', 'storefront'] });
    official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' });
  });
  beforeEach(async () => {
    merchantId = (await makeMerchant(world, { name: '炎陵县合作社' })).id;
    owner = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId });
    householdId = (await makeHousehold(world)).id;
  });
  afterEach(() => world.clear('linkage_flag', 'linkage_confirmation', 'linkage_payment', 'linkage_photo'));
  afterAll(() => world.close());

  const merchant = ({ token } = owner) => world.client('merchant').as(token);
  const county = ({ token } = official) => world.client('settlement').as(token);
  const photo = () => makePhoto(world, owner.userId);
  const payer = () => ({ userId: owner.userId, merchantIds: [merchantId] });
  const draft = (changes: object = {}) => ({
    idempotencyKey: newId('req'),
    merchantId,
    kind: 'PURCHASE_ORDER',
    startsOn: '2026-01-01',
    households: [{ householdId, weight: 2 }],
    terms: { unitFen: '800', statedYearFen: '500000', note: '保底价' },
    ...changes,
  });
  const introduce = () => county().ask<Answer>(INTRODUCE, { householdId, merchantId });
  const signed = (householdIds = [householdId], changes: object = {}) =>
    makeSignedLinkage(world, { merchantId, householdIds, userId: owner.userId, ...changes });
  const flagsNow = async () => {
    const { nodes } = await county().ask<{ nodes: { id: string; rule: string; payment: { id: string } }[] }>(
      FLAGS,
    );
    return nodes;
  };

  it('a merchant learns of households that an official has introduced, masked, and of no others', async () => {
    expect(await merchant().ask(INTRODUCED, { merchantId })).toEqual({ nodes: [] });
    expect((await merchant().send(DRAFT, { input: draft() })).errors[0]?.extensions.code).toBe('NOT_FOUND');

    expect(await introduce()).toEqual({ __typename: 'HouseholdIntroducePayload' });
    await introduce();

    expect(await merchant().ask(INTRODUCED, { merchantId })).toEqual({
      nodes: [{ id: householdId, headName: '陈**' }],
    });
    const stranger = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430224' });
    const refused = await county(stranger).send(INTRODUCE, { householdId, merchantId });
    expect(refused.errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is drafted once per key, changed by who has seen it, signed with photos, amended with history, and ended', async () => {
    await introduce();
    const input = draft();
    const made = await merchant().ask<Answer & { agreement: { id: string } }>(DRAFT, { input });
    expect(made.agreement).toEqual({
      id: expect.stringMatching(/^lnk_/),
      state: 'DRAFT',
      revision: 1,
      terms: [{ revision: 1, unitFen: '800', statedYearFen: '500000', shareBps: null }],
      households: [{ householdId, headName: '陈**', weight: 2 }],
    });
    const agreementId = made.agreement.id;
    expect(await merchant().ask<Answer>(DRAFT, { input })).toEqual(made);
    // Twice at once: one draft.
    const twice = draft();
    const [one, other] = await Promise.all([1, 2].map(() => merchant().ask(DRAFT, { input: twice })));
    expect(one).toMatchObject({ __typename: 'LinkageAgreementDraftPayload' });
    expect(other).toEqual(one);
    expect((await merchant().ask<Answer>(DRAFT, { input: { ...input, startsOn: '2026-02-01' } })).code).toBe(
      'LINKAGE_KEY_USED',
    );
    // Nobody receives by a draft.
    const receives = async () =>
      (await world.get(LinkageReader).householdsOf([agreementId], world.clock.now())).get(agreementId);
    expect(await receives()).toEqual([]);

    const { idempotencyKey: _, merchantId: __, ...whole } = input;
    const again = { ...whole, agreementId, revision: 1, terms: { ...input.terms, unitFen: '900' } };
    expect(await merchant().ask(REDRAFT, { input: again })).toMatchObject({ agreement: { revision: 2 } });
    expect((await merchant().ask<Answer>(REDRAFT, { input: again })).code).toBe('LINKAGE_CHANGED');

    const unsigned = await merchant().ask<Answer>(SIGN, { agreementId, revision: 2, photoIds: [] });
    expect(unsigned.fields).toEqual([{ path: 'photoIds' }]);
    const photoIds = [await photo()];
    expect(await merchant().ask(SIGN, { agreementId, revision: 2, photoIds })).toMatchObject({
      agreement: { state: 'ACTIVE' },
    });
    expect(await receives()).toEqual([{ householdId, weight: 2 }]);
    expect((await merchant().ask<Answer>(REDRAFT, { input: { ...again, revision: 2 } })).code).toBe(
      'LINKAGE_STATE',
    );

    const amended = {
      agreementId,
      revision: 2,
      terms: { unitFen: '1000', note: '' },
      photoIds: [await photo()],
    };
    expect(await merchant().ask(AMEND, { input: amended })).toMatchObject({
      agreement: {
        revision: 3,
        terms: [{ unitFen: '800' }, { unitFen: '900' }, { unitFen: '1000', statedYearFen: null }],
      },
    });
    expect((await merchant().ask<Answer>(END, { agreementId, endsBefore: '2026-01-01' })).code).toBe(
      'INVALID_INPUT',
    );
    const ended = { agreement: { state: 'ACTIVE', endsBefore: '2027-01-01' } };
    expect(await merchant().ask(END, { agreementId, endsBefore: '2027-01-01' })).toMatchObject(ended);
    expect(await merchant().ask(END, { agreementId, endsBefore: '2027-01-01' })).toMatchObject(ended);
    const stranger = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') });
    const strange = await merchant(stranger).send(END, { agreementId, endsBefore: '2027-02-01' });
    expect(strange.errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is paid by with evidence, once per key, and corrected by reversal alone', async () => {
    const agreementId = await signed();
    const photoIds = [await photo(), await photo()];
    const input = {
      idempotencyKey: newId('req'),
      agreementId,
      householdId,
      amountFen: '123450',
      paidOn: '2026-10-15',
      photoIds,
    };
    const paid = await merchant().ask<Answer & { payment: { id: string } }>(RECORD, { input });
    expect(paid.payment).toMatchObject({
      category: 'BUSINESS',
      amountFen: '123450',
      confirmationState: 'NOT_ASKED',
      photoIds,
    });
    expect(await merchant().ask(RECORD, { input })).toEqual(paid);
    expect((await merchant().ask<Answer>(RECORD, { input: { ...input, amountFen: '1' } })).code).toBe(
      'LINKAGE_KEY_USED',
    );
    const strange = { ...input, idempotencyKey: newId('req'), householdId: (await makeHousehold(world)).id };
    expect((await merchant().send(RECORD, { input: strange })).errors[0]?.extensions.code).toBe('NOT_FOUND');

    const reversal = { paymentId: paid.payment.id, reason: '误记', idempotencyKey: newId('req') };
    const reversed = await merchant().ask<Answer & { payment: { id: string } }>(REVERSE, reversal);
    expect(reversed.payment).toMatchObject({ amountFen: '-123450', reversesId: paid.payment.id });
    expect(await merchant().ask(REVERSE, reversal)).toEqual(reversed);
    expect((await merchant().ask<Answer>(REVERSE, { ...reversal, reason: '别的' })).code).toBe(
      'LINKAGE_KEY_USED',
    );
    for (const paymentId of [paid.payment.id, reversed.payment.id])
      expect(
        (await merchant().ask<Answer>(REVERSE, { ...reversal, paymentId, idempotencyKey: newId('req') }))
          .code,
      ).toBe('LINKAGE_PAYMENT_REVERSED');
    const { nodes } = await merchant().ask<{ nodes: object[] }>(PAYMENTS, { agreementId });
    expect(nodes).toMatchObject([
      { reversedById: null },
      { id: paid.payment.id, reversedById: reversed.payment.id },
    ]);
    await expect(world.database.query('UPDATE linkage_payment SET amount_fen = 1')).rejects.toThrow(/denied/);
  });

  it('shows its photos to the merchant and to officials of the place, who are written down', async () => {
    const agreementId = await signed();
    const paymentId = await makeLinkagePayment(world, { agreementId, householdId }, payer());
    const [shown] = await world.database.query<{ photoId: string }>(
      'SELECT photo_id AS photoId FROM linkage_photo WHERE subject_id = ?',
      [paymentId],
    );
    const path = `/linkage-evidence/${paymentId}/photos/${shown?.photoId ?? ''}`;
    const status = async (service: 'merchant' | 'settlement', { token }: Person) =>
      (await world.client(service).http.get(path).set('authorization', `Bearer ${token}`)).status;

    expect(await status('merchant', owner)).toBe(200);
    expect(
      await status(
        'merchant',
        world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') }),
      ),
    ).toBe(404);
    expect(await status('settlement', official)).toBe(200);
    expect(
      await status(
        'settlement',
        world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430224' }),
      ),
    ).toBe(404);
    const seen = await world.database.query(
      'SELECT actor_id FROM audit_entry WHERE act = ? AND subject = ?',
      ['linkage.evidence_seen', paymentId],
    );
    expect(seen).toHaveLength(1);
  });

  it('registers a household once, shows it masked, and looks again at what was paid when somebody turns out to have left', async () => {
    const input = {
      idempotencyKey: newId('req'),
      headName: '欧阳桂花',
      villageCode: '430225209201',
      kind: 'MONITORED',
      registeredOn: '2026-10-01',
      members: [{ name: '欧阳小花', birthYear: 2009 }],
    };
    const made = await county().ask<{ household: { id: HouseholdId; members: { id: string }[] } }>(REGISTER, {
      input,
    });
    expect(made.household).toMatchObject({
      headName: '欧***',
      members: [{ name: '欧***', isHead: true }, { isHead: false }],
    });
    expect(await county().ask(REGISTER, { input })).toEqual(made);
    const twice = { ...input, idempotencyKey: newId('req') };
    const [one, other] = await Promise.all([1, 2].map(() => county().ask(REGISTER, { input: twice })));
    expect(one).toMatchObject({ __typename: 'HouseholdRegisterPayload' });
    expect(other).toEqual(one);
    expect((await county().ask<Answer>(REGISTER, { input: { ...input, kind: 'ORDINARY' } })).code).toBe(
      'LINKAGE_KEY_USED',
    );
    const outside = { ...input, idempotencyKey: newId('req'), villageCode: '430224100201' };
    expect((await county().send(REGISTER, { input: outside })).errors[0]?.extensions.code).toBe('NOT_FOUND');

    const agreementId = await signed([made.household.id]);
    const paymentId = await makeLinkagePayment(
      world,
      { agreementId, householdId: made.household.id },
      payer(),
    );
    expect(await flagsNow()).toEqual([]);
    const left = { memberId: made.household.members[0]?.id, state: 'DEAD', leftOn: '2026-09-01' };
    expect(await county().ask(SET_MEMBER, left)).toMatchObject({
      household: { members: [{ state: 'DEAD', leftOn: '2026-09-01' }, { state: 'PRESENT' }] },
    });
    await county().ask(SET_MEMBER, left);
    expect(await flagsNow()).toEqual([
      { id: expect.any(String), rule: 'MEMBER_GONE', payment: { id: paymentId } },
    ]);
    expect((await county().ask<Answer>(SET_MEMBER, { ...left, leftOn: null })).fields).toEqual([
      { path: 'leftOn' },
    ]);
  });

  it('flags sums that look made up, for an official who decides once; the merchant is told what was upheld', async () => {
    const neighbours = [householdId];
    for (let n = 1; n < 5; n += 1) neighbours.push((await makeHousehold(world)).id);
    // A list that was cut in two is the same list; the last two of it are told at once.
    const [agreementId, rest] = [await signed(neighbours.slice(0, 3)), await signed(neighbours.slice(3))];
    const pay = (by: string, each: HouseholdId) =>
      makeLinkagePayment(world, { agreementId: by, householdId: each }, payer());
    for (const each of neighbours.slice(0, 2)) await pay(agreementId, each);
    await pay(rest, present(neighbours[3], 'a fourth'));
    await Promise.all([
      pay(agreementId, present(neighbours[2], 'a third')),
      pay(rest, present(neighbours[4], 'a fifth')),
    ]);
    await makeLinkagePayment(world, { agreementId, householdId, amountFen: 400_000n }, payer());

    const flags = await flagsNow();
    const same = flags.filter(({ rule }) => rule === 'SAME_SUM');
    // All five, and not only the one that was the fifth.
    expect(new Set(same.map(({ payment }) => payment.id)).size).toBe(5);
    expect(flags.map(({ rule }) => rule).filter((rule) => rule !== 'SAME_SUM')).toEqual([
      'ROUND_SUM',
      'ABOVE_STATED',
    ]);
    const flagId = flags.find(({ rule }) => rule === 'ROUND_SUM')?.id;
    expect((await county().ask<Answer>(DECIDE, { flagId, isUpheld: true, note: ' ' })).fields).toEqual([
      { path: 'note' },
    ]);
    const upheld = { flag: { state: 'UPHELD', note: '无过磅单' } };
    expect(await county().ask(DECIDE, { flagId, isUpheld: true, note: '无过磅单' })).toMatchObject(upheld);
    expect(await county().ask(DECIDE, { flagId, isUpheld: true, note: '无过磅单' })).toMatchObject(upheld);
    expect((await county().ask<Answer>(DECIDE, { flagId, isUpheld: false, note: '无过磅单' })).code).toBe(
      'LINKAGE_FLAG_DECIDED',
    );
    const { nodes } = await merchant().ask<{ nodes: { isUpheld: boolean }[] }>(PAYMENTS, { agreementId });
    expect(nodes.map(({ isUpheld }) => isUpheld)).toEqual([true, false, false, false]);
    const statements = await countStatements(() => flagsNow());
    await makeLinkagePayment(
      world,
      { agreementId, householdId: neighbours[1] ?? '', amountFen: 300_000n },
      payer(),
    );
    expect(await countStatements(() => flagsNow())).toBe(statements);
  });

  describe('a household that is asked by a link', () => {
    let paymentId: string;
    const issue = async () => {
      const { token } = await county().ask<{ token: string }>(ISSUE, { paymentId });
      return token;
    };
    const shop = () => world.client('storefront');
    const say = (token: string, isReceived: boolean, reason = '') =>
      shop().ask<Answer>(CONFIRM, { token, isReceived, reason });

    beforeEach(async () => {
      const agreementId = await signed();
      paymentId = await makeLinkagePayment(world, { agreementId, householdId }, payer());
    });

    it('sees what was paid, without a name, and says yes once', async () => {
      const token = await issue();
      expect(await shop().ask(ASKED, { token })).toEqual({
        merchantName: '炎陵县合作社',
        kind: 'PURCHASE_ORDER',
        amountFen: '123450',
        paidOn: '2026-10-15',
        state: 'OPEN',
      });
      expect(await shop().ask(ASKED, { token: 'x' })).toBeNull();
      await expect(say('x', true)).rejects.toThrow('NOT_FOUND');

      expect(await say(token, true)).toMatchObject({ confirmation: { state: 'RECEIVED' } });
      expect(await say(token, true)).toMatchObject({ confirmation: { state: 'RECEIVED' } });
      expect((await say(token, false, '没有')).code).toBe('LINKAGE_CONFIRMATION_CLOSED');
      expect((await county().ask<Answer>(ISSUE, { paymentId })).code).toBe('LINKAGE_CONFIRMATION_CLOSED');
    });

    it('says no with a reason, which is a flag and in no income', async () => {
      const income = async () =>
        county().ask<{ totalFen: string; deniedFen: string }>(INCOME, { householdId, month: '2026-11-01' });
      expect(await income()).toEqual({
        from: '2025-11-01',
        before: '2026-11-01',
        categories: [
          { category: 'WAGE', amountFen: '0' },
          { category: 'BUSINESS', amountFen: '123450' },
          { category: 'PROPERTY', amountFen: '0' },
          { category: 'TRANSFER', amountFen: '0' },
        ],
        totalFen: '123450',
        deniedFen: '0',
      });
      const token = await issue();
      expect((await say(token, false)).fields).toEqual([{ path: 'reason' }]);
      expect(await say(token, false, '没有收到钱')).toMatchObject({
        confirmation: { state: 'NOT_RECEIVED' },
      });

      expect(await flagsNow()).toMatchObject([{ rule: 'DENIED', payment: { id: paymentId } }]);
      expect(await income()).toMatchObject({ totalFen: '0', deniedFen: '123450' });
      await merchant().ask(REVERSE, { paymentId, reason: '未付', idempotencyKey: newId('req') });
      expect(await income()).toMatchObject({ totalFen: '0', deniedFen: '0' });
    });

    it('has one link at a time, for two weeks, and none for what was reversed', async () => {
      const first = await issue();
      const second = await issue();
      expect(await shop().ask(ASKED, { token: first })).toBeNull();
      world.clock.advance(14 * DAY_MS);
      expect((await say(second, true)).code).toBe('LINKAGE_CONFIRMATION_CLOSED');
      const third = await issue();
      await merchant().ask(REVERSE, { paymentId, reason: '未付', idempotencyKey: newId('req') });
      expect(await shop().ask(ASKED, { token: third })).toMatchObject({ state: 'REVERSED' });
      expect(await say(third, true)).toEqual({
        __typename: 'LinkageConfirmationClosedError',
        code: 'LINKAGE_CONFIRMATION_CLOSED',
        confirmationState: 'REVERSED',
      });
      expect((await county().ask<Answer>(ISSUE, { paymentId })).code).toBe('LINKAGE_PAYMENT_REVERSED');
    });

    it('is asked by the officials of its place, and never by the merchant', async () => {
      const stranger = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430224' });
      expect((await county(stranger).send(ISSUE, { paymentId })).errors[0]?.extensions.code).toBe(
        'NOT_FOUND',
      );
      expect((await county(owner).send(ISSUE, { paymentId })).errors[0]?.extensions.code).toBe('FORBIDDEN');
    });
  });
});
