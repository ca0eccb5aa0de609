import { jest } from '@jest/globals';
import { CertificationReader, ProductNameReader } from '#libs/catalog';
import {
  CertificateReminderService,
  CertificateService,
  CertificationBatchService,
  CertificationObjectionService,
  CertificationReviewService,
} from '#libs/certification';
import { MembershipService, SmsGateway, UserReader } from '#libs/identity';
import { DAY_MS, HOUR_MS, type IdOf, businessDay, newId, present, refused } from '#libs/kernel';
import type { Grant, Role } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import {
  type CertificationWish,
  type MadeCertification,
  certificationContent,
  makeCertificationApplication,
} from '../../make/certification.make.js';
import { makeScan } from '../../make/application.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makePaidOrder } from '../../make/order.make.js';
import { makeUser } from '../../make/user.make.js';

const PLAIN = '__typename ... on DomainError { code message } ... on InvalidInputError { fields { path } }';
const REFUSED = `${PLAIN}
  ... on CertificationStateError { certificationState } ... on CertificationChangedError { revision }`;
const APPLICATION = `id state revision stepNo desk linkedPersonCount commodityValueFen certificationId noticeTo linked { householdId }
  files { id } productName content { commodityValueFen agreementIds papers { kind } } steps { act office reason fields { path } }`;
const SAVE = `mutation ($input: CertificationApplicationSaveInput!) { certificationApplicationSave(input: $input) { ${REFUSED}
  ... on CertificationApplicationSavePayload { application { ${APPLICATION} } } } }`;
const SUBMIT = `mutation ($id: ID!, $revision: Int!) { certificationApplicationSubmit(applicationId: $id, revision: $revision) { ${REFUSED}
  ... on CertificationApplicationSubmitPayload { application { ${APPLICATION} } } } }`;
const WITHDRAW = `mutation ($id: ID!) { certificationApplicationWithdraw(applicationId: $id) { __typename ... on DomainError { code }
  ... on CertificationApplicationWithdrawPayload { application { ${APPLICATION} } } } }`;
const ONE = `query ($id: ID!) { certificationApplication(id: $id) { ${APPLICATION} } }`;
const MINE = `{ certificationApplications(atMyDesk: true) { nodes { id state desk productName } } }`;
const verdict = (act: string, more = '', values = '') =>
  `mutation ($id: ID!, $revision: Int!, $reason: String!${more}) { certification${act}(applicationId: $id, revision: $revision, reason: $reason${values}) { ${REFUSED}
    ... on Certification${act}Payload { application { ${APPLICATION} } } } }`;
const PASS = verdict('Pass');
const REFUSE = verdict('Refuse');
const RETURN = verdict('Return', ', $fields: [CertificationFaultInput!]!', ', fields: $fields');
const NOTICES = `{ certificationNotices { nodes { id productName merchantName county { code } schemeNameZh commodityValueFen linkedHouseholdCount } } }`;
const OBJECT = `mutation ($id: ID!, $input: CertificationObjectInput!) { certificationObject(noticeId: $id, input: $input) { __typename
  ... on DomainError { code } ... on CertificationObjectPayload { objectionId } } }`;
const OBJECTIONS = `query ($id: ID!) { certificationObjections(applicationId: $id) { id body maskedPhone state } }`;
const DECIDE = `mutation ($id: ID!, $isUpheld: Boolean!, $reason: String!) { certificationObjectionDecide(objectionId: $id, isUpheld: $isUpheld, reason: $reason) { ${PLAIN} ... on CertificationStateError { certificationState }
  ... on CertificationObjectionDecidePayload { application { state } } } }`;
const ISSUE = `mutation ($input: CertificationBatchIssueInput!) { certificationBatchIssue(input: $input) { ${PLAIN}
  ... on CertificationBatchIssuePayload { batch { id batchNo entryCount desk } } } }`;
const ENTRIES = `{ certificationEntries { nodes { id state productName catalogueNo linkedPersonCount validTo revocation { reason } rechecks { linkedHouseholdCount } } } }`;
const RECHECK = `mutation ($id: ID!, $validTo: DateTime!, $reason: String!) { certificationRecheck(certificationId: $id, validTo: $validTo, reason: $reason) { ${PLAIN}
  ... on CertificateStateError { certificateState } ... on CertificationRecheckPayload { entry { id state validTo rechecks { linkedHouseholdCount } } } } }`;
const REVOKE = `mutation ($id: ID!, $on: Date!, $reason: String!) { certificationRevoke(certificationId: $id, wrongSinceOn: $on, reason: $reason) { ${PLAIN}
  ... on CertificationRevokePayload { entry { id state revokedAt } } } }`;
const REVOKED = `{ revokedVolumes { nodes { certificationId sinceOn certifiedFen factCount } } }`;

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly nodes?: readonly Record<string, unknown>[];
  readonly application?: {
    readonly id: string;
    readonly state: string;
    readonly revision: number;
    readonly desk: string | null;
    readonly certificationId: string | null;
    readonly steps: readonly { readonly act: string }[];
  };
  readonly [more: string]: unknown;
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'merchant', 'settlement'] });
  world.clock.set('2026-11-02T04:00:00.000Z');
  await makeDivisions(world);
});
afterAll(() => world.close());

const within = (role: Role, scopeId: string): Grant => ({ role, scopeKind: 'DIVISION', scopeId });
const as = (service: 'storefront' | 'merchant' | 'settlement', token: string) => ({
  token,
  ask: (query: string, variables: object = {}) =>
    world
      .client(service)
      .as(token)
      .ask<Answer>(query, variables as Record<string, unknown>),
});
const official = (role: Role, scopeId: string) => as('settlement', world.person(within(role, scopeId)).token);
const township = () => official('TOWNSHIP_REVIEWER', '430225209');
const sector = () => official('DEPARTMENT_OFFICER', '430225');
const county = () => official('CERTIFIER', '430225');
const city = () => official('CERTIFIER', '430200');

const done = ({ application, ...refusal }: Answer) =>
  present(application, `an application, not ${JSON.stringify(refusal)}`);
const say = (id: string, more: object = {}) => ({ id, revision: 1, reason: '材料属实，同意', ...more });

interface Applied extends MadeCertification {
  readonly userId: IdOf<'usr'>;
  readonly ask: (query: string, variables?: object) => Promise<Answer>;
}
const applied = async (wish: CertificationWish = {}): Promise<Applied> => {
  const { userId } = await makeUser(world);
  const made = await makeCertificationApplication(world, userId, wish);
  const owner = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: made.merchantId } as const;
  return { ...made, userId, ask: as('merchant', world.personOf(userId, owner).token).ask };
};
const toNotice = async (id: string) => {
  for (const desk of [township(), sector(), county()]) done(await desk.ask(PASS, say(id)));
};
const nameOf = async (productId: string) =>
  (await world.get(ProductNameReader).byIds([productId]))[0]?.name ?? '';
const endNotices = () => world.get(CertificationReviewService).endNotices();
const toConfirmed = async (id: string) => {
  await toNotice(id);
  world.clock.advance(7 * DAY_MS);
  await endNotices();
  done(await city().ask(PASS, say(id)));
};
const issue = (applicationIds: readonly string[], more: object = {}) => ({
  input: {
    idempotencyKey: newId('req'),
    schemeCode: 'CITY_2024',
    applicationIds,
    validFromOn: businessDay(world.clock.now()),
    ...more,
  },
});
const listed = async (wish: CertificationWish = {}) => {
  const made = await applied(wish);
  await toConfirmed(made.id);
  const { __typename } = await city().ask(ISSUE, issue([made.id]));
  expect(__typename).toBe('CertificationBatchIssuePayload');
  const { certificationId } = done({ application: await made.ask(ONE, { id: made.id }) } as never);
  return { ...made, certificationId: present(certificationId, 'an entry') };
};

describe('the merchant’s side', () => {
  it('keeps what is typed, says all that is wrong at once, and hands in once', async () => {
    const made = await applied({ isSubmitted: false });
    const input = {
      applicationId: made.id,
      idempotencyKey: 'again',
      productId: made.productId,
      schemeCode: 'CITY_2024',
      revision: 1,
      content: { papers: [{ kind: 'OTHER' }] },
    };
    expect(done(await made.ask(SAVE, { input })).revision).toBe(2);
    expect(done(await made.ask(SAVE, { input })).revision).toBe(2);
    const { fields } = await made.ask(SUBMIT, { id: made.id, revision: 2 });
    expect(fields?.map(({ path }) => path)).toEqual([
      'content.townshipCode',
      'content.commodityValueFen',
      'content.agreementIds',
      'content.priceComparison',
      'content.afterSale',
      'content.isProcessedFood',
      'content.papers.0.fileIds',
      'content.papers',
    ]);
    expect(await made.ask(SAVE, { input: { ...input, content: { papers: [] } } })).toMatchObject({
      code: 'CERTIFICATION_CHANGED',
      revision: 2,
    });
    const whole = certificationContent(made.fileId, made.agreementId, '2026-10-01');
    expect(done(await made.ask(SAVE, { input: { ...input, revision: 2, content: whole } })).revision).toBe(3);
    const handedIn = done(await made.ask(SUBMIT, { id: made.id, revision: 3 }));
    expect(handedIn).toMatchObject({
      state: 'IN_REVIEW',
      desk: 'TOWNSHIP:430225209',
      productName: '炎陵黄桃',
      linkedPersonCount: 2,
      commodityValueFen: '88000000',
      linked: [{ householdId: expect.stringMatching(/^hhd_/) as unknown }],
      files: [{ id: made.fileId }],
    });
    expect(done(await made.ask(SUBMIT, { id: made.id, revision: 3 })).steps).toHaveLength(1);
    expect(done(await made.ask(WITHDRAW, { id: made.id })).state).toBe('WITHDRAWN');
    expect(done(await made.ask(WITHDRAW, { id: made.id })).steps).toHaveLength(2);
  });

  it('applies for its own products with its own agreements and papers, and for each once', async () => {
    const [one, other] = [await applied(), await applied({ isSubmitted: false })];
    const save = (productId: string, agreementId: string, fileId: string) => ({
      input: {
        idempotencyKey: newId('req'),
        productId,
        schemeCode: 'CITY_2024',
        revision: 0,
        content: certificationContent(fileId, agreementId, '2026-10-01'),
      },
    });
    await expect(other.ask(SAVE, save(one.productId, other.agreementId, other.fileId))).rejects.toThrow(
      /NOT_FOUND/,
    );
    await expect(other.ask(SUBMIT, { id: one.id, revision: 1 })).rejects.toThrow(/NOT_FOUND/);
    expect(await other.ask(ONE, { id: one.id })).toBeNull();
    const taken = done(await other.ask(SAVE, save(other.productId, one.agreementId, one.fileId)));
    expect((await other.ask(SUBMIT, { id: taken.id, revision: 1 })).fields?.map(({ path }) => path)).toEqual([
      'content.agreementIds.0',
      'content.agreementIds',
      ...[0, 1, 2, 3].map((index) => `content.papers.${index}.fileIds`),
    ]);
    const second = done(
      await one.ask(SAVE, save(one.productId, one.agreementId, await makeScan(world, one.userId))),
    );
    expect((await one.ask(SUBMIT, { id: second.id, revision: 1 })).fields?.map(({ path }) => path)).toEqual([
      'applicationId',
    ]);
  });
});

describe('the chain', () => {
  it('goes from desk to desk, each its own people, until it stands in the catalogue', async () => {
    const made = await applied({ households: 5 });
    const { id } = made;
    const [reviewer, department, certifier] = [township(), sector(), county()];

    // Nobody before their turn, nor somebody of another place.
    for (const early of [department, certifier, city()])
      expect(await early.ask(PASS, say(id))).toMatchObject({ certificationState: 'IN_REVIEW' });
    await expect(official('TOWNSHIP_REVIEWER', '430225100').ask(PASS, say(id))).rejects.toThrow(/NOT_FOUND/);
    await expect(official('CERTIFIER', '430224').ask(PASS, say(id))).rejects.toThrow(/NOT_FOUND/);
    expect((await reviewer.ask(MINE)).nodes).toContainEqual({
      id,
      state: 'IN_REVIEW',
      desk: 'TOWNSHIP:430225209',
      productName: '炎陵黄桃',
    });
    expect((await reviewer.ask(PASS, say(id, { reason: '' }))).fields?.map(({ path }) => path)).toEqual([
      'reason',
    ]);
    expect(await reviewer.ask(PASS, say(id, { revision: 7 }))).toMatchObject({
      code: 'CERTIFICATION_CHANGED',
    });

    const passed = done(await reviewer.ask(PASS, say(id)));
    expect(passed.desk).toBe('SECTOR:430225');
    // Its answer was lost.
    expect(done(await reviewer.ask(PASS, say(id))).steps).toHaveLength(passed.steps.length);
    expect(done(await department.ask(PASS, say(id))).desk).toBe('COUNTY:430225');
    expect(done(await certifier.ask(PASS, say(id)))).toMatchObject({
      state: 'ON_NOTICE',
      desk: 'COUNTY:430225',
    });
    // A notice is passed by time alone.
    expect(await county().ask(PASS, say(id))).toMatchObject({ certificationState: 'ON_NOTICE' });
    const { nodes } = await as('storefront', world.guest().token).ask(NOTICES);
    expect(nodes).toContainEqual({
      id,
      productName: '炎陵黄桃',
      merchantName: expect.any(String) as unknown,
      county: { code: '430225' },
      schemeNameZh: '株洲市消费帮扶产品认定（2024）',
      commodityValueFen: '88000000',
      linkedHouseholdCount: 5,
    });
    await endNotices();
    expect(await made.ask(ONE, { id })).toMatchObject({ state: 'ON_NOTICE' });
    world.clock.advance(7 * DAY_MS);
    await endNotices();
    expect(await made.ask(ONE, { id })).toMatchObject({ state: 'IN_REVIEW', desk: 'CITY:430200' });

    const last = city();
    expect(done(await last.ask(PASS, say(id)))).toMatchObject({ state: 'CONFIRMED', desk: 'CITY:430200' });
    await expect(county().ask(ISSUE, issue([id]))).rejects.toThrow(/NOT_FOUND/);
    const wish = issue([id]);
    const issued = await last.ask(ISSUE, wish);
    expect(issued).toMatchObject({ batch: { entryCount: 1, desk: 'CITY:430200' } });
    expect(await last.ask(ISSUE, wish)).toEqual(issued);
    const other = { input: { ...wish.input, applicationIds: [id, newId('cap')] } };
    expect(await last.ask(ISSUE, other)).toMatchObject({ code: 'CERTIFICATION_KEY_USED' });
    await expect(last.ask(ISSUE, issue([id]))).rejects.toThrow(/NOT_FOUND/);

    const { id: batchId, batchNo } = issued['batch'] as { id: string; batchNo: number };
    const one = 'query ($id: ID!) { certificationBatch(id: $id) { batchNo entryCount } }';
    expect(await county().ask(one, { id: batchId })).toEqual({ batchNo, entryCount: 1 });
    const ofBatch =
      'query ($id: ID!) { certificationEntries(batchId: $id) { nodes { catalogueNo productName } } }';
    const listed = { nodes: [{ catalogueNo: `ZZ430225-2026-${batchNo}-0001`, productName: '炎陵黄桃' }] };
    expect(await county().ask(ofBatch, { id: batchId })).toEqual(listed);
    expect(await county().ask(ofBatch, { id: newId('cba') })).toEqual({ nodes: [] });
    expect((await made.ask(ENTRIES)).nodes).toEqual([
      {
        id: expect.any(String) as unknown,
        state: 'IN_FORCE',
        productName: '炎陵黄桃',
        catalogueNo: `ZZ430225-2026-${batchNo}-0001`,
        linkedPersonCount: 10,
        validTo: '2027-11-08T16:00:00.000Z',
        revocation: null,
        rechecks: [],
      },
    ]);
    const acts = await world.database.query<{ act: string }>(
      'SELECT act FROM audit_entry WHERE subject = ? ORDER BY id',
      [id],
    );
    expect(acts.map(({ act }) => act.replace('certification.', ''))).toEqual([
      'submitted',
      'passed',
      'passed',
      'passed',
      'passed',
      'listed',
    ]);
  });

  it('is decided by nobody who works for the merchant, and by nobody twice', async () => {
    const made = await applied({ schemeCode: 'NATIONAL_2024', content: { commodityValueFen: '90000000' } });
    const { userId } = await makeUser(world);
    const both = within('OFFICIAL', '430225');
    const owner = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: made.merchantId } as const;
    await world.database.transaction((tx) =>
      world.get(MembershipService).grantWithin(tx, userId, owner, made.userId),
    );
    const near = as('settlement', world.personOf(userId, both).token);
    expect(await near.ask(PASS, say(made.id))).toMatchObject({ code: 'OWN_CERTIFICATION' });
    const author = as('settlement', world.personOf(made.userId, both).token);
    expect(await author.ask(PASS, say(made.id))).toMatchObject({ code: 'OWN_CERTIFICATION' });

    const plain = await applied();
    const everything = as(
      'settlement',
      world.person(within('TOWNSHIP_REVIEWER', '430225209'), within('CERTIFIER', '430225')).token,
    );
    done(await everything.ask(PASS, say(plain.id)));
    done(await sector().ask(PASS, say(plain.id)));
    expect(await everything.ask(PASS, say(plain.id, { reason: '再审一次，同意' }))).toMatchObject({
      code: 'OWN_CERTIFICATION',
    });
  });

  it('two at once decide once', async () => {
    const { id } = await applied();
    const answers = await Promise.all([township().ask(PASS, say(id)), township().ask(PASS, say(id))]);
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'CertificationPassPayload',
      'CertificationStateError',
    ]);
  });

  it('begins again once it was sent back and mended; refused, it may be applied for anew', async () => {
    const made = await applied();
    done(await township().ask(PASS, say(made.id)));
    const fields = [{ path: 'content.papers.0.validFrom', message: '检测报告看不清日期' }];
    const returned = done(await sector().ask(RETURN, say(made.id, { fields })));
    expect(returned).toMatchObject({ state: 'RETURNED', desk: null });
    const content = certificationContent(made.fileId, made.agreementId, '2026-10-02');
    const input = {
      applicationId: made.id,
      idempotencyKey: 'x',
      productId: made.productId,
      schemeCode: 'CITY_2024',
    };
    done(await made.ask(SAVE, { input: { ...input, revision: 1, content } }));
    expect(done(await made.ask(SUBMIT, { id: made.id, revision: 2 })).desk).toBe('TOWNSHIP:430225209');
    // What was looked at before it was mended is not what is there.
    expect(await township().ask(PASS, say(made.id))).toMatchObject({ code: 'CERTIFICATION_CHANGED' });
    expect(done(await township().ask(REFUSE, say(made.id, { revision: 2 }))).state).toBe('REFUSED');
    expect(await made.ask(WITHDRAW, { id: made.id })).toMatchObject({ code: 'CERTIFICATION_STATE' });
    const anew = {
      input: { ...input, applicationId: null, idempotencyKey: newId('req'), revision: 0, content },
    };
    const { id } = done(await made.ask(SAVE, anew));
    expect(done(await made.ask(SUBMIT, { id, revision: 1 })).state).toBe('IN_REVIEW');
  });

  it('costs the same number of statements however many wait', async () => {
    const reviewer = township();
    const cost = () => countStatements(() => reviewer.ask(MINE));
    await applied();
    await reviewer.ask(MINE);
    const before = await cost();
    await applied();
    await applied();
    expect(await cost()).toBe(before);
  });
});

describe('public notice', () => {
  const words = {
    body: '这批黄桃不是本村种的，基地早就没有了',
    contactName: '张三',
    contactPhone: '13800000001',
  };
  const anybody = () => as('storefront', world.guest().token);

  it('takes objections of anybody, once, and ends while none is open', async () => {
    const { id, ask } = await applied();
    await expect(anybody().ask(OBJECT, { id, input: words })).rejects.toThrow(/NOT_FOUND/);
    await toNotice(id);
    const [first, again] = await Promise.all([
      anybody().ask(OBJECT, { id, input: words }),
      anybody().ask(OBJECT, { id, input: words }),
    ]);
    expect(first['objectionId']).toBe(again['objectionId']);
    for (const n of [2, 3])
      expect(
        await anybody().ask(OBJECT, { id, input: { ...words, body: `${words.body}，第 ${n} 条` } }),
      ).toMatchObject({
        __typename: 'CertificationObjectPayload',
      });
    expect(
      await anybody().ask(OBJECT, { id, input: { ...words, body: `${words.body}，还有` } }),
    ).toMatchObject({
      code: 'CERTIFICATION_OBJECTIONS_FULL',
    });
    expect((await anybody().ask(OBJECT, { id, input: { ...words, body: '假' } })).__typename).toBe(
      'InvalidInputError',
    );
    world.clock.advance(8 * DAY_MS);
    expect(
      await anybody().ask(OBJECT, { id, input: { ...words, contactPhone: '13800000009' } }),
    ).toMatchObject({
      code: 'CERTIFICATION_NOTICE_CLOSED',
    });
    await endNotices();
    expect(await ask(ONE, { id })).toMatchObject({ state: 'ON_NOTICE' });

    const hearer = county();
    const said = (await hearer.ask(OBJECTIONS, { id })) as unknown as { id: string; maskedPhone: string }[];
    expect(said.map(({ maskedPhone }) => maskedPhone)).toEqual(Array(3).fill('138****0001'));
    await expect(official('CERTIFIER', '430224').ask(OBJECTIONS, { id })).rejects.toThrow(/NOT_FOUND/);
    const decide = (objectionId: string | undefined, isUpheld = false) => ({
      id: objectionId,
      isUpheld,
      reason: '已实地核查，基地在产',
    });
    expect(await city().ask(DECIDE, decide(said[0]?.id))).toMatchObject({ certificationState: 'ON_NOTICE' });
    for (const each of said) done(await hearer.ask(DECIDE, decide(each.id)));
    done(await hearer.ask(DECIDE, decide(said[0]?.id)));
    expect(await county().ask(DECIDE, decide(said[0]?.id, true))).toMatchObject({
      code: 'CERTIFICATION_OBJECTION_DECIDED',
    });
    await endNotices();
    expect(await ask(ONE, { id })).toMatchObject({ state: 'IN_REVIEW', desk: 'CITY:430200' });
  });

  it('hung out again as it was, it is decided by the same people and objected to with the same words', async () => {
    const { id, ask } = await applied();
    const desks = [township(), sector(), county()] as const;
    const hangOut = async () => {
      for (const desk of desks) done(await desk.ask(PASS, say(id)));
    };
    await hangOut();
    const { objectionId: first } = await anybody().ask(OBJECT, { id, input: words });
    done(await desks[2].ask(DECIDE, { id: first, isUpheld: true, reason: '经查产地不实，请更正' }));
    world.clock.advance(1_000);
    done(await ask(SUBMIT, { id, revision: 1 }));
    await hangOut();
    const typed = { ...words, contactPhone: '+86 138-0000-0001' };
    const { objectionId: second } = await anybody().ask(OBJECT, { id, input: typed });
    expect(await anybody().ask(OBJECT, { id, input: words })).toMatchObject({ objectionId: second });
    const said = async () =>
      (await county().ask(OBJECTIONS, { id })) as unknown as Record<'id' | 'state' | 'maskedPhone', string>[];
    expect((await said()).map((each) => [each.id, each.state, each.maskedPhone])).toEqual([
      [first, 'UPHELD', '138****0001'],
      [second, 'OPEN', '138****0001'],
    ]);

    const objectionId = first as string;
    const digest = async () =>
      world.database.query('SELECT HEX(digest) AS digest FROM certification_objection WHERE id = ?', [
        objectionId,
      ]);
    const before = await digest();
    await world.database.transaction((tx) =>
      tx.write("UPDATE certification_objection SET decided_at = '2025-01-01' WHERE id = ?", [objectionId]),
    );
    expect(await world.get(CertificationObjectionService).forgetContacts(10)).toBe(1);
    expect((await said()).map(({ maskedPhone }) => maskedPhone)).toEqual(['', '138****0001']);
    // Nobody finds the phone by trying out what was said.
    expect(await digest()).not.toEqual(before);
  });

  it('goes back to be mended when an objection is upheld', async () => {
    const { id, ask } = await applied();
    await toNotice(id);
    const { objectionId } = await anybody().ask(OBJECT, { id, input: words });
    const reason = '经查产地不实，请更正';
    done(await county().ask(DECIDE, { id: objectionId, isUpheld: true, reason }));
    expect(await ask(ONE, { id })).toMatchObject({ state: 'RETURNED', desk: null });
    expect((await anybody().ask(NOTICES)).nodes?.map(({ id: each }) => each)).not.toContain(id);
  });
});

describe('in the catalogue', () => {
  it('is announced only as it still is on that day; sent back, it follows where it comes from', async () => {
    const made = await applied();
    await toConfirmed(made.id);
    const today = businessDay(world.clock.now());
    const change = (sql: string, ...values: string[]) =>
      world.database.transaction((tx) => tx.write(sql, values));
    const faults = async () =>
      (await city().ask(ISSUE, issue([made.id]))).fields?.map(({ path }) => path) ?? [];
    await change("UPDATE merchant SET state = 'SUSPENDED' WHERE id = ?", made.merchantId);
    expect(await faults()).toEqual(['input.applicationIds.0']);
    await change("UPDATE merchant SET state = 'ACTIVE' WHERE id = ?", made.merchantId);
    await change('UPDATE linkage_agreement SET ends_before = ? WHERE id = ?', today, made.agreementId);
    expect(await faults()).toEqual(['input.applicationIds.0']);
    await change("UPDATE product SET origin_county_code = '430224' WHERE id = ?", made.productId);
    expect(await faults()).toHaveLength(2);

    const fields = [{ path: 'content.agreementIds', message: '协议已终止' }];
    expect(done(await city().ask(RETURN, say(made.id, { fields }))).state).toBe('RETURNED');
    await change('UPDATE linkage_agreement SET ends_before = NULL WHERE id = ?', made.agreementId);
    // Its township is none of the county where it comes from now.
    const again = await made.ask(SUBMIT, { id: made.id, revision: 1 });
    expect(again.fields?.map(({ path }) => path)).toEqual(['content.townshipCode']);
  });

  const certifiedBy = async ({ product }: Pick<MadeCertification, 'product'>) => {
    const { orderId } = await makePaidOrder(world, {}, product);
    const [line] = await world.database.query<{ certificationId: string | null }>(
      'SELECT certification_id AS certificationId FROM order_line WHERE order_id = ?',
      [orderId],
    );
    return line?.certificationId ?? null;
  };

  it('a sale counts by what stands there at its moment; revoked, it stays and is flagged', async () => {
    const made = await listed();
    const unsold = await listed();
    const { certificationId: id } = made;
    expect(await certifiedBy(made)).toBe(id);
    const keeper = county();
    const today = businessDay(world.clock.now());
    const revoke = { id, on: today, reason: '联农带农弱化，弄虚作假' };
    await expect(official('CERTIFIER', '430224').ask(REVOKE, revoke)).rejects.toThrow(/NOT_FOUND/);
    expect((await keeper.ask(REVOKE, { ...revoke, on: '2026-01-01' })).fields?.[0]?.path).toBe(
      'wrongSinceOn',
    );
    const revoked = await keeper.ask(REVOKE, revoke);
    expect(revoked).toMatchObject({ entry: { state: 'REVOKED' } });
    expect(await keeper.ask(REVOKE, revoke)).toEqual(revoked);
    await keeper.ask(REVOKE, { ...revoke, id: unsold.certificationId });
    world.clock.advance(1_000);
    expect(await certifiedBy(made)).toBeNull();
    await world.settle();
    const { nodes = [] } = await keeper.ask(REVOKED);
    const flagged = nodes.find(({ certificationId }) => certificationId === id);
    expect(flagged).toMatchObject({ sinceOn: today });
    expect(Number(flagged?.['factCount'])).toBeGreaterThan(0);
    const [known] = await world.database.query<{ certifiedFen: string; factCount: string }>(
      'SELECT SUM(recognised_fen) AS certifiedFen, COUNT(*) AS factCount FROM volume_fact WHERE certification_id = ?',
      [id],
    );
    expect(flagged).toMatchObject({
      certifiedFen: known?.certifiedFen,
      factCount: Number(known?.factCount),
    });
    expect(nodes.find(({ certificationId }) => certificationId === unsold.certificationId)).toMatchObject({
      certifiedFen: '0',
      factCount: 0,
    });
    expect((await official('CERTIFIER', '430224').ask(REVOKED)).nodes).toEqual([]);
    expect((await made.ask(ENTRIES)).nodes).toMatchObject([
      { state: 'REVOKED', revocation: { reason: revoke.reason } },
    ]);
  });

  it('lapses unless it is re-checked in time, which carries it on once', async () => {
    const made = await listed();
    const { certificationId: id } = made;
    const entry = async () => present((await made.ask(ENTRIES)).nodes?.[0], 'an entry');
    const { validTo } = await entry();
    const recheck = { id, validTo, reason: '协议在履行，已抽查付款凭证' };
    expect(await county().ask(RECHECK, recheck)).toMatchObject({ certificateState: 'IN_FORCE' });
    world.clock.set(new Date(Date.parse(validTo as string) - 10 * DAY_MS).toISOString());
    const keeper = county();
    const carried = await keeper.ask(RECHECK, recheck);
    expect(carried).toMatchObject({ entry: { state: 'IN_FORCE', rechecks: [{ linkedHouseholdCount: 1 }] } });
    expect(await keeper.ask(RECHECK, recheck)).toEqual(carried);
    const next = (carried['entry'] as { validTo: string }).validTo;
    world.clock.set(next);
    expect(await entry()).toMatchObject({ state: 'LAPSED' });
    expect(await county().ask(RECHECK, { ...recheck, validTo: next })).toMatchObject({
      certificateState: 'LAPSED',
    });
    const at = (ms: number) =>
      world.get(CertificationReader).validAt([made.productId], new Date(Date.parse(next) + ms));
    expect([...(await at(-1)).values()].map((each) => each.id)).toEqual([id]);
    expect((await at(0)).size).toBe(0);
  });

  it('its owner is told what becomes of it: sent back, refused, listed, ending, each once, and revoked', async () => {
    const told: string[] = [];
    const sms = jest
      .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendMerchantNotice')
      .mockImplementation(async (phone, { news, paperName, endsOn }) => {
        world.database.assertNoneOpen();
        if (phone === mine?.phone) told.push([news, paperName, endsOn ?? ''].join(' ').trim());
      });
    const made = await applied();
    const [mine] = await world.get(UserReader).phonesOf([made.userId]);
    const owner = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: made.merchantId } as const;
    await world.get(MembershipService).grant(made.userId, owner, null);
    const heard = async () => {
      await world.settle();
      return told.splice(0);
    };
    const fields = [{ path: 'content.papers.0.validFrom', message: '检测报告看不清日期' }];
    done(await township().ask(RETURN, say(made.id, { fields })));
    expect(await heard()).toEqual([`CERTIFICATION_RETURNED ${await nameOf(made.productId)}`]);
    done(await made.ask(SUBMIT, { id: made.id, revision: 1 }));
    await toConfirmed(made.id);
    await city().ask(ISSUE, issue([made.id]));
    expect(await heard()).toEqual([`CERTIFICATION_LISTED ${await nameOf(made.productId)}`]);

    const entry = present((await made.ask(ENTRIES)).nodes?.[0], 'an entry');
    const { id, validTo } = entry as { id: string; validTo: string };
    const remindAt = async (daysBefore: number) => {
      // At ten in the morning of Shanghai; several clocks at once tell once.
      world.clock.set(new Date(Date.parse(validTo) - daysBefore * DAY_MS + 10 * HOUR_MS).toISOString());
      const service = world.get(CertificateReminderService);
      await Promise.all([service.remindDue(100), service.remindDue(100)]);
      return heard();
    };
    const ending = `CERTIFICATION_ENDING ${await nameOf(made.productId)} ${businessDay(new Date(Date.parse(validTo) - 1))}`;
    expect(await remindAt(62)).toEqual([]);
    expect(await remindAt(60)).toEqual([ending]);
    expect(await remindAt(59)).toEqual([]);
    // No clock ran for a month: told once, and not of the day that was missed.
    expect(await remindAt(6)).toEqual([ending]);
    expect(await remindAt(5)).toEqual([]);
    // Carried on, it begins anew.
    const recheck = { id, validTo, reason: '协议在履行，已抽查付款凭证' };
    expect(await county().ask(RECHECK, recheck)).toMatchObject({ entry: { state: 'IN_FORCE' } });
    expect(await remindAt(4)).toEqual([]);
    await county().ask(REVOKE, { id, on: businessDay(world.clock.now()), reason: '联农带农弱化，弄虚作假' });
    expect(await heard()).toEqual([`CERTIFICATION_REVOKED ${await nameOf(made.productId)}`]);
    expect(await remindAt(0)).toEqual([]);
    sms.mockRestore();
  });

  it('is not carried on once nobody is linked any more', async () => {
    const made = await listed();
    const validTo = new Date((await made.ask(ENTRIES)).nodes?.[0]?.['validTo'] as string);
    await world.database.transaction((tx) =>
      tx.write("UPDATE linkage_agreement SET ends_before = '2026-12-01' WHERE id = ?", [made.agreementId]),
    );
    world.clock.set(new Date(validTo.getTime() - DAY_MS).toISOString());
    const wish = { certificationId: made.certificationId, validTo, reason: '年度复核' };
    const keeper = { userId: newId('usr'), divisions: ['430225'] };
    const answer = await world.get(CertificateService).recheck(wish, keeper);
    expect(refused(answer) ? answer.code : answer).toBe('CERTIFICATE_LINKAGE_WEAK');
  });

  it('costs the same number of statements however many are announced', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push((await applied()).id);
    for (const id of ids) await toNotice(id);
    world.clock.advance(7 * DAY_MS);
    await endNotices();
    for (const id of ids) done(await city().ask(PASS, say(id)));
    const reviewer = { userId: newId('usr'), divisions: ['430200'], desks: ['CITY:430200'] } as const;
    const cost = (...some: readonly string[]) =>
      countStatements(() => world.get(CertificationBatchService).issue(issue(some).input, reviewer));
    const [first = '', ...others] = ids;
    expect(await cost(...others)).toBe(await cost(first));
    const rows = await world.database.query<{ state: string; steps: string }>(
      `SELECT a.state,
         (SELECT COUNT(*) FROM certification_step s WHERE s.application_id = a.id AND s.act = 'LISTED') AS steps
       FROM certification_application a JOIN certification c ON c.id = a.certification_id AND c.product_id = a.product_id
       WHERE a.id IN (?)`,
      [ids],
    );
    expect(rows.map(({ state, steps }) => `${state} ${steps}`)).toEqual(ids.map(() => 'LISTED 1'));
  });

  it('numbers of batches at once follow each other', async () => {
    const made = [await applied(), await applied()];
    for (const { id } of made) await toConfirmed(id);
    const reviewer = { userId: newId('usr'), divisions: ['430200'], desks: ['CITY:430200'] } as const;
    const issued = await Promise.all(
      made.map(({ id }) => world.get(CertificationBatchService).issue(issue([id]).input, reviewer)),
    );
    const rows = await world.database.query<{ batchNo: number }>(
      'SELECT batch_no AS batchNo FROM certification_batch WHERE id IN (?) ORDER BY batch_no',
      [issued as string[]],
    );
    expect((rows[1]?.batchNo ?? 0) - (rows[0]?.batchNo ?? 0)).toBe(1);
  });
});
