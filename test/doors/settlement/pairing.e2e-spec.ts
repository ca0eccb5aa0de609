import { type HouseholdId, LinkageService } from '#libs/household';
import { DAY_MS, type IdOf, businessDay, newId } from '#libs/kernel';
import { PairingReader, PairingService } from '#libs/pairing';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeHousehold, makeLinkagePayment, makeSignedLinkage } from '../../make/household.make.js';
import { makePhoto } from '../../make/photo.make.js';
import { type MadeVending, makeVending, visitOf } from '../../make/vending.make.js';

interface Answer {
  readonly code?: string;
  readonly pairing?: { readonly id: string };
}

const PAIRING =
  'id state slotCodes shownName soldFen soldUnits statedShareFen statedYearFen paidFen isUnpaid';
const PROPOSE = `mutation ($input: PairingProposeInput!) { pairingPropose(input: $input) { __typename
  ... on PairingProposePayload { pairing { ${PAIRING} } } ... on DomainError { code } } }`;
const END = `mutation ($pairingId: ID!) { pairingEnd(pairingId: $pairingId) { __typename
  ... on PairingEndPayload { pairing { state } } ... on DomainError { code } } }`;
const APPROVE = `mutation ($pairingId: ID!) { pairingApprove(pairingId: $pairingId) { __typename
  ... on PairingApprovePayload { pairing { ${PAIRING} } } ... on DomainError { code } } }`;
const REJECT = `mutation ($pairingId: ID!, $note: String!) { pairingReject(pairingId: $pairingId, note: $note) { __typename
  ... on PairingRejectPayload { pairing { state note } } ... on DomainError { code } } }`;
const WITHDRAW = `mutation ($pairingId: ID!) { pairingConsentWithdraw(pairingId: $pairingId) { __typename
  ... on PairingConsentWithdrawPayload { pairing { state story isConsented } } } }`;
const PAGE = `query ($state: PairingState) { pairings(state: $state) { nodes { ${PAIRING} } } }`;
const SUMMARY =
  '{ pairingSummary { pairingCount cabinetCount householdCount soldFen paidFen unpaidCount isWhole } }';
const KIOSK = `query ($visit: String!) { kiosk(visit: $visit) { growers {
  pairingId slotCodes shownName story hasPhoto paidFen paidMonth } } }`;

describe('one to one', () => {
  let world: World;
  let made: MadeVending;
  let owner: Person;
  let official: Person;
  let householdId: HouseholdId;
  let agreementId: string;

  beforeAll(async () => {
    world = await World.start({ services: ['merchant', 'settlement', 'storefront'] });
    official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' });
  });
  beforeEach(async () => {
    made = await makeVending(world, { batches: [{ quantity: 3, bestBeforeOn: null }] });
    owner = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: made.operatorId });
    householdId = (await makeHousehold(world)).id;
    agreementId = await makeSignedLinkage(world, {
      merchantId: made.operatorId as IdOf<'mer'>,
      householdIds: [householdId],
      userId: owner.userId,
      kind: 'EQUITY_DIVIDEND',
      terms: { unitFen: null, statedYearFen: 100_000n, shareBps: 1_000, note: '' },
    });
  });
  afterEach(() => world.clear('pairing', 'pairing_slot', 'pairing_household', 'vend', 'vend_item'));
  afterAll(() => world.close());

  const merchant = ({ token } = owner) => world.client('merchant').as(token);
  const county = ({ token } = official) => world.client('settlement').as(token);
  const wish = (changes: object = {}) => ({
    idempotencyKey: newId('req'),
    cabinetId: made.cabinetId,
    slotCodes: ['A1'],
    agreementId,
    householdIds: [householdId],
    story: '三亩桃园，自家施肥',
    isConsented: true,
    ...changes,
  });
  const propose = async (changes: object = {}) => {
    const { pairing, code } = await merchant().ask<Answer>(PROPOSE, { input: wish(changes) });
    return pairing?.id ?? String(code);
  };
  const paired = async (changes: object = {}) => {
    const pairingId = await propose(changes);
    await county().ask(APPROVE, { pairingId });
    return pairingId;
  };
  /** As it would stand: `delivered` of two out of a slot, for 18 yuan. */
  const sell = async (slotCode: string, delivered: number) => {
    const [id, lineId, at] = [newId('vnd'), newId('oln'), world.clock.now()];
    await world.database.transaction(async (tx) => {
      await tx.insert('vend', [
        {
          id,
          orderId: newId('ord'),
          cabinetId: made.cabinetId,
          channelPointId: made.channelPointId,
          countyCode: '430225',
          operatorId: made.operatorId,
          state: 'DONE',
          paidAt: at,
          begunAt: at,
          concludedAt: at,
        },
      ]);
      await tx.insert('vend_item', [
        {
          id: newId('vni'),
          vendId: id,
          orderLineId: lineId,
          slotCode,
          quantity: 2,
          fen: 1_801n,
          commandId: newId('ccm'),
          state: delivered === 2 ? 'FINISHED' : 'FAILED',
          deliveredUnits: delivered,
          isContradicted: false,
        },
      ]);
    });
    return lineId;
  };
  const kiosk = async () => {
    const { growers } = await world
      .client('storefront')
      .ask<{ growers: object[] }>(KIOSK, { visit: visitOf(world, made.cabinetId) });
    return growers;
  };

  it('is proposed once per key, for slots that are free, with households of one’s own agreement', async () => {
    const input = wish();
    const proposed = await merchant().ask<Answer>(PROPOSE, { input });
    expect(proposed.pairing).toMatchObject({
      state: 'PROPOSED',
      slotCodes: ['A1'],
      shownName: '陈某',
      soldFen: '0',
    });
    expect(await merchant().ask(PROPOSE, { input })).toEqual(proposed);
    expect((await merchant().ask<Answer>(PROPOSE, { input: { ...input, story: '另一个' } })).code).toBe(
      'PAIRING_KEY_USED',
    );
    expect(await propose()).toBe('SLOT_PAIRED');
    expect(await propose({ slotCodes: ['A2', 'A1'] })).toBe('SLOT_PAIRED');
    const stranger = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') });
    for (const [who, changes] of [
      [owner, { slotCodes: ['Z9'] }],
      [owner, { slotCodes: ['A2'], householdIds: [(await makeHousehold(world)).id] }],
      [owner, { slotCodes: ['A2'], photoId: newId('fil') }],
      [stranger, { slotCodes: ['A2'] }],
    ] as const) {
      const { errors } = await merchant(who).send(PROPOSE, { input: wish(changes) });
      expect(errors[0]?.extensions.code).toBe('NOT_FOUND');
    }
    // At the same moment: one of them.
    const [one, other] = await Promise.all([propose({ slotCodes: ['A2'] }), propose({ slotCodes: ['A2'] })]);
    expect([one, other].filter((code) => code === 'SLOT_PAIRED')).toHaveLength(1);
  });

  it('is shown when an official has looked at it, and ends when its merchant says so', async () => {
    const pairingId = await propose({ photoId: await makePhoto(world, owner.userId) });
    expect(await kiosk()).toEqual([]);
    const nextDoor = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430224' });
    expect((await county(nextDoor).send(APPROVE, { pairingId })).errors[0]?.extensions.code).toBe(
      'NOT_FOUND',
    );
    const photo = () => world.client('storefront').http.get(`/pairings/${pairingId}/photo`);
    expect((await photo()).status).toBe(404);
    const looked = ({ token }: Person) =>
      world
        .client('settlement')
        .http.get(`/pairings/${pairingId}/photo`)
        .set('authorization', `Bearer ${token}`);
    expect((await looked(official)).status).toBe(200);
    expect((await looked(nextDoor)).status).toBe(404);
    const seen = await world.database.query(
      'SELECT actor_id FROM audit_entry WHERE act = ? AND subject = ?',
      ['pairing.photo_seen', pairingId],
    );
    expect(seen).toHaveLength(1);

    expect(await county().ask(APPROVE, { pairingId })).toMatchObject({ pairing: { state: 'ACTIVE' } });
    expect((await county().ask<Answer>(APPROVE, { pairingId })).code).toBe('PAIRING_STATE');
    expect((await county().ask<Answer>(REJECT, { pairingId, note: '有误' })).code).toBe('PAIRING_STATE');
    const grower = {
      pairingId,
      slotCodes: ['A1'],
      shownName: '陈某',
      story: '三亩桃园，自家施肥',
      hasPhoto: true,
      paidFen: '0',
      paidMonth: null,
    };
    expect(await kiosk()).toEqual([grower]);
    expect((await photo()).status).toBe(200);

    await makeLinkagePayment(
      world,
      { agreementId, householdId, amountFen: 12_345n, paidOn: '2026-11-02' },
      { userId: owner.userId, merchantIds: [made.operatorId] },
    );
    expect(await kiosk()).toEqual([{ ...grower, paidFen: '12345', paidMonth: '2026-11-01' }]);

    expect(await merchant().ask(END, { pairingId })).toMatchObject({ pairing: { state: 'ENDED' } });
    expect(await merchant().ask(END, { pairingId })).toMatchObject({ pairing: { state: 'ENDED' } });
    expect(await kiosk()).toEqual([]);
    expect((await photo()).status).toBe(404);
    expect(await propose()).toMatch(/^prg_/);
  });

  it('ends with its agreement: from midnight of that day no sale is theirs, nobody is shown, and the slots are free', async () => {
    const [pairingId, waiting] = [await paired(), await propose({ slotCodes: ['A2'] })];
    const tomorrow = businessDay(new Date(world.clock.now().getTime() + DAY_MS));
    await world
      .get(LinkageService)
      .end(agreementId, tomorrow, { userId: owner.userId, merchantIds: [made.operatorId] });
    const lasting = await makeSignedLinkage(world, {
      merchantId: made.operatorId as IdOf<'mer'>,
      householdIds: [householdId],
      userId: owner.userId,
      kind: 'EQUITY_DIVIDEND',
      terms: { unitFen: null, statedYearFen: 100_000n, shareBps: 1_000, note: '' },
    });
    const kept = await paired({ slotCodes: ['A3'], agreementId: lasting });
    expect(await world.get(LinkageService).tellEnded(100)).toBe(0);
    const before = await sell('A1', 2);
    world.clock.set(`${tomorrow}T00:00:30+08:00`);
    const late = await sell('A1', 2);
    // Nobody has heard of it yet.
    expect(await county().ask<Answer>(APPROVE, { pairingId: waiting })).toMatchObject({
      code: 'PAIRING_STATE',
    });

    expect(await world.get(LinkageService).tellEnded(100)).toBe(1);
    expect(await world.get(LinkageService).tellEnded(100)).toBe(0);
    await world.settle();
    // Told again, as every fact may be.
    await world.database.transaction((tx) =>
      world.get(PairingService).agreementEnded(tx, agreementId, tomorrow),
    );

    expect(await kiosk()).toMatchObject([{ pairingId: kept }]);
    const ends = await world.database.query<{ id: string; endsAt: Date }>(
      "SELECT id, ends_at AS endsAt FROM pairing WHERE state = 'ENDED' ORDER BY id",
    );
    const endsAt = new Date(`${tomorrow}T00:00:00+08:00`);
    expect(ends).toEqual([pairingId, waiting].toSorted().map((id) => ({ id, endsAt })));
    const growers = await world.get(PairingReader).growersOfLines([before, late]);
    expect(growers.map(({ orderLineId }) => orderLineId)).toEqual([before]);
    expect(await propose({ agreementId: lasting })).toMatch(/^prg_/);
    const acts = await world.database.query(
      "SELECT actor_id AS actorId FROM audit_entry WHERE act = 'pairing.ended' AND subject = ?",
      [pairingId],
    );
    expect(acts).toEqual([{ actorId: null }]);
  });

  it('shows nothing of households that have not agreed, nor of what was rejected', async () => {
    await paired({ story: '', isConsented: false });
    const rejected = await propose({ slotCodes: ['A2'] });
    expect(await county().ask(REJECT, { pairingId: rejected, note: '故事里有病情' })).toMatchObject({
      pairing: { state: 'REJECTED', note: '故事里有病情' },
    });
    expect(await kiosk()).toEqual([]);
    expect(await propose({ slotCodes: ['A2'] })).toMatch(/^prg_/);
  });

  it('is approved by somebody else than whoever has proposed it, who answers for all of its households', async () => {
    const [neighbour, far] = [
      (await makeHousehold(world, { headName: '李秋菊', villageCode: '430225100202' })).id,
      (await makeHousehold(world, { villageCode: '430224100201' })).id,
    ];
    const householdIds = [householdId, neighbour];
    const wider = await makeSignedLinkage(world, {
      merchantId: made.operatorId as IdOf<'mer'>,
      householdIds: [...householdIds, far],
      userId: owner.userId,
    });
    expect(await propose({ agreementId: wider, householdIds: [householdId, far] })).toBe('INVALID_INPUT');

    const pairingId = await propose({ agreementId: wider, householdIds });
    const township = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225209' });
    for (const [operation, variables] of [
      [APPROVE, { pairingId }],
      [REJECT, { pairingId, note: '有误' }],
    ] as const) {
      const { errors } = await county(township).send(operation, variables);
      expect(errors[0]?.extensions.code).toBe('NOT_FOUND');
    }
    // Somebody may work for a merchant and hold an office.
    const byOfficial = [official.userId, pairingId];
    await world.database.transaction((tx) =>
      tx.write('UPDATE pairing SET proposed_by = ? WHERE id = ?', byOfficial),
    );
    expect((await county().ask<Answer>(APPROVE, { pairingId })).code).toBe('OWN_PAIRING');
    expect(await kiosk()).toEqual([]);
    const colleague = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' });
    expect(await county(colleague).ask(APPROVE, { pairingId })).toMatchObject({
      pairing: { state: 'ACTIVE' },
    });
    expect(await kiosk()).toMatchObject([
      { shownName: expect.stringMatching(/^(陈某、李某|李某、陈某)$/) as string },
    ]);
  });

  it('shows nothing from the moment at which consent is withdrawn, and goes on counting', async () => {
    const photoId = await makePhoto(world, owner.userId);
    const pairingId = await paired({ photoId });
    const ended = await paired({ slotCodes: ['A2'] });
    const lines = [await sell('A1', 2), await sell('A2', 2)];
    world.clock.advance(1_000);
    await merchant().ask(END, { pairingId: ended });
    const receipts = () => world.get(PairingReader).growersOfLines(lines);
    expect(await receipts()).toHaveLength(2);
    const stranger = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') });
    expect((await merchant(stranger).send(WITHDRAW, { pairingId })).errors[0]?.extensions.code).toBe(
      'NOT_FOUND',
    );

    const withdrawn = { pairing: { state: 'ACTIVE', story: '', isConsented: false } };
    expect(await merchant().ask(WITHDRAW, { pairingId })).toMatchObject(withdrawn);
    expect(await county().ask(WITHDRAW, { pairingId })).toMatchObject(withdrawn);
    expect(await county().ask(WITHDRAW, { pairingId: ended })).toMatchObject({ pairing: { state: 'ENDED' } });
    expect(await kiosk()).toEqual([]);
    expect(await receipts()).toEqual([]);
    for (const service of ['storefront', 'settlement'] as const) {
      const asked = world.client(service).http.get(`/pairings/${pairingId}/photo`);
      expect((await asked.set('authorization', `Bearer ${official.token}`)).status).toBe(404);
    }
    // Nothing else shows it: it is swept.
    expect(
      await world.database.query('SELECT id FROM stored_file WHERE id = ? AND attached_at IS NULL', [
        photoId,
      ]),
    ).toHaveLength(1);
    await sell('A1', 2);
    expect(await county().ask(PAGE, { state: 'ACTIVE' })).toMatchObject({ nodes: [{ soldFen: '3602' }] });
    const acts = await world.database.query('SELECT act FROM audit_entry WHERE act = ? AND subject = ?', [
      'pairing.consent_withdrawn',
      pairingId,
    ]);
    expect(acts).toHaveLength(1);
  });

  it('has the sales of its slots while it goes on, and what the agreement states of them', async () => {
    await sell('A1', 2);
    world.clock.advance(1_000);
    const pairingId = await paired({ slotCodes: ['A1', 'A3'] });
    const lineId = await sell('A1', 1);
    const whole = await sell('A3', 2);
    const beside = await sell('A2', 2);
    await sell('A1', 0);

    const { nodes } = await county().ask<{ nodes: object[] }>(PAGE, { state: 'ACTIVE' });
    expect(nodes).toEqual([
      {
        id: pairingId,
        state: 'ACTIVE',
        slotCodes: ['A1', 'A3'],
        shownName: '陈某',
        soldFen: '2701',
        soldUnits: 3,
        statedShareFen: '270',
        statedYearFen: '100000',
        paidFen: '0',
        isUnpaid: false,
      },
    ]);
    world.clock.advance(1_000);
    await merchant().ask(END, { pairingId });
    const after = await sell('A1', 2);
    const growers = await world.get(PairingReader).growersOfLines([lineId, whole, beside, after]);
    expect(growers.map(({ orderLineId }) => orderLineId).toSorted()).toEqual([lineId, whole].toSorted());
  });

  it('is summed up for officials, who see who was not paid for sixty days', async () => {
    await paired();
    await sell('A1', 2);
    const summary = {
      pairingCount: 1,
      cabinetCount: 1,
      householdCount: 1,
      soldFen: '1801',
      paidFen: '0',
      unpaidCount: 0,
      isWhole: true,
    };
    expect(await county().ask(SUMMARY)).toEqual(summary);
    const few = await countStatements(() => county().ask(PAGE));
    await paired({ slotCodes: ['A2'] });
    expect(await countStatements(() => county().ask(PAGE))).toBe(few);
    world.clock.advance(60 * DAY_MS);
    expect(await county().ask(SUMMARY)).toEqual({ ...summary, pairingCount: 2, unpaidCount: 1 });
    // Both pairings are of one household, and what it was paid is counted once.
    await makeLinkagePayment(
      world,
      { agreementId, householdId, amountFen: 12_345n, paidOn: businessDay(world.clock.now()) },
      { userId: owner.userId, merchantIds: [made.operatorId] },
    );
    expect(await county().ask(SUMMARY)).toEqual({ ...summary, pairingCount: 2, paidFen: '12345' });
    const nextDoor = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430224' });
    expect(await county(nextDoor).ask(SUMMARY)).toMatchObject({ pairingCount: 0, soldFen: '0' });
  });
});
