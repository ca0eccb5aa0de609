import { newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeProcurementUnit } from '../../make/procurement.make.js';
import { type CreditUnit, makeCreditUnit, makeReceipt, makeSignedOrder } from '../../make/receivable.make.js';

const PROPOSE = `mutation ($input: CreditTermProposeInput!) { creditTermPropose(input: $input) { __typename
  ... on CreditTermProposePayload { creditTerm { id version state limitFen daysToPay decidedAt proposedBy { id } } }
  ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const DECIDE_TERM = `mutation ($input: CreditTermDecideInput!) { creditTermDecide(input: $input) { __typename
  ... on CreditTermDecidePayload { creditTerm { state } } ... on CreditTermStateError { creditTermState }
  ... on DomainError { code } } }`;
const WITHDRAW_TERM = `mutation ($id: ID!) { creditTermWithdraw(creditTermId: $id) { __typename
  ... on CreditTermWithdrawPayload { creditTerm { state } } ... on DomainError { code } } }`;
const TERMS = `query ($unitId: ID) { creditTerms(unitId: $unitId) { nodes { version state limitFen } } }`;
const RECORD = `mutation ($input: BuyerReceiptRecordInput!) { buyerReceiptRecord(input: $input) { __typename
  ... on BuyerReceiptRecordPayload { receipt { id source amountFen allocatedFen receivedOn state unit { name }
    allocations { orderId amountFen } } }
  ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const APPLY = `mutation ($input: UnitCreditApplyInput!) { unitCreditApply(input: $input) { __typename
  ... on UnitCreditApplyPayload { receipt { source allocatedFen } } ... on DomainError { code } } }`;
const RECEIPTS = `query ($unitId: ID, $first: Int, $after: String) { buyerReceipts(unitId: $unitId, first: $first, after: $after) {
  nodes { id unit { name } state recordedBy { id } allocations { orderId amountFen } } pageInfo { hasNextPage endCursor } } }`;
const CREDIT = 'query ($unitId: ID!) { unitCreditFen(unitId: $unitId) }';
const REVERSE = `mutation ($input: BuyerReceiptReverseRequestInput!) { buyerReceiptReverseRequest(input: $input) { __typename
  ... on BuyerReceiptReverseRequestPayload { act { id kind state amountFen } } ... on DomainError { code } } }`;
const WRITE_OFF = `mutation ($input: ReceivableWriteOffRequestInput!) { receivableWriteOffRequest(input: $input) { __typename
  ... on ReceivableWriteOffRequestPayload { act { id kind state amountFen bankRef } }
  ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const PAYBACK = `mutation ($input: UnitCreditPaybackRequestInput!) { unitCreditPaybackRequest(input: $input) { __typename
  ... on UnitCreditPaybackRequestPayload { act { id kind bankRef } } ... on DomainError { code } } }`;
const DECIDE = `mutation ($input: ReceivableActDecideInput!) { receivableActDecide(input: $input) { __typename
  ... on ReceivableActDecidePayload { act { state } } ... on ReceivableActStateError { actState }
  ... on DomainError { code } } }`;
const WITHDRAW = `mutation ($id: ID!) { receivableActWithdraw(actId: $id) { __typename
  ... on ReceivableActWithdrawPayload { act { state } } ... on DomainError { code } } }`;
const ACTS = '{ receivableActs { nodes { id kind state requestedBy { id } } } }';
const RECEIVABLES = `query ($filter: ReceivableFilter, $first: Int, $after: String) {
  receivables(filter: $filter, first: $first, after: $after) {
    nodes { orderId unit { id name } divisionCode dueOn amountFen openFen state entries { kind amountFen effectiveOn } }
    pageInfo { hasNextPage endCursor } } }`;
const AGEING = 'notDueFen days1To30Fen days31To60Fen days61To90Fen over90Fen openFen oldestDueOn';
const BY_UNIT = `query ($divisionCode: ID, $first: Int, $after: String) {
  receivableAgeing(divisionCode: $divisionCode, first: $first, after: $after) {
    nodes { unit { id name } ageing { ${AGEING} } score { dueFen paidOnTimeFen scoreBps } } pageInfo { hasNextPage endCursor } } }`;
const BY_DIVISION = `{ receivableAgeingByDivision { nodes { divisionCode ageing { openFen } score { scoreBps } } } }`;
const TOTAL = `{ receivableTotal { ${AGEING} } }`;

const FINANCE: Grant = { role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' };
const official = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const TABLES = [
  'receivable_reminder',
  'receivable_act',
  'buyer_receipt',
  'receivable_entry',
  'receivable_part',
  'receivable',
  'credit_use',
  'credit_term',
];

describe('what units owe, at the console', () => {
  let world: World;
  let maker: Person;
  let checker: Person;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement', 'storefront'] });
    await makeDivisions(world);
    maker = world.person(FINANCE);
    checker = world.person(FINANCE);
  });
  beforeEach(() => world.clock.set('2026-11-02T02:00:00Z'));
  afterEach(async () => {
    await world.settle();
    await world.clear(...TABLES);
  });
  afterAll(() => world.close());

  const as = (person: Person) => world.client('settlement').as(person.token);
  const sold = async (unit: CreditUnit) => {
    const { orderId } = await makeSignedOrder(world, unit);
    await world.settle();
    return orderId;
  };

  describe('credit terms', () => {
    it('are proposed by one person and agreed to by another; the next version takes their place', async () => {
      const { id: unitId } = await makeProcurementUnit(world);
      const input = { unitId, limitFen: '1000000', daysToPay: 30 };
      const asked = await as(maker).ask<{ creditTerm: { id: string } }>(PROPOSE, { input });
      expect(asked).toEqual({
        __typename: 'CreditTermProposePayload',
        creditTerm: {
          id: expect.stringMatching(/^ctm_/),
          version: 1,
          state: 'PROPOSED',
          limitFen: '1000000',
          daysToPay: 30,
          decidedAt: null,
          proposedBy: { id: maker.userId },
        },
      });
      const decide = { creditTermId: asked.creditTerm.id, verdict: 'APPROVE' };
      expect(await as(maker).ask(DECIDE_TERM, { input: decide })).toMatchObject({ code: 'SELF_APPROVAL' });
      expect(await as(checker).ask(DECIDE_TERM, { input: decide })).toMatchObject({
        creditTerm: { state: 'IN_FORCE' },
      });
      expect(await as(checker).ask(DECIDE_TERM, { input: decide })).toMatchObject({
        code: 'CREDIT_TERM_STATE',
        creditTermState: 'IN_FORCE',
      });

      const second = await as(maker).ask<{ creditTerm: { id: string } }>(PROPOSE, {
        input: { ...input, limitFen: '5' },
      });
      expect(await as(checker).codeOf(WITHDRAW_TERM, { id: second.creditTerm.id })).toBe('NOT_FOUND');
      expect(await as(maker).ask(WITHDRAW_TERM, { id: second.creditTerm.id })).toMatchObject({
        creditTerm: { state: 'WITHDRAWN' },
      });
      expect(await as(maker).ask(TERMS, { unitId })).toEqual({
        nodes: [
          { version: 2, state: 'WITHDRAWN', limitFen: '5' },
          { version: 1, state: 'IN_FORCE', limitFen: '1000000' },
        ],
      });
    });

    it('are refused with every fault, for units that are not there, and for whoever may not', async () => {
      const { id: unitId } = await makeProcurementUnit(world);
      const wrong = { unitId, limitFen: '-1', daysToPay: 0 };
      expect(await as(maker).ask(PROPOSE, { input: wrong })).toMatchObject({
        fields: [{ path: 'limitFen' }, { path: 'daysToPay' }],
      });
      const input = { unitId, limitFen: '1', daysToPay: 30 };
      const nowhere = { ...input, unitId: newId('pru') };
      expect(await as(maker).codeOf(PROPOSE, { input: nowhere })).toBe('NOT_FOUND');
      for (const person of [world.person(), world.person(official('430200'))])
        expect(await as(person).codeOf(PROPOSE, { input })).toBe('FORBIDDEN');
      expect(await world.database.query('SELECT 1 FROM credit_term')).toEqual([]);
    });
  });

  describe('receipts', () => {
    it('are recorded once by the bank’s number, shown with what they pay, and leave credit that is used', async () => {
      const unit = await makeCreditUnit(world);
      const orderId = await sold(unit);
      const input = {
        unitId: unit.unitId,
        bankRef: newId('bnk'),
        amountFen: '12000',
        receivedOn: '2026-11-02',
      };

      const recorded = await as(maker).ask<{ receipt: { id: string } }>(RECORD, { input });
      expect(recorded).toMatchObject({
        receipt: {
          source: 'BANK',
          amountFen: '12000',
          allocatedFen: '10000',
          state: 'POSTED',
          unit: { name: '炎陵县霞阳中学' },
          allocations: [{ orderId, amountFen: '10000' }],
        },
      });
      expect(await as(checker).ask(RECORD, { input })).toMatchObject({
        receipt: { id: recorded.receipt.id },
      });
      expect(await as(maker).ask(RECORD, { input: { ...input, amountFen: '1' } })).toMatchObject({
        code: 'RECEIPT_REFERENCE_USED',
      });
      expect(await as(maker).ask(CREDIT, { unitId: unit.unitId })).toBe('2000');

      const next = await sold(unit);
      const apply = { unitId: unit.unitId, idempotencyKey: newId('req'), amountFen: '2000' };
      expect(await as(maker).ask(APPLY, { input: apply })).toMatchObject({
        receipt: { source: 'CREDIT', allocatedFen: '2000' },
      });
      expect(await as(maker).ask(APPLY, { input: { ...apply, idempotencyKey: newId('req') } })).toMatchObject(
        {
          code: 'INSUFFICIENT_BALANCE',
        },
      );
      await world.settle();
      const page = await as(maker).ask(RECEIPTS, { unitId: unit.unitId, first: 1 });
      expect(page).toMatchObject({
        nodes: [{ allocations: [{ orderId: next, amountFen: '2000' }], recordedBy: { id: maker.userId } }],
        pageInfo: { hasNextPage: true },
      });
    });

    it('are refused with every fault, for units that are not there, and for whoever may not; nothing is written', async () => {
      const unit = await makeCreditUnit(world);
      const input = { unitId: unit.unitId, bankRef: newId('bnk'), amountFen: '1', receivedOn: '2026-11-02' };
      const wrong = { ...input, bankRef: '', amountFen: '0', receivedOn: '2026-11-03' };
      expect(await as(maker).ask(RECORD, { input: wrong })).toMatchObject({
        fields: [{ path: 'reference' }, { path: 'amountFen' }, { path: 'receivedOn' }],
      });
      expect(await as(maker).codeOf(RECORD, { input: { ...input, unitId: newId('pru') } })).toBe('NOT_FOUND');
      for (const person of [world.person(), world.person(official('430200'))])
        expect(await as(person).codeOf(RECORD, { input })).toBe('FORBIDDEN');
      expect(await world.database.query('SELECT 1 FROM buyer_receipt')).toEqual([]);
    });

    it('cost as many statements for many orders as for one', async () => {
      const [few, many] = [await makeCreditUnit(world), await makeCreditUnit(world)];
      await sold(few);
      for (let index = 0; index < 4; index += 1) await sold(many);
      const record = (unit: CreditUnit, amountFen: string) =>
        countStatements(() =>
          as(maker).ask(RECORD, {
            input: { unitId: unit.unitId, bankRef: newId('bnk'), amountFen, receivedOn: '2026-11-02' },
          }),
        );
      await record(few, '1');
      await record(many, '1');

      expect(await record(many, '39999')).toBe(await record(few, '9999'));
    });
  });

  describe('acts of two people', () => {
    it('write off, reverse and pay back once another person agrees', async () => {
      const unit = await makeCreditUnit(world);
      const orderId = await sold(unit);
      const asked = await as(maker).ask<{ act: { id: string } }>(WRITE_OFF, {
        input: { idempotencyKey: newId('req'), orderId, reason: '单位撤销' },
      });
      expect(asked).toMatchObject({
        act: { kind: 'WRITE_OFF', state: 'REQUESTED', amountFen: '10000', bankRef: null },
      });
      const input = { actId: asked.act.id, verdict: 'APPROVE' };
      expect(await as(maker).ask(DECIDE, { input })).toMatchObject({ code: 'SELF_APPROVAL' });
      expect(await as(checker).ask(DECIDE, { input })).toMatchObject({ act: { state: 'POSTED' } });
      expect(await as(checker).ask(DECIDE, { input })).toMatchObject({
        code: 'RECEIVABLE_ACT_STATE',
        actState: 'POSTED',
      });

      const receipt = await makeReceipt(world, unit, 3_000n);
      const payback = { unitId: unit.unitId, amountFen: '3000', bankRef: 'OUT-0001', reason: '多付' };
      const back = await as(maker).ask<{ act: { id: string } }>(PAYBACK, {
        input: { ...payback, idempotencyKey: newId('req') },
      });
      expect(back).toMatchObject({ act: { kind: 'CREDIT_PAYBACK', bankRef: 'OUT-0001' } });
      const twice = { ...payback, amountFen: '1', idempotencyKey: newId('req') };
      expect(await as(checker).ask(PAYBACK, { input: twice })).toMatchObject({
        code: 'PAYBACK_REFERENCE_USED',
      });
      await as(checker).ask(DECIDE, { input: { actId: back.act.id, verdict: 'APPROVE' } });
      expect(await as(maker).ask(CREDIT, { unitId: unit.unitId })).toBe('0');

      const reverse = await as(maker).ask<{ act: { id: string } }>(REVERSE, {
        input: { idempotencyKey: newId('req'), receiptId: receipt.id, reason: '重复登记' },
      });
      expect(
        await as(checker).ask(DECIDE, { input: { actId: reverse.act.id, verdict: 'APPROVE' } }),
      ).toMatchObject({
        code: 'INSUFFICIENT_BALANCE',
      });
      expect(
        await as(checker).ask(DECIDE, {
          input: { actId: reverse.act.id, verdict: 'REJECT', reason: '已退回' },
        }),
      ).toMatchObject({ act: { state: 'REJECTED' } });
      expect(await as(maker).ask(ACTS)).toMatchObject({
        nodes: [
          { state: 'REJECTED' },
          { state: 'POSTED' },
          { state: 'POSTED', requestedBy: { id: maker.userId } },
        ],
      });
    });

    it('are withdrawn by whoever asked, and asked for by finance alone', async () => {
      const orderId = await sold(await makeCreditUnit(world));
      const input = { idempotencyKey: newId('req'), orderId, reason: '单位撤销' };
      const { act } = await as(maker).ask<{ act: { id: string } }>(WRITE_OFF, { input });
      expect(await as(maker).ask(WRITE_OFF, { input })).toMatchObject({ act: { id: act.id } });
      expect(await as(maker).ask(WRITE_OFF, { input: { ...input, reason: '别的' } })).toMatchObject({
        code: 'IDEMPOTENCY_CONFLICT',
      });

      expect(await as(checker).codeOf(WITHDRAW, { id: act.id })).toBe('NOT_FOUND');
      expect(await as(maker).ask(WITHDRAW, { id: act.id })).toMatchObject({ act: { state: 'WITHDRAWN' } });
      expect(
        await as(maker).codeOf(WRITE_OFF, {
          input: { ...input, idempotencyKey: newId('req'), orderId: newId('ord') },
        }),
      ).toBe('NOT_FOUND');
      for (const person of [world.person(), world.person(official('430200'))])
        expect(await as(person).codeOf(WRITE_OFF, { input })).toBe('FORBIDDEN');
    });
  });

  describe('ageing', () => {
    it('shows what is owed by how long it has been due, and how units pay', async () => {
      const [late, prompt] = [
        await makeCreditUnit(world),
        await makeCreditUnit(world, { divisionCode: '430224' }),
      ];
      const orderId = await sold(late);
      await sold(prompt);
      await makeReceipt(world, prompt, 10_000n, { receivedOn: '2026-11-02' });
      world.clock.set('2026-12-15T02:00:00Z');
      await sold(late);
      world.clock.set('2027-01-20T02:00:00Z');

      const page = await as(maker).ask<{ nodes: readonly { unit: { id: string } }[] }>(BY_UNIT);
      const rowOf = (unit: CreditUnit) => page.nodes.find(({ unit: { id } }) => id === unit.unitId);
      expect(rowOf(late)).toEqual({
        unit: { id: late.unitId, name: '炎陵县霞阳中学' },
        ageing: {
          notDueFen: '0',
          days1To30Fen: '10000',
          days31To60Fen: '10000',
          days61To90Fen: '0',
          over90Fen: '0',
          openFen: '20000',
          oldestDueOn: '2026-12-02',
        },
        score: { dueFen: '20000', paidOnTimeFen: '0', scoreBps: 0 },
      });
      expect(rowOf(prompt)).toMatchObject({
        ageing: { openFen: '0', oldestDueOn: null },
        score: { dueFen: '10000', paidOnTimeFen: '10000', scoreBps: 10_000 },
      });
      expect(await as(maker).ask(BY_DIVISION)).toEqual({
        nodes: [
          { divisionCode: '430224', ageing: { openFen: '0' }, score: { scoreBps: 10_000 } },
          { divisionCode: '430225', ageing: { openFen: '20000' }, score: { scoreBps: 0 } },
        ],
      });
      expect(await as(maker).ask(TOTAL)).toMatchObject({ openFen: '20000', days31To60Fen: '10000' });
      expect(await as(maker).ask(RECEIVABLES, { filter: { isOverdue: true }, first: 1 })).toMatchObject({
        nodes: [
          {
            orderId,
            dueOn: '2026-12-02',
            openFen: '10000',
            state: 'OPEN',
            entries: [{ kind: 'OPENED', amountFen: '10000', effectiveOn: '2026-11-02' }],
          },
        ],
        pageInfo: { hasNextPage: true },
      });
    });

    it('is read within one’s divisions, with as many statements for many as for one', async () => {
      const [yanling, chaling] = [
        await makeCreditUnit(world),
        await makeCreditUnit(world, { divisionCode: '430224' }),
      ];
      await sold(yanling);
      const reader = as(world.person(official('430225')));
      const one = await countStatements(() => reader.ask(RECEIVABLES));
      const oneByUnit = await countStatements(() => reader.ask(BY_UNIT));
      await sold(yanling);
      await sold(await makeCreditUnit(world));
      await sold(chaling);

      const { nodes } = await reader.ask<{ nodes: readonly { divisionCode: string }[] }>(RECEIVABLES);
      expect(nodes.map(({ divisionCode }) => divisionCode)).toEqual(['430225', '430225', '430225']);
      expect(await reader.ask(TOTAL)).toMatchObject({ openFen: '30000' });
      expect(await reader.ask(BY_DIVISION)).toMatchObject({ nodes: [{ divisionCode: '430225' }] });
      expect(await reader.ask(BY_UNIT, { divisionCode: '430224' })).toMatchObject({ nodes: [] });
      expect(await as(world.person(official('430300'))).ask(TOTAL)).toMatchObject({ openFen: '0' });
      expect(await countStatements(() => reader.ask(RECEIVABLES))).toBe(one);
      expect(await countStatements(() => reader.ask(BY_UNIT))).toBe(oneByUnit);
      for (const document of [RECEIVABLES, BY_UNIT, BY_DIVISION, TOTAL])
        expect(await as(world.person()).codeOf(document)).toBe('FORBIDDEN');
      for (const document of [RECEIPTS, TERMS, ACTS]) expect(await reader.codeOf(document)).toBe('FORBIDDEN');
      expect(await reader.codeOf(CREDIT, { unitId: yanling.unitId })).toBe('FORBIDDEN');
    });
  });
});
