import { IntegrityCheckService } from '#libs/integrity';
import { newId } from '#libs/kernel';
import {
  MonthCloseService,
  VolumeFactService,
  type VolumeLine,
  factsOfPaid,
  factsOfReceived,
  factsOfReversed,
} from '#libs/volume';
import type { Grant } from '#platform/auth';
import { Pseudonyms } from '#platform/pseudonym';
import { fillPool } from '../../harness/pool.js';
import { World } from '../../harness/world.js';
import { VOLUME_TABLES, line } from '../../database/volume-rooms.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { MadePartner, saleRow } from '../../make/partner.make.js';
import { makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

const FLAG = 'id rule state merchantId numbers { name value } facts { recognisedFen } steps { act reason }';
const LIST = `{ integrityFlags { nodes { ${FLAG} } } }`;
const act = (
  name: string,
) => `mutation ($id: ID!, $reason: String!) { ${name}(id: $id, reason: $reason) { __typename
  ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload { flag { ${FLAG} } } ... on DomainError { code } } }`;
const CONFIRM = act('integrityFlagConfirm');
const DISMISS = act('integrityFlagDismiss');
const DECIDE = `mutation ($id: ID!, $isGranted: Boolean!, $reason: String!) { integrityAppealDecide(id: $id, isGranted: $isGranted, reason: $reason) {
  __typename ... on IntegrityAppealDecidePayload { flag { ${FLAG} } } ... on DomainError { code } } }`;
const APPEAL = `mutation ($input: IntegrityFlagAppealInput!) { integrityFlagAppeal(input: $input) {
  __typename ... on IntegrityFlagAppealPayload { flag { ${FLAG} } } ... on DomainError { code } } }`;

const EFFECT = `query ($id: ID!) { integrityFlag(id: $id) { merchantName effect { month isLate recognisedFen paidFen } facts { product { name } } } }`;

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly flag?: { readonly id: string; readonly state: string };
}
interface Flags {
  readonly nodes: readonly {
    readonly id: string;
    readonly rule: string;
    readonly state: string;
    readonly facts: readonly object[];
  }[];
}

const official = (scopeId = '430225'): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const ownerOf = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });

let world: World;
let merchantId: string;
let phone: string;

beforeAll(async () => {
  world = await World.start({ services: ['settlement', 'merchant'] });
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-11-20T02:00:00.000Z');
  merchantId = (await makeMerchant(world)).id;
  ({ phone } = await makeUser(world, { grants: [ownerOf(merchantId)] }));
  await world.asOwner(async (tx) => {
    for (const table of [
      ...VOLUME_TABLES,
      'integrity_flag',
      'integrity_flag_fact',
      'integrity_flag_step',
      'integrity_correction',
      'integrity_village_day',
      'village_capacity',
      'suspected_duplicate',
    ])
      await tx.write(`DELETE FROM ${table}`);
  });
});

const as = (...grants: readonly Grant[]) => world.client('settlement').as(world.person(...grants).token);
const own = (lineId: string, goodsFen: bigint, more: Partial<VolumeLine> = {}) =>
  line(lineId, goodsFen, {
    merchantId,
    sellerCountyCode: '430225',
    sourceSystem: 'TAOYUAN',
    sourceOrderNo: `ord_${lineId}`,
    sourceLineNo: lineId,
    buyerKey: world.get(Pseudonyms).ofPhone(phone),
    ...more,
  });
const paidAt = new Date('2026-11-10T02:00:00Z');
const receivedAt = new Date('2026-11-12T02:00:00Z');
const receive = (...lines: readonly VolumeLine[]) =>
  world.database.transaction((tx) =>
    world.get(VolumeFactService).record(tx, factsOfReceived(lines, paidAt, receivedAt)),
  );
const checkAll = async () => {
  while ((await world.get(IntegrityCheckService).check(100)) > 0);
};
const recognised = async () => {
  const [row] = await world.database.query<{ fen: string }>(
    'SELECT SUM(recognised_fen) AS fen FROM volume_fact',
  );
  return row?.fen;
};
const flagged = async () => {
  await receive(own('oln_1', 9_000n), own('oln_2', 1_000n));
  await checkAll();
  const { nodes } = await as(official()).ask<Flags>(LIST);
  return nodes[0]?.id ?? '';
};

describe('a check', () => {
  it('flags with numbers and reasons, and changes no figure', async () => {
    await receive(own('oln_1', 9_000n), own('oln_2', 1_000n), own('oln_3', 500n, { buyerKey: 'stranger' }));

    await checkAll();

    const { nodes } = await as(official()).ask<Flags>(LIST);
    expect(nodes).toMatchObject([
      {
        rule: 'SELF_PURCHASE',
        state: 'OPEN',
        merchantId,
        numbers: [
          { name: 'fen', value: '10000' },
          { name: 'sales', value: '2' },
          { name: 'minFen', value: '1' },
        ],
        facts: [{ recognisedFen: '9000' }, { recognisedFen: '1000' }],
        steps: [],
      },
    ]);
    expect(await recognised()).toBe('10500');
  });

  it('looks at each fact once, however many look at once', async () => {
    await receive(...Array.from({ length: 40 }, (_, index) => own(`oln_${index}`, 100n)));
    await fillPool(world.database);
    const checks = world.get(IntegrityCheckService);

    const looked = await Promise.all([1, 2, 3, 4].map(() => checks.check(100)));
    await checkAll();

    expect(looked.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(40);
    const { nodes } = await as(official()).ask<Flags>(LIST);
    expect(nodes).toHaveLength(1);
    expect(nodes[0]?.facts).toHaveLength(40);
    expect(await world.database.query('SELECT fact_id FROM volume_fact_unchecked')).toEqual([]);
  });

  it('goes by thresholds that are data', async () => {
    const set = `mutation ($value: Float!) { integrityThresholdSet(rule: SELF_PURCHASE, name: "minFen", value: $value) { __typename } }`;
    const operator = as({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });
    expect(await as(official()).codeOf(set, { value: 1 })).toBe('FORBIDDEN');
    await operator.ask(set, { value: 10_001 });
    await receive(own('oln_1', 9_000n), own('oln_2', 1_000n));
    await checkAll();
    await operator.ask(set, { value: 1 });

    expect((await as(official()).ask<Flags>(LIST)).nodes).toEqual([]);
  });

  it('is shown within one’s divisions only', async () => {
    const id = await flagged();

    expect((await as(official('430224')).ask<Flags>(LIST)).nodes).toEqual([]);
    expect(await as(official('430224')).codeOf(CONFIRM, { id, reason: '核实' })).toBe('NOT_FOUND');
    expect(await as().codeOf(LIST)).toBe('FORBIDDEN');
    expect(await world.client('settlement').codeOf(LIST)).toBe('UNAUTHENTICATED');
    expect(await recognised()).toBe('10000');
  });
});

describe('a flag', () => {
  it('confirmed takes off what it is about, in the month of the decision, on the same axes', async () => {
    const id = await flagged();
    world.clock.set('2026-12-03T02:00:00.000Z');
    expect(await as(official()).ask(EFFECT, { id })).toMatchObject({
      effect: [{ month: '2026-12-01', isLate: true, recognisedFen: '-10000', paidFen: '0' }],
    });

    const { flag } = await as(official()).ask<Answer>(CONFIRM, { id, reason: '本社社员刷单' });

    expect(flag).toMatchObject({ state: 'CONFIRMED', steps: [{ act: 'CONFIRMED', reason: '本社社员刷单' }] });
    const months = await world.database.query(
      `SELECT event_day AS day, origin_county_code AS county, SUM(recognised_fen) AS fen, SUM(quantity) AS units
       FROM volume_fact GROUP BY event_day, origin_county_code ORDER BY event_day`,
    );
    expect(months).toEqual([
      { day: '2026-11-12', county: '430225', fen: '10000', units: '4' },
      { day: '2026-12-03', county: '430225', fen: '-10000', units: '-4' },
    ]);
  });

  it('is confirmed once by two reviewers at once', async () => {
    const id = await flagged();
    await fillPool(world.database);

    const answers = await Promise.all(
      [official(), official('430200')].map((grant) => as(grant).ask<Answer>(CONFIRM, { id, reason: '核实' })),
    );

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'FlagStateError',
      'IntegrityFlagConfirmPayload',
    ]);
    expect(await recognised()).toBe('0');
  });

  it('dismissed leaves every figure', async () => {
    const id = await flagged();

    expect((await as(official()).ask<Answer>(DISMISS, { id, reason: '' })).code).toBe('INVALID_INPUT');
    expect((await as(official()).ask<Answer>(DISMISS, { id, reason: '自用，属实' })).flag?.state).toBe(
      'DISMISSED',
    );
    expect((await as(official()).ask<Answer>(CONFIRM, { id, reason: '核实' })).code).toBe('FLAG_STATE');
    expect(await recognised()).toBe('10000');
  });

  it('dismissed is no licence: what is bought afterwards is a flag of its own, about nothing else', async () => {
    const id = await flagged();
    await as(official()).ask(DISMISS, { id, reason: '自用，属实' });
    const open = async () => {
      await checkAll();
      const { nodes } = await as(official()).ask<Flags>(LIST);
      return nodes.filter(({ state }) => state === 'OPEN').map(({ facts }) => facts);
    };

    await receive(own('oln_3', 100n), own('oln_x', 5_000n, { buyerKey: 'stranger' }));
    expect(await open()).toEqual([]);
    await receive(own('oln_4', 2_400n));
    expect(await open()).toEqual([[{ recognisedFen: '100' }, { recognisedFen: '2400' }]]);
    await receive(own('oln_5', 7n));
    expect(await open()).toHaveLength(1);
  });

  it('takes off no more than is left of a line, and a later refund takes off nothing twice', async () => {
    const lines = [own('oln_1', 9_000n), own('oln_2', 1_000n)];
    const refund = (refundId: string, goodsFen: bigint) =>
      world.database.transaction((tx) =>
        world
          .get(VolumeFactService)
          .record(
            tx,
            factsOfReversed(lines, paidAt, receivedAt, [
              { refundId, lineId: 'oln_1', goodsFen, quantity: 0, settledAt: world.clock.now() },
            ]),
          ),
      );
    const id = await flagged();
    await refund('rfd_1', 4_000n);

    await as(official()).ask(CONFIRM, { id, reason: '核实' });
    expect(await recognised()).toBe('0');

    await refund('rfd_2', 3_000n);
    expect(await recognised()).toBe('-3000');
    await checkAll();
    expect(await recognised()).toBe('0');
  });
});

describe('a flag about', () => {
  const confirmAll = async () => {
    const { nodes } = await as(official()).ask<Flags>(LIST);
    for (const { id } of nodes) await as(official()).ask(CONFIRM, { id, reason: '核实' });
    return nodes;
  };

  it('a month in review is in what is locked, and about a closed one counts today', async () => {
    const id = await flagged();
    world.clock.set('2026-12-04T02:00:00.000Z');
    await world.get(MonthCloseService).keepBook();

    await as(official()).ask(CONFIRM, { id, reason: '核实' });
    const days = await world.database.query<{ day: string }>(
      "SELECT DISTINCT event_day AS day FROM volume_fact WHERE fact_key LIKE 'corrected:%'",
    );
    expect(days).toEqual([{ day: '2026-11-12' }]);

    await world.asOwner((tx) =>
      tx.write("UPDATE volume_close SET state = 'LOCKING' WHERE month = '2026-11-01'"),
    );
    await world
      .client('merchant')
      .as(world.person(ownerOf(merchantId)).token)
      .ask(APPEAL, {
        input: { flagId: id, text: '社员为单位食堂代购', fileIds: [] },
      });
    await as(official('430200')).ask(DECIDE, { id, isGranted: true, reason: '属实' });
    expect(
      await world.database.query(
        "SELECT DISTINCT event_day AS day FROM volume_fact WHERE fact_key LIKE 'restored:%'",
      ),
    ).toEqual([{ day: '2026-12-04' }]);
    expect(await recognised()).toBe('10000');
  });

  it('facts without a number takes each by itself, once', async () => {
    const unnumbered = { sourceSystem: 'OLD', sourceOrderNo: '', sourceLineNo: '' };
    await receive(own('oln_1', 9_000n, unnumbered), own('oln_2', 1_000n, unnumbered));
    await receive(own('oln_other', 500n, { ...unnumbered, buyerKey: 'stranger' }));
    await checkAll();
    await confirmAll();
    expect(await recognised()).toBe('500');

    // Another flag about the same facts finds nothing left of them.
    await world.asOwner((tx) => tx.write("UPDATE integrity_flag SET subject = 'elsewhere'"));
    await receive(own('oln_3', 100n, unnumbered));
    await world.asOwner((tx) =>
      tx.write(
        "INSERT INTO volume_fact_unchecked SELECT id FROM volume_fact WHERE fact_key IN ('delivered:oln_1', 'delivered:oln_2')",
      ),
    );
    await checkAll();
    await confirmAll();
    expect(await recognised()).toBe('500');
  });

  it('imported lines of one order number takes as the lines they are', async () => {
    const numbered = (line: string) => ({ sourceSystem: 'OLD', sourceOrderNo: 'A-1', sourceLineNo: line });
    await receive(own('oln_1', 9_000n, numbered('1')), own('oln_2', 1_000n, numbered('2')));
    await receive(own('oln_other', 500n, { ...numbered('3'), buyerKey: 'stranger' }));
    await checkAll();
    await confirmAll();

    expect(await recognised()).toBe('500');
  });

  it('a village counts every gram, however many sales there are, and again when more comes', async () => {
    await world.asOwner((tx) =>
      tx.insert('village_capacity', [
        {
          villageCode: '430225209225',
          productId: 'prd_peach',
          seasonFrom: '2026-10-01',
          seasonTo: '2026-11-30',
          capacityG: 50_000n,
        },
      ]),
    );
    const sell = (from: number, count: number) =>
      receive(
        ...Array.from({ length: count }, (_, n) =>
          own(`oln_v${from + n}`, 100n, { buyerKey: '', originVillageCode: '430225209225', weightG: 1_000n }),
        ),
      );
    await sell(0, 55);
    await checkAll();
    expect((await as(official()).ask<Flags>(LIST)).nodes).toEqual([]);

    await sell(55, 5);
    await checkAll();
    const { nodes } = await as(official()).ask<Flags>(LIST);
    expect(nodes).toMatchObject([{ rule: 'CAPACITY_EXCEEDED', state: 'OPEN' }]);
    expect(nodes[0]?.facts).toHaveLength(5);

    await as(official()).ask(DISMISS, { id: nodes[0]?.id, reason: '邻村代售' });
    await sell(60, 3);
    await checkAll();
    expect((await as(official()).ask<Flags>(LIST)).nodes.map(({ rule }) => rule)).toEqual([
      'CAPACITY_EXCEEDED',
    ]);
  });

  it('a sale of ours that a partner had told of is about the partner’s line, and takes only that off', async () => {
    const buyerPhone = '13800000009';
    const peach = await makeProduct(world, { name: '炎陵黄桃' });
    const partner = await MadePartner.of(world);
    const at = { paidAt: '2026-11-10T10:00:00+08:00', deliveredAt: '2026-11-10T18:00:00+08:00' };
    await partner.send({
      batchNo: 'B-1',
      kind: 'SALE',
      rows: [saleRow({ ...at, traceCode: peach.batchIds[0], buyerPhone })],
    });
    await checkAll();
    const ours = own('oln_ours', 44_000n, {
      productId: peach.productId,
      buyerKey: world.get(Pseudonyms).ofPhone(buyerPhone),
    });
    await world.database.transaction((tx) =>
      world
        .get(VolumeFactService)
        .record(tx, [...factsOfPaid([ours], paidAt), ...factsOfReceived([ours], paidAt, receivedAt)]),
    );
    expect(await recognised()).toBe('88000');

    await checkAll();

    const nodes = await confirmAll();
    expect(nodes).toMatchObject([{ rule: 'DUPLICATE_SALE', facts: [{ recognisedFen: '44000' }] }]);
    expect(await recognised()).toBe('44000');
    expect(
      await world.database.query(
        'SELECT source FROM volume_fact WHERE recognised_fen <> 0 GROUP BY source HAVING SUM(recognised_fen) <> 0',
      ),
    ).toEqual([{ source: 'PLATFORM' }]);
  });
});

describe('an appeal', () => {
  const confirmed = async () => {
    const id = await flagged();
    const reviewer = as(official());
    await reviewer.ask(CONFIRM, { id, reason: '核实' });
    return { id, reviewer };
  };
  const owner = () => world.client('merchant').as(world.person(ownerOf(merchantId)).token);
  const appeal = (flagId: string) => ({ input: { flagId, text: '社员为单位食堂代购，附合同', fileIds: [] } });

  it('is decided by somebody else than who confirmed, and gives everything back if it is granted', async () => {
    const { id, reviewer } = await confirmed();
    expect(await owner().ask(APPEAL, appeal(id))).toMatchObject({ flag: { state: 'APPEALED' } });

    expect((await reviewer.ask<Answer>(DECIDE, { id, isGranted: true, reason: '属实' })).code).toBe(
      'OWN_DECISION',
    );
    expect(await reviewer.ask(EFFECT, { id })).toMatchObject({ effect: [{ recognisedFen: '10000' }] });
    const { flag } = await as(official('430200')).ask<Answer>(DECIDE, {
      id,
      isGranted: true,
      reason: '合同属实',
    });

    expect(flag).toMatchObject({
      state: 'OVERTURNED',
      steps: [{ act: 'CONFIRMED' }, { act: 'APPEALED' }, { act: 'OVERTURNED' }],
    });
    expect(await recognised()).toBe('10000');
  });

  it('not granted leaves what was decided', async () => {
    const { id } = await confirmed();
    await owner().ask(APPEAL, appeal(id));

    await as(official('430200')).ask(DECIDE, { id, isGranted: false, reason: '合同系事后补签' });

    expect(await recognised()).toBe('0');
    expect(await owner().ask<Answer>(APPEAL, appeal(id))).toMatchObject({ code: 'FLAG_STATE' });
  });

  it('comes with papers that are shown to whoever may see the flag, and it is noted who looked', async () => {
    const { id } = await confirmed();
    const seller = world.person(ownerOf(merchantId));
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');
    const { body } = await world
      .client('merchant')
      .http.post('/files?name=contract.pdf')
      .set('authorization', `Bearer ${seller.token}`)
      .set('content-type', 'application/octet-stream')
      .send(pdf);
    const fileId = String(body.id);
    const path = `/integrity-flags/${id}/files/${fileId}`;
    const get = (service: 'settlement' | 'merchant', token: string) =>
      world.client(service).http.get(path).set('authorization', `Bearer ${token}`);
    const reviewer = world.person(official());

    expect((await get('settlement', reviewer.token)).status).toBe(404); // It belongs to no appeal yet.
    await world
      .client('merchant')
      .as(seller.token)
      .ask(APPEAL, { input: { flagId: id, text: '附合同', fileIds: [fileId] } });

    const shown = await get('settlement', reviewer.token);
    expect([shown.status, Buffer.from(shown.body as Buffer).equals(pdf)]).toEqual([200, true]);
    expect((await get('merchant', seller.token)).status).toBe(200);
    expect((await get('settlement', world.person(official('430224')).token)).status).toBe(404);
    expect((await get('merchant', world.person(ownerOf((await makeMerchant(world)).id)).token)).status).toBe(
      404,
    );
    expect((await world.client('settlement').http.get(path)).status).toBe(401);
    const looked = await world.database.query<{ actor: string }>(
      "SELECT actor_id AS actor FROM audit_entry WHERE act = 'integrity.evidence_seen' ORDER BY id",
    );
    expect(looked.map(({ actor }) => actor)).toEqual([reviewer.userId, seller.userId]);
  });

  it('is the seller’s alone, and only against what was confirmed', async () => {
    const id = await flagged();
    const list = `query ($merchantId: ID!) { integrityFlags(merchantId: $merchantId) { nodes { id } } }`;

    expect(await owner().codeOf(APPEAL, appeal(id))).toBe('NOT_FOUND');
    expect(await owner().ask(list, { merchantId })).toEqual({ nodes: [] });
    await as(official()).ask(CONFIRM, { id, reason: '核实' });
    expect(await owner().ask(list, { merchantId })).toEqual({ nodes: [{ id }] });
    const other = world.client('merchant').as(world.person(ownerOf((await makeMerchant(world)).id)).token);
    expect(await other.codeOf(APPEAL, appeal(id))).toBe('NOT_FOUND');
    expect(await other.codeOf(list, { merchantId })).toBe('NOT_FOUND');
    expect(
      (await owner().ask<Answer>(APPEAL, { input: { ...appeal(id).input, fileIds: [newId('fil')] } })).code,
    ).toBe('INVALID_INPUT');
  });
});
