import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';

const SET = `mutation ($input: CampaignSetInput!) { campaignSet(input: $input) { __typename
  ... on CampaignSetPayload { campaign { code name startsOn endsOn } } ... on InvalidInputError { fields { path } } } }`;
const CAMPAIGNS = `query ($first: Int, $after: String) { campaigns(first: $first, after: $after) {
  nodes { code name } pageInfo { hasNextPage endCursor } } }`;
const OPERATOR: Grant = { role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' };

interface Campaigns {
  readonly nodes: readonly { readonly code: string; readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('campaigns', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
  });
  afterEach(() => world.clear('campaign'));
  afterAll(() => world.close());

  const operator = () => world.client('settlement').as(world.person(OPERATOR).token);
  const input = { code: 'MONTH-2026', name: '消费帮扶月', startsOn: '2026-09-01', endsOn: '2026-09-30' };

  it('are made, changed and read by page, and every change is on the record', async () => {
    expect(await operator().ask(SET, { input })).toEqual({
      __typename: 'CampaignSetPayload',
      campaign: input,
    });
    await operator().ask(SET, { input: { ...input, name: '帮扶月' } });
    await operator().ask(SET, { input: { ...input, code: 'SPRING-2027' } });

    const page = await operator().ask<Campaigns>(CAMPAIGNS, { first: 1 });
    expect(page.nodes).toEqual([{ code: 'MONTH-2026', name: '帮扶月' }]);
    const next = await operator().ask<Campaigns>(CAMPAIGNS, { first: 1, after: page.pageInfo.endCursor });
    expect(next.nodes.map(({ code }) => code)).toEqual(['SPRING-2027']);
    expect(next.pageInfo.hasNextPage).toBe(false);
    const entries = await world.database.query('SELECT 1 FROM audit_entry WHERE act = ?', ['campaign.set']);
    expect(entries).toHaveLength(3);
  });

  it('are refused with every fault, and nothing is written', async () => {
    const wrong = { code: 'x', name: '', startsOn: '2026-09-30', endsOn: '2026-09-01' };

    expect(await operator().ask(SET, { input: wrong })).toMatchObject({
      fields: [{ path: 'code' }, { path: 'name' }, { path: 'endsOn' }],
    });
    expect(await world.database.query('SELECT 1 FROM campaign')).toEqual([]);
  });

  it('are set by operators only', async () => {
    const official: Grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430200' };
    for (const person of [world.person(), world.person(official)]) {
      const client = world.client('settlement').as(person.token);
      expect(await client.codeOf(SET, { input })).toBe('FORBIDDEN');
    }
    expect(await world.client('settlement').codeOf(SET, { input })).toBe('UNAUTHENTICATED');
    expect(await world.database.query('SELECT 1 FROM campaign')).toEqual([]);
  });

  it('cost one statement a page', async () => {
    const client = operator();

    expect(await countStatements(() => client.ask(CAMPAIGNS))).toBe(1);
  });
});
