import { CabinetService, type CabinetRegistration } from '#libs/counter';
import { ChannelPointService } from '#libs/channel';
import { DAY_MS, newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { countStatements } from '../harness/statements.js';
import { World } from '../harness/world.js';
import { makeCabinet, makeCredential } from '../make/cabinet.make.js';
import { makeCounter, makePavilion } from '../make/channel-point.make.js';
import { makeMerchant } from '../make/merchant.make.js';

const CABINET = `cabinet { id serialNo model state channelPointId placeName address countyCode operatorId operatorName retiredAt slotRevision
  slots { code capacity maxItemG } credentials { id isInForce expiresAt revokedAt }
  link { state connectedAt lastSeenAt bootId seq clockSkewMs isClockWrong firmwareVersion } }`;
const REGISTER = `mutation ($input: CabinetRegisterInput!) { cabinetRegister(input: $input) { __typename
  ... on CabinetRegisterPayload { ${CABINET} } ... on InvalidInputError { fields { path } } ... on DomainError { code message } } }`;
const RETIRE = `mutation ($cabinetId: ID!) { cabinetRetire(cabinetId: $cabinetId) { ... on CabinetRetirePayload { ${CABINET} } } }`;
const SLOTS = `mutation ($cabinetId: ID!, $revision: Int!, $slots: [CabinetSlotInput!]!) {
  cabinetSlotsSet(cabinetId: $cabinetId, revision: $revision, slots: $slots) { __typename ... on CabinetSlotsSetPayload { ${CABINET} }
  ... on CabinetChangedError { revision } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const ISSUE = `mutation ($cabinetId: ID!) { cabinetCredentialIssue(cabinetId: $cabinetId) { __typename
  ... on CabinetCredentialIssuePayload { ${CABINET} clientId username password } ... on TooManyCredentialsError { max } ... on DomainError { code } } }`;
const REVOKE = `mutation ($cabinetId: ID!, $credentialId: ID!) { cabinetCredentialRevoke(cabinetId: $cabinetId, credentialId: $credentialId) {
  ... on CabinetCredentialRevokePayload { ${CABINET} } } }`;
const ONE = `query ($id: ID!) { cabinet(id: $id) { id } }`;
const OF_DIVISION = `query ($state: CabinetState, $first: Int, $after: String) { cabinets(state: $state, first: $first, after: $after) {
  nodes { id placeName operatorName slots { code } credentials { id } link { state } } pageInfo { hasNextPage endCursor } } }`;
const OF_MERCHANT = `query ($merchantId: ID!, $first: Int) { cabinets(merchantId: $merchantId, first: $first) { nodes { id } pageInfo { hasNextPage } } }`;

interface Shown {
  readonly id: string;
  readonly slotRevision: number;
  readonly credentials: readonly {
    readonly id: string;
    readonly isInForce: boolean;
    readonly expiresAt: string | null;
  }[];
}
interface Payload {
  readonly code?: string;
  readonly cabinet: Shown;
  readonly username: string;
  readonly password: string;
}
interface Connection {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const official = (scopeId = '430225'): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const owner = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });
const SLOT = { code: 'A1', capacity: 10, maxItemG: 1_000 };
const NOBODY = { userId: newId('usr'), divisions: 'ALL' } as const;

let world: World;
let serials = 0;

beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement'] });
});
afterAll(() => world.close());
beforeEach(() => world.clock.set('2026-11-26T02:00:00.000Z'));

const at = (service: 'merchant' | 'settlement', ...grants: readonly Grant[]) =>
  world.client(service).as(world.person(...grants).token);
const console = (...grants: readonly Grant[]) => at('settlement', ...grants);

async function registration(changes: Partial<CabinetRegistration> = {}): Promise<CabinetRegistration> {
  serials += 1;
  return {
    channelPointId: changes.channelPointId ?? (await makeCounter(world)).id,
    operatorId: changes.operatorId ?? (await makeMerchant(world)).id,
    serialNo: `SN-${serials}-0000`,
    slots: [SLOT],
    ...changes,
  };
}

async function acts(subject: string): Promise<string[]> {
  const rows = await world.database.query<{ act: string; divisionCode: string }>(
    'SELECT act, division_code AS divisionCode FROM audit_entry WHERE subject = ? ORDER BY id',
    [subject],
  );
  expect(new Set(rows.map(({ divisionCode }) => divisionCode))).toEqual(new Set(['430225']));
  return rows.map(({ act }) => act);
}

describe('a cabinet', () => {
  it('is registered by officials of the division, at a counter, for a merchant; what kind it is follows from the counter', async () => {
    const { id: channelPointId } = await makeCounter(world, { cabinetKind: 'GRAVITY', name: '河西专柜' });
    const input = await registration({ channelPointId });
    expect(await console(official('430224')).codeOf(REGISTER, { input })).toBe('NOT_FOUND');
    expect(await console(owner(input.operatorId)).codeOf(REGISTER, { input })).toBe('FORBIDDEN');
    expect(await world.client('settlement').codeOf(REGISTER, { input })).toBe('UNAUTHENTICATED');

    const { cabinet } = await console(official('430200')).ask<Payload>(REGISTER, { input });

    expect(cabinet).toMatchObject({
      serialNo: input.serialNo,
      model: 'OPEN_DOOR',
      state: 'ACTIVE',
      placeName: '河西专柜',
      countyCode: '430225',
      operatorName: '炎陵县霞阳黄桃专业合作社',
      slots: [SLOT],
      credentials: [],
      link: { state: 'NEVER_SEEN', lastSeenAt: null, clockSkewMs: null, isClockWrong: false },
    });
    expect(await acts(cabinet.id)).toEqual(['cabinet.registered']);
  });

  it('is refused where it cannot stand, and nothing changes', async () => {
    const before = await world.database.query('SELECT id FROM cabinet');
    const pavilion = await registration({ channelPointId: (await makePavilion(world)).id });
    const applicant = await registration({ operatorId: (await makeMerchant(world, { isActive: false })).id });
    const refusals = [
      [pavilion, 'channelPointId'],
      [applicant, 'operatorId'],
      [await registration({ serialNo: 'x' }), 'serialNo'],
      [await registration({ slots: [SLOT, SLOT] }), 'slots.1.code'],
    ] as const;

    for (const [input, path] of refusals)
      expect(await console(official()).ask(REGISTER, { input })).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path }],
      });
    for (const missing of [{ channelPointId: 'chp_none' }, { operatorId: 'mer_none' }])
      expect(await console(official()).codeOf(REGISTER, { input: await registration(missing) })).toBe(
        'NOT_FOUND',
      );
    expect(await world.database.query('SELECT id FROM cabinet')).toEqual(before);
  });

  it('is one of two that are registered at once for one place, or under one number', async () => {
    const { id: channelPointId } = await makeCounter(world);
    const both = await Promise.all([registration({ channelPointId }), registration({ channelPointId })]);
    const answers = await Promise.all(both.map((input) => world.get(CabinetService).register(input, NOBODY)));
    expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(1);
    expect(answers.find((answer) => typeof answer !== 'string')).toMatchObject({ code: 'CABINET_TAKEN' });

    const input = await registration();
    await world.get(CabinetService).register(input, NOBODY);
    const twin = await registration({ serialNo: input.serialNo });
    expect(await console(official()).ask(REGISTER, { input: twin })).toMatchObject({ code: 'CABINET_TAKEN' });
  });

  it('is retired for good: its place is free, its credentials are no longer good, and nothing about it changes', async () => {
    const { cabinetId, channelPointId } = await makeCabinet(world);
    await makeCredential(world, cabinetId);
    expect(await console(official('430224')).codeOf(RETIRE, { cabinetId })).toBe('NOT_FOUND');

    const { cabinet } = await console(official()).ask<Payload>(RETIRE, { cabinetId });
    await console(official()).ask(RETIRE, { cabinetId });

    expect(cabinet).toMatchObject({ state: 'RETIRED', credentials: [{ isInForce: false }] });
    expect(await acts(cabinetId)).toEqual([
      'cabinet.registered',
      'cabinet.credential_issued',
      'cabinet.retired',
    ]);
    const set = { cabinetId, revision: 1, slots: [SLOT] };
    expect(await console(official()).ask(SLOTS, set)).toMatchObject({ code: 'CABINET_RETIRED' });
    expect(await console(official()).ask(ISSUE, { cabinetId })).toMatchObject({ code: 'CABINET_RETIRED' });
    const { cabinet: next } = await console(official()).ask<Payload>(REGISTER, {
      input: await registration({ channelPointId }),
    });
    expect(next.id).not.toBe(cabinetId);
  });

  it('keeps the slots of whoever was first', async () => {
    const { cabinetId, operatorId } = await makeCabinet(world, { cabinetKind: 'CELL' });
    const cells = (...codes: readonly string[]) =>
      codes.map((code) => ({ code, capacity: 1, maxItemG: 9_000 }));
    const operator = at('merchant', owner(operatorId));

    expect(await operator.ask(SLOTS, { cabinetId, revision: 1, slots: cells('B2', 'A1') })).toMatchObject({
      cabinet: { slotRevision: 2, slots: [{ code: 'B2' }, { code: 'A1' }] },
    });
    expect(await operator.ask(SLOTS, { cabinetId, revision: 1, slots: cells('C1') })).toMatchObject({
      code: 'CABINET_CHANGED',
      revision: 2,
    });
    expect(await operator.ask(SLOTS, { cabinetId, revision: 2, slots: [SLOT] })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'slots.0.capacity' }],
    });
    const all = await Promise.all(
      ['D1', 'E1'].map((code) =>
        operator.ask<Payload>(SLOTS, { cabinetId, revision: 2, slots: cells(code) }),
      ),
    );
    expect(all.map(({ code }) => code ?? 'SET').toSorted()).toEqual(['CABINET_CHANGED', 'SET']);
  });
});

describe('a credential', () => {
  it('is shown once and kept as a digest; its successor leaves it a week', async () => {
    const { cabinetId, operatorId } = await makeCabinet(world);
    const operator = at('merchant', owner(operatorId));
    for (const stranger of [at('merchant', owner(newId('mer'))), console(official('430224'))])
      expect(await stranger.codeOf(ISSUE, { cabinetId })).toBe('NOT_FOUND');
    const clerk: Grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: operatorId };
    expect(await at('merchant', clerk).codeOf(ISSUE, { cabinetId })).toBe('FORBIDDEN');

    const first = await operator.ask<Payload>(ISSUE, { cabinetId });
    world.clock.advance(DAY_MS);
    const second = await console(official()).ask<Payload>(ISSUE, { cabinetId });

    expect(first).toMatchObject({ clientId: cabinetId, username: first.cabinet.credentials[0]?.id });
    expect(first.password).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(second.password).not.toBe(first.password);
    expect(second.cabinet.credentials).toMatchObject([
      { id: second.username, isInForce: true, expiresAt: null },
      { id: first.username, isInForce: true, expiresAt: '2026-12-04T02:00:00.000Z' },
    ]);
    expect(await operator.ask(ISSUE, { cabinetId })).toMatchObject({ code: 'TOO_MANY_CREDENTIALS', max: 2 });
    const everything = JSON.stringify(
      await Promise.all(
        ['cabinet_credential', 'audit_entry', 'outbox'].map((table) =>
          world.database.query(`SELECT * FROM ${table}`),
        ),
      ),
    );
    expect(everything).not.toContain(first.password);
    world.clock.advance(7 * DAY_MS);
    const third = await operator.ask<Payload>(ISSUE, { cabinetId });
    expect(third.cabinet.credentials.map(({ isInForce }) => isInForce)).toEqual([true, true, false]);
    expect(third.cabinet.credentials[2]?.expiresAt).toBe('2026-12-04T02:00:00.000Z');
  });

  it('is one of two however many are asked for at once', async () => {
    const { cabinetId, operatorId } = await makeCabinet(world);
    const operator = at('merchant', owner(operatorId));

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => operator.ask<Payload>(ISSUE, { cabinetId })),
    );

    expect(answers.filter(({ code }) => code === undefined)).toHaveLength(2);
  });

  it('is revoked at once, by its own operator or official alone, and that is told', async () => {
    const { cabinetId, operatorId } = await makeCabinet(world);
    const { credentialId } = await makeCredential(world, cabinetId);
    const other = await makeCabinet(world, { operatorId });
    const operator = at('merchant', owner(operatorId));
    const told = async () =>
      (
        await world.database.query(
          "SELECT id FROM outbox WHERE name = 'cabinet.changed' AND payload LIKE ?",
          [`%${cabinetId}%`],
        )
      ).length;
    const before = await told();

    expect(await at('merchant', owner(newId('mer'))).codeOf(REVOKE, { cabinetId, credentialId })).toBe(
      'NOT_FOUND',
    );
    expect(await operator.codeOf(REVOKE, { cabinetId: other.cabinetId, credentialId })).toBe('NOT_FOUND');
    expect(await operator.codeOf(REVOKE, { cabinetId, credentialId: 'ccr_none' })).toBe('NOT_FOUND');
    expect(await told()).toBe(before);
    const { cabinet } = await operator.ask<Payload>(REVOKE, { cabinetId, credentialId });
    world.clock.advance(DAY_MS);
    const again = await operator.ask<Payload>(REVOKE, { cabinetId, credentialId });

    expect(cabinet.credentials).toMatchObject([
      { id: credentialId, isInForce: false, revokedAt: '2026-11-26T02:00:00.000Z' },
    ]);
    expect(again.cabinet.credentials).toEqual(cabinet.credentials);
    expect(await told()).toBe(before + 2);
    expect(await acts(cabinetId)).toEqual([
      'cabinet.registered',
      'cabinet.credential_issued',
      'cabinet.credential_revoked',
      'cabinet.credential_revoked',
    ]);
  });
});

describe('who sees which cabinets', () => {
  it('a merchant its own, an official those of the division; a page costs the same whatever its size', async () => {
    const { cabinetId, operatorId } = await makeCabinet(world);
    await makeCabinet(world, { operatorId });
    const far = await makeCabinet(world, { countyCode: '430321', name: '湘潭专柜' });
    const seen = async (...grants: readonly Grant[]) =>
      (await console(...grants).ask<Connection>(OF_DIVISION, { first: 100 })).nodes.map(({ id }) => id);

    expect(await seen(official())).toContain(cabinetId);
    expect(await seen(official())).not.toContain(far.cabinetId);
    expect(await seen(official('430321'))).toEqual([far.cabinetId]);
    expect(await seen({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' })).toEqual(
      expect.arrayContaining([cabinetId, far.cabinetId]),
    );
    const own = await at('merchant', owner(operatorId)).ask<Connection>(OF_MERCHANT, {
      merchantId: operatorId,
    });
    expect(own.nodes).toHaveLength(2);
    expect(await at('merchant', owner(operatorId)).codeOf(OF_MERCHANT, { merchantId: far.operatorId })).toBe(
      'NOT_FOUND',
    );
    for (const client of [at('merchant', owner(operatorId)), console(official())]) {
      expect(await client.ask(ONE, { id: cabinetId })).toEqual({ id: cabinetId });
      expect(await client.ask(ONE, { id: far.cabinetId })).toBeNull();
    }

    const inspector = console({ role: 'INSPECTOR', scopeKind: 'DIVISION', scopeId: '430225' });
    const page = (first: number) => countStatements(() => inspector.ask<Connection>(OF_DIVISION, { first }));
    await page(1);
    expect(await page(6)).toBe(await page(1));
    expect(await inspector.codeOf(ISSUE, { cabinetId })).toBe('FORBIDDEN');
  });

  it('stays on record although its place has been suspended', async () => {
    const { cabinetId, channelPointId } = await makeCabinet(world, { name: '停业专柜' });
    await world.get(ChannelPointService).suspend(channelPointId);

    expect(await console(official()).ask(ONE, { id: cabinetId })).toEqual({ id: cabinetId });
  });
});
