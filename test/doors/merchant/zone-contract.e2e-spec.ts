import { jest } from '@jest/globals';
import { ZoneContractReminderService } from '#libs/channel';
import { SmsGateway, UserReader } from '#libs/identity';
import { newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { World } from '../../harness/world.js';
import { makeScan } from '../../make/application.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePlace } from '../../make/place.make.js';
import { makeUser } from '../../make/user.make.js';

const CONTRACT =
  'id seriesId divisionName state validTo endedOn isHolding shopCount hostName reason files { id }';
const REFUSAL = `__typename ... on DomainError { code } ... on InvalidInputError { fields { path } }`;
const STATE = '... on ZoneContractStateError { contractState }';
const PROPOSE = `mutation ($input: ZoneContractProposeInput!) { zoneContractPropose(input: $input) { ${REFUSAL} ${STATE} ... on ZoneContractProposePayload { contract { ${CONTRACT} } } } }`;
const SHOPS = `mutation ($contractId: ID!, $placeIds: [ID!]!) { zoneContractShopsAdd(contractId: $contractId, placeIds: $placeIds) { ${REFUSAL} ${STATE} ... on ZoneContractShopsAddPayload { contract { ${CONTRACT} } } } }`;
const END = `mutation ($contractId: ID!, $reason: String!) { zoneContractEnd(contractId: $contractId, reason: $reason) { ${REFUSAL} ${STATE} ... on ZoneContractEndPayload { contract { ${CONTRACT} } } } }`;
const DECIDE = `mutation ($contractId: ID!, $verdict: ZoneContractVerdict!) { zoneContractDecide(contractId: $contractId, verdict: $verdict, reason: "已核对") { ${REFUSAL} ${STATE} ... on ZoneContractDecidePayload { contract { ${CONTRACT} } } } }`;
const ONE = `query ($id: ID!) { zoneContract(id: $id) { ${CONTRACT} } }`;
const LIST = `query { zoneContracts(state: PROPOSED) { nodes { id } } }`;
const UNDER = `query ($hostId: ID!, $seriesId: ID, $kind: ChannelKind) { places(merchantId: $hostId, contractSeriesId: $seriesId, kind: $kind) { nodes { id } } }`;
const OPEN = 'query ($id: ID!) { channelPoint(id: $id) { id } }';
const BUYABLE = 'query { channelPoints(kind: ZONE) { nodes { id } } }';

interface Contract {
  readonly id: string;
  readonly state: string;
}
interface Answer {
  readonly code?: string;
  readonly contractState?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly contract?: Contract;
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement', 'storefront'] });
  await makeDivisions(world);
});
beforeEach(() => world.clock.set('2026-11-02T04:00:00.000Z'));
afterAll(() => world.close());

const grant = (role: Grant['role'], scopeId: string): Grant => ({
  role,
  scopeKind: role === 'MERCHANT_OWNER' ? 'MERCHANT' : 'DIVISION',
  scopeId,
});
const at = (service: 'merchant' | 'settlement', token: string) => ({
  ask: <T = Answer>(query: string, variables: object = {}) =>
    world
      .client(service)
      .as(token)
      .ask<T>(query, variables as Record<string, unknown>),
});
const office = (code = '430200') => at('settlement', world.person(grant('OFFICIAL', code)).token);

async function host() {
  const { id: hostId } = await makeMerchant(world, { kind: 'VENUE_OPERATOR' });
  const { userId } = await makeUser(world, { grants: [grant('MERCHANT_OWNER', hostId)] });
  return { hostId, userId, ...at('merchant', world.personOf(userId, grant('MERCHANT_OWNER', hostId)).token) };
}
type Host = Awaited<ReturnType<typeof host>>;

const wish = async ({ hostId, userId }: Host, changes: object = {}, renewsId?: string) => ({
  input: {
    hostId,
    idempotencyKey: newId('req'),
    renewsId,
    contract: {
      divisionCode: '430200',
      number: '株专区〔2026〕3号',
      validFrom: '2026-11-01',
      validTo: '2026-11-30',
      operatorBps: 800,
      fileIds: [await makeScan(world, userId)],
      ...changes,
    },
  },
});
const paths = ({ fields }: Answer) => fields?.map(({ path }) => path);
const isOpen = async (id: string) =>
  (await world.client('storefront').ask<object | null>(OPEN, { id })) !== null;

async function agreed(me: Host, changes: object = {}, renewsId?: string): Promise<string> {
  const { contract } = await me.ask(PROPOSE, await wish(me, changes, renewsId));
  const contractId = contract?.id ?? '';
  expect((await office().ask(DECIDE, { contractId, verdict: 'AGREED' })).contract?.state).toBe('AGREED');
  return contractId;
}

it('one contract stands for many shops; the day after its end none of them sells, unless it was renewed', async () => {
  const me = await host();
  const shops = [1, 2].map((no) =>
    makePlace(world, { operatorId: me.hostId, userId: me.userId, place: { name: `专区${no}` } }),
  );
  const placeIds = await Promise.all(shops);
  const [first = ''] = placeIds;

  const proposing = await wish(me);
  const proposed = await me.ask(PROPOSE, proposing);
  expect(await me.ask(PROPOSE, proposing)).toEqual(proposed);
  const other = { input: { ...proposing.input, contract: { ...proposing.input.contract, operatorBps: 1 } } };
  expect((await me.ask(PROPOSE, other)).code).toBe('ZONE_CONTRACT_KEY_USED');
  const contractId = proposed.contract?.id ?? '';
  expect((await me.ask(SHOPS, { contractId, placeIds })).contractState).toBe('PROPOSED');
  // A city's contract is the city's.
  await expect(office('430225').ask(DECIDE, { contractId, verdict: 'AGREED' })).rejects.toThrow(/NOT_FOUND/);
  const both = world.personOf(me.userId, grant('OFFICIAL', '430200')).token;
  expect((await at('settlement', both).ask(DECIDE, { contractId, verdict: 'AGREED' })).code).toBe(
    'OWN_CONTRACT',
  );
  const waiting = await office().ask<{ nodes: { id: string }[] }>(LIST);
  expect(waiting.nodes.map(({ id }) => id)).toContain(contractId);
  const official = office();
  const decided = await official.ask(DECIDE, { contractId, verdict: 'AGREED' });
  expect(await official.ask(DECIDE, { contractId, verdict: 'AGREED' })).toEqual(decided);
  expect((await office().ask(DECIDE, { contractId, verdict: 'RETURNED' })).contractState).toBe('AGREED');

  expect((await me.ask(SHOPS, { contractId, placeIds })).contract).toMatchObject({
    shopCount: 2,
    isHolding: true,
  });
  const again = await me.ask<{ contract: { seriesId: string } }>(SHOPS, { contractId, placeIds });
  expect(again.contract).toMatchObject({ shopCount: 2, divisionName: '株洲市' });
  const under = async (variables: object) => {
    const { nodes } = await me.ask<{ nodes: { id: string }[] }>(UNDER, { hostId: me.hostId, ...variables });
    return nodes.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1));
  };
  expect(await under({ seriesId: again.contract.seriesId, kind: 'ZONE' })).toEqual(
    placeIds.toSorted((a, b) => (a < b ? -1 : 1)),
  );
  expect([await under({ kind: 'PAVILION' }), await under({ seriesId: 'zct_0' })]).toEqual([[], []]);
  expect(await isOpen(first)).toBe(true);
  world.clock.set('2026-11-30T15:59:59.000Z');
  expect(await isOpen(first)).toBe(true);
  world.clock.set('2026-11-30T16:00:00.000Z');
  expect(await isOpen(first)).toBe(false);
  expect((await world.client('storefront').ask<{ nodes: object[] }>(BUYABLE)).nodes).toEqual([]);
  expect(await me.ask(ONE, { id: contractId })).toMatchObject({ isHolding: false, endedOn: null });

  // Renewed while it held, its shops go on without anybody touching them.
  world.clock.set('2026-11-20T04:00:00.000Z');
  const gap = await wish(me, { validFrom: '2026-12-02', validTo: '2027-11-30' }, contractId);
  expect(paths(await me.ask(PROPOSE, gap))).toEqual(['contract.validFrom']);
  const next = { validFrom: '2026-12-01', validTo: '2027-11-30' };
  const two = await Promise.all([
    me.ask(PROPOSE, await wish(me, next, contractId)),
    me.ask(PROPOSE, await wish(me, next, contractId)),
  ]);
  expect(two.map(({ contract, code }) => String(contract?.state ?? code)).toSorted()).toEqual([
    'PROPOSED',
    'ZONE_CONTRACT_WAITS',
  ]);
  const renewal = two.find(({ contract }) => contract)?.contract?.id ?? '';
  await official.ask(DECIDE, { contractId: renewal, verdict: 'AGREED' });
  world.clock.set('2026-12-05T04:00:00.000Z');
  expect(await isOpen(first)).toBe(true);
  expect(await me.ask(ONE, { id: renewal })).toMatchObject({ isHolding: true, shopCount: 2 });

  // Ended early, nothing of it sells from that moment on.
  const ended = await official.ask(END, { contractId: renewal, reason: '主办方违约' });
  expect(ended.contract).toMatchObject({ endedOn: '2026-12-05', isHolding: false });
  expect(await official.ask(END, { contractId: renewal, reason: '主办方违约' })).toEqual(ended);
  expect(await isOpen(first)).toBe(false);
});

it('says at once what is wrong, and takes no shops of others', async () => {
  const me = await host();
  const stranger = await host();
  const theirs = await makePlace(world, { operatorId: stranger.hostId, userId: stranger.userId });

  expect(
    paths(
      await me.ask(
        PROPOSE,
        await wish(me, { number: ' ', operatorBps: 9_000, fileIds: [], divisionCode: '990000' }),
      ),
    ),
  ).toEqual(['contract.number', 'contract.divisionCode', 'contract.operatorBps', 'contract.fileIds']);
  const contractId = await agreed(me);
  expect(paths(await me.ask(SHOPS, { contractId, placeIds: [theirs] }))).toEqual(['placeIds']);
  expect(paths(await me.ask(SHOPS, { contractId, placeIds: [] }))).toEqual(['placeIds']);
  await expect(stranger.ask(END, { contractId, reason: '不办了' })).rejects.toThrow(/NOT_FOUND/);
  expect(await stranger.ask(ONE, { id: contractId })).toBeNull();
  await expect(stranger.ask(PROPOSE, await wish(stranger, {}, contractId))).rejects.toThrow(/NOT_FOUND/);
  const kept = await me.ask<Contract>(ONE, { id: contractId });
  expect(kept).toMatchObject({ state: 'AGREED', endedOn: null, shopCount: 0 });
});

it('its host is told in good time that it ends, each time once, and not while the next one waits or was agreed to', async () => {
  const me = await host();
  const [person] = await world.get(UserReader).phonesOf([me.userId]);
  const told: string[] = [];
  const sms = jest
    .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendMerchantNotice')
    .mockImplementation(async (phone, { news, paperName, endsOn }) => {
      world.database.assertNoneOpen();
      if (phone === person?.phone) told.push(`${news} ${paperName} ${endsOn ?? ''}`);
    });
  const remindAt = async (instant: string) => {
    world.clock.set(instant);
    const service = world.get(ZoneContractReminderService);
    await Promise.all([service.remindDue(100), service.remindDue(100)]);
    await world.settle();
    return told.splice(0);
  };
  const contractId = await agreed(me, { validTo: '2027-03-31' });
  const ending = 'CONTRACT_ENDING 株专区〔2026〕3号 2027-03-31';

  expect(await remindAt('2027-01-29T02:00:00Z')).toEqual([]);
  expect(await remindAt('2027-01-29T16:30:00Z')).toEqual([]); // Half past midnight: nobody is woken.
  expect(await remindAt('2027-01-30T02:00:00Z')).toEqual([ending]);
  expect(await remindAt('2027-02-10T02:00:00Z')).toEqual([]);
  // No clock ran on the first of March: a day later it is told all the same.
  expect(await remindAt('2027-03-02T02:00:00Z')).toEqual([ending]);
  const next = { validFrom: '2027-04-01', validTo: '2028-03-31' };
  const { contract } = await me.ask(PROPOSE, await wish(me, next, contractId));
  expect(await remindAt('2027-03-25T02:00:00Z')).toEqual([]);
  const verdict = { contractId: contract?.id, verdict: 'RETURNED' };
  expect((await office().ask(DECIDE, verdict)).contract?.state).toBe('RETURNED');
  expect(await remindAt('2027-03-26T02:00:00Z')).toEqual([ending]);
  expect(await remindAt('2027-04-01T02:00:00Z')).toEqual([]);
  // A longer one that was ended goes on for nobody: the one in its place is told of.
  const longer = await agreed(me, next, contractId);
  await office().ask(END, { contractId: longer, reason: '主办方违约' });
  await agreed(me, { validFrom: '2027-04-01', validTo: '2027-04-20' }, contractId);
  expect(await remindAt('2027-04-02T02:00:00Z')).toEqual(['CONTRACT_ENDING 株专区〔2026〕3号 2027-04-20']);
  sms.mockRestore();
});
