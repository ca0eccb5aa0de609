import { PlaceCountReader } from '#libs/channel';
import { type IdOf, newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeScan } from '../../make/application.make.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePlace, zoneProposal } from '../../make/place.make.js';
import { makeUser } from '../../make/user.make.js';

const PLACE =
  'id state revision openedOn documentNo heldBy operatorName steps { number act state side reason effectiveOn files { id } }';
const REFUSAL = '__typename ... on DomainError { code } ... on InvalidInputError { fields { path } } ';
const STATE = '... on PlaceStateError { placeState revision }';
const PROPOSE = `mutation ($input: PlaceProposeInput!) { placePropose(input: $input) { ${REFUSAL} ... on PlaceProposePayload { place { ${PLACE} } } } }`;
const AMEND = `mutation ($input: PlaceAmendInput!) { placeAmend(input: $input) { ${REFUSAL} ${STATE} ... on PlaceAmendPayload { place { ${PLACE} } } } }`;
const STEP = `mutation ($input: PlaceStepInput!) { placeStep(input: $input) { ${REFUSAL} ${STATE} ... on PlaceStepPayload { place { ${PLACE} } } } }`;
const DECIDE = `mutation ($input: PlaceDecideInput!) { placeDecide(input: $input) { ${REFUSAL} ${STATE} ... on PlaceDecidePayload { place { ${PLACE} } } } }`;
const ENTRUST = `mutation ($input: PlaceEntrustInput!) { placeEntrust(input: $input) { ${REFUSAL} ${STATE} ... on PlaceEntrustPayload { place { ${PLACE} } } } }`;
const MINE = `query ($merchantId: ID!, $first: Int) { places(merchantId: $merchantId, first: $first) { nodes { id name state operatorName } } }`;
const QUEUE = `query ($isWaiting: Boolean, $first: Int) { places(isWaiting: $isWaiting, first: $first) { nodes { id name state operatorName } } }`;
const ONE = `query ($id: ID!) { place(id: $id) { ${PLACE} } }`;
const OPEN = 'query ($id: ID!) { channelPoint(id: $id) { id } }';

interface Place {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly steps: readonly { readonly act: string; readonly reason: string }[];
}
interface Answer {
  readonly code?: string;
  readonly placeState?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly place?: Place;
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
  token,
  ask: <T = Answer>(query: string, variables: object = {}) =>
    world
      .client(service)
      .as(token)
      .ask<T>(query, variables as Record<string, unknown>),
});
const office = (code = '430225', role: Grant['role'] = 'OFFICIAL') =>
  at('settlement', world.person(grant(role, code)).token);

async function operator() {
  const { id: merchantId } = await makeMerchant(world, { kind: 'VENUE_OPERATOR' });
  const { userId } = await makeUser(world, { grants: [grant('MERCHANT_OWNER', merchantId)] });
  const { token } = world.personOf(userId, grant('MERCHANT_OWNER', merchantId));
  return { merchantId, userId, ...at('merchant', token) };
}
type Operator = Awaited<ReturnType<typeof operator>>;

const proposal = (me: Operator, changes: object = {}) => ({
  input: { merchantId: me.merchantId, idempotencyKey: newId('req'), place: zoneProposal(changes) },
});
const file = (userId: IdOf<'usr'>) => makeScan(world, userId);
const isOpen = async (id: string) =>
  (await world.client('storefront').ask<object | null>(OPEN, { id })) !== null;
const paths = ({ fields }: Answer) => fields?.map(({ path }) => path);

it('a zone goes from its proposal to its opening, and only then sells; built and open are counted apart on each day', async () => {
  const me = await operator();
  const official = office();
  const counts = async (day: string) =>
    Object.fromEntries(
      (await world.get(PlaceCountReader).countsOn(day, ['430225'])).map(({ kind, state, points }) => [
        `${kind} ${state}`,
        Number(points),
      ]),
    );
  const wish = proposal(me);

  const [proposed, again] = [await me.ask(PROPOSE, wish), await me.ask(PROPOSE, wish)];
  expect(proposed.place).toMatchObject({ state: 'PROPOSED', revision: 1 });
  expect(again).toEqual(proposed);
  const other = { input: { ...wish.input, place: zoneProposal({ name: '另一个' }) } };
  expect((await me.ask(PROPOSE, other)).code).toBe('PLACE_KEY_USED');
  const placeId = proposed.place?.id ?? '';
  const step = async (revision: number, act: string, more: object = {}) =>
    me.ask(STEP, { input: { placeId, revision, act, ...more } });
  const decide = (revision: number, act: string, more: object = {}) =>
    official.ask(DECIDE, { input: { placeId, revision, act, reason: '符合要求', ...more } });

  expect(paths(await step(1, 'SITE_AGREED'))).toEqual(['fileIds']);
  const agreement = await file(me.userId);
  expect((await step(1, 'SITE_AGREED', { fileIds: [agreement] })).place?.state).toBe('SITE_AGREED');
  // Whoever runs it has nothing to decide, and nothing is skipped.
  expect(await step(2, 'BUILT', { fileIds: [agreement] })).toMatchObject({
    code: 'PLACE_STATE',
    placeState: 'SITE_AGREED',
    revision: 2,
  });
  expect(paths(await decide(2, 'APPROVED'))).toEqual(['documentNo']);
  const both = await Promise.all([
    decide(2, 'APPROVED', { documentNo: '株商发〔2026〕8号' }),
    office('430225', 'DEPARTMENT_OFFICER').ask(DECIDE, {
      input: { placeId, revision: 2, act: 'RETURNED', reason: '请补充协议' },
    }),
  ]);
  expect(both.filter(({ place }) => place !== undefined)).toHaveLength(1);
  let now = both.find(({ place }) => place)?.place;
  if (now?.state === 'PROPOSED') {
    await step(3, 'SITE_AGREED', { fileIds: [agreement] });
    now = (await decide(4, 'APPROVED', { documentNo: '株商发〔2026〕8号' })).place;
  }
  const from = now?.revision ?? 0;
  world.clock.set('2026-11-09T04:00:00.000Z');
  const photos = { fileIds: [await file(me.userId)], effectiveOn: '2026-11-08' };
  expect((await step(from, 'BUILT', photos)).place?.state).toBe('BUILT');
  const sentBack = await decide(from + 1, 'RETURNED', { reason: '未设标识牌' });
  expect(sentBack.place?.state).toBe('APPROVED');
  expect(sentBack.place?.steps.at(-1)).toMatchObject({ act: 'RETURNED', reason: '未设标识牌' });
  await step(from + 2, 'BUILT', { fileIds: [await file(me.userId)] });
  const inspected = await decide(from + 3, 'INSPECTED');
  // Its answer was lost.
  expect(await decide(from + 3, 'INSPECTED')).toEqual(inspected);
  expect(await isOpen(placeId)).toBe(false);
  expect(await counts('2026-11-09')).toEqual({ 'ZONE INSPECTED': 1 });
  world.clock.set('2026-11-12T04:00:00.000Z');
  expect((await step(from + 4, 'OPENED')).place).toMatchObject({ state: 'OPEN', openedOn: '2026-11-12' });
  expect(await isOpen(placeId)).toBe(true);
  expect(await counts('2026-11-12')).toEqual({ 'ZONE OPEN': 1 });
  expect(await counts('2026-11-11')).toEqual({ 'ZONE INSPECTED': 1 });
  expect(await counts('2026-11-01')).toEqual({});

  // What an office suspends, an office opens again; what its operator does, either.
  expect((await decide(from + 5, 'SUSPENDED', { reason: '食品抽检' })).place).toMatchObject({
    heldBy: 'OFFICE',
  });
  expect(await isOpen(placeId)).toBe(false);
  expect((await step(from + 6, 'OPENED')).code).toBe('PLACE_STATE');
  expect((await decide(from + 6, 'OPENED')).place).toMatchObject({ heldBy: null, openedOn: '2026-11-12' });
  expect((await step(from + 7, 'CLOSED', { reason: '合同到期' })).place?.state).toBe('CLOSED');
  expect((await step(from + 8, 'OPENED')).code).toBe('PLACE_STATE');
  expect(await counts('2026-11-12')).toEqual({ 'ZONE CLOSED': 1 });
});

it('what was sent back is said anew; its kind and county stay', async () => {
  const me = await operator();
  const placeId = await makePlace(world, {
    operatorId: me.merchantId,
    userId: me.userId,
    until: 'SITE_AGREED',
  });
  const amend = (revision: number, changes: object) =>
    me.ask(AMEND, { input: { placeId, revision, place: zoneProposal(changes) } });

  expect((await amend(2, { name: '改名' })).code).toBe('PLACE_STATE');
  await office().ask(DECIDE, { input: { placeId, revision: 2, act: 'RETURNED', reason: '地址不详' } });
  expect(paths(await amend(3, { countyCode: '430224' }))).toEqual(['place.countyCode']);
  expect(paths(await amend(3, { address: ' ' }))).toEqual(['place.address']);
  const amended = await amend(3, { address: '霞阳镇炎帝路2号' });
  expect(amended.place).toMatchObject({ state: 'PROPOSED', revision: 4 });
  expect(await amend(3, { address: '霞阳镇炎帝路2号' })).toEqual(amended);
  expect((await amend(3, { address: '霞阳镇炎帝路3号' })).code).toBe('PLACE_STATE');
});

it('says at once everything that is wrong with a proposal', async () => {
  const me = await operator();
  const wrong = { ownerKind: 'CITY', name: ' ', countyCode: '430299', hostName: null };

  expect(paths(await me.ask(PROPOSE, proposal(me, wrong)))).toEqual([
    'place.name',
    'place.ownerKind',
    'place.countyCode',
    'place.hostName',
  ]);
  const mine = await me.ask<{ nodes: object[] }>(MINE, { merchantId: me.merchantId });
  expect(mine.nodes).toEqual([]);
});

it('nobody decides about a place of their own, and nobody sees or steps into another’s', async () => {
  const me = await operator();
  const stranger = await operator();
  const placeId = await makePlace(world, {
    operatorId: me.merchantId,
    userId: me.userId,
    until: 'SITE_AGREED',
  });
  const approve = {
    input: { placeId, revision: 2, act: 'APPROVED', reason: '同意', documentNo: '株商发〔2026〕9号' },
  };
  const both = world.personOf(me.userId, grant('OFFICIAL', '430225')).token;

  expect((await at('settlement', both).ask(DECIDE, approve)).code).toBe('OWN_PLACE');
  await expect(office('430224').ask(DECIDE, approve)).rejects.toThrow('NOT_FOUND');
  expect(await office('430224').ask(ONE, { id: placeId })).toBeNull();
  expect(await stranger.ask(ONE, { id: placeId })).toBeNull();
  await expect(
    stranger.ask(STEP, { input: { placeId, revision: 2, act: 'CLOSED', reason: '不办了' } }),
  ).rejects.toThrow('NOT_FOUND');
  await expect(stranger.ask(MINE, { merchantId: me.merchantId })).rejects.toThrow('NOT_FOUND');
  await expect(office('430225', 'INSPECTOR').ask(DECIDE, approve)).rejects.toThrow('FORBIDDEN');
  expect((await office('430225', 'INSPECTOR').ask<Place>(ONE, { id: placeId })).state).toBe('SITE_AGREED');

  // Papers are shown with the place, and whoever of an office looks is noted.
  const [step] = (await world.database.query<{ fileIds: string | string[] }>(
    'SELECT file_ids AS fileIds FROM channel_point_step WHERE channel_point_id = ? AND number = 2',
    [placeId],
  )) as [{ fileIds: string | string[] }];
  const [fileId] = typeof step.fileIds === 'string' ? (JSON.parse(step.fileIds) as string[]) : step.fileIds;
  const get = async (service: 'merchant' | 'settlement', token: string, path: string) =>
    (await world.client(service).http.get(`/places/${path}`).set('authorization', `Bearer ${token}`)).status;
  const path = `${placeId}/files/${fileId}`;
  expect([
    await get('merchant', me.token, path),
    await get('merchant', stranger.token, path),
    await get('settlement', office().token, path),
    await get('settlement', office('430224').token, path),
    await get('merchant', me.token, `${placeId}/files/fil_0`),
  ]).toEqual([200, 404, 200, 404, 404]);
  const noted = await world.database.query(
    "SELECT id FROM audit_entry WHERE act = 'channel_point.file_seen'",
    [],
  );
  expect(noted).toHaveLength(1);
});

it('shows what waits for an office, with places that came into the book as they stood; one page costs the same, whatever is on it', async () => {
  const me = await operator();
  const ofMe = { operatorId: me.merchantId, userId: me.userId };
  const official = office('430225');
  const waiting = await makePlace(world, { ...ofMe, until: 'SITE_AGREED' });
  await makePlace(world, { ...ofMe, until: 'PROPOSED' });
  const old = await makePavilion(world);

  const queue = await official.ask<{ nodes: { id: string; operatorName: string | null }[] }>(QUEUE, {
    isWaiting: true,
  });
  expect(queue.nodes.map(({ id }) => id)).toContain(waiting);
  expect(new Set(queue.nodes.map((each) => (each as unknown as Place).state))).toEqual(
    new Set(['SITE_AGREED']),
  );
  const recorded = await official.ask<Place>(ONE, { id: old.id });
  expect(recorded).toMatchObject({ state: 'OPEN', operatorName: null, openedOn: '2019-10-17', revision: 1 });
  expect(recorded.steps).toMatchObject([{ act: 'RECORDED', effectiveOn: '2019-10-17', side: 'BOOK' }]);
  // Nobody runs it by the book, so an office alone may suspend it.
  expect(
    (
      await official.ask(DECIDE, {
        input: { placeId: old.id, revision: 1, act: 'SUSPENDED', reason: '整改' },
      })
    ).place?.state,
  ).toBe('SUSPENDED');

  // Until an office says who does.
  const entrust = {
    input: { placeId: old.id, revision: 2, operatorId: me.merchantId, reason: '委托运营协议' },
  };
  const entrusted = await official.ask(ENTRUST, entrust);
  expect(entrusted.place).toMatchObject({ state: 'SUSPENDED', revision: 3 });
  expect(await official.ask(ENTRUST, entrust)).toEqual(entrusted);
  const other = { input: { ...entrust.input, revision: 3, operatorId: (await operator()).merchantId } };
  expect((await official.ask(ENTRUST, other)).code).toBe('PLACE_STATE');
  const mine = await me.ask<{ nodes: { id: string }[] }>(MINE, { merchantId: me.merchantId });
  expect(mine.nodes.map(({ id }) => id)).toContain(old.id);

  const page = (first: number) => countStatements(() => official.ask(QUEUE, { first }));
  await page(1);
  expect(await page(50)).toBe(await page(2));
});
