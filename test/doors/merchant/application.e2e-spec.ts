import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type IdOf, newId, present } from '#libs/kernel';
import { MembershipReader } from '#libs/identity';
import { type ApplicationContent, MerchantApplicationService, MerchantReader } from '#libs/merchant';
import type { Grant } from '#platform/auth';
import { StoredFileService, UNATTACHED_MS_MAX } from '#platform/files';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { applicationContent, makeApplication, makeScan, paper } from '../../make/application.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { freshCreditCode, makeMerchant } from '../../make/merchant.make.js';
import { makeUser } from '../../make/user.make.js';

const APPLICATION = `id state revision countyCode merchantId content { kind name creditCode contactPhone papers { kind number validTo fileIds } }
  files { id name } steps { act reason fields { path message } }`;
const REFUSED = `__typename ... on DomainError { code message } ... on InvalidInputError { fields { path message } }
  ... on MerchantApplicationChangedError { revision } ... on MerchantApplicationStateError { applicationState }`;
const SAVE = `mutation ($input: MerchantApplicationSaveInput!) { merchantApplicationSave(input: $input) { ${REFUSED}
  ... on MerchantApplicationSavePayload { application { ${APPLICATION} } } } }`;
const SUBMIT = `mutation ($id: ID!, $revision: Int!) { merchantApplicationSubmit(applicationId: $id, revision: $revision) { ${REFUSED}
  ... on MerchantApplicationSubmitPayload { application { ${APPLICATION} } } } }`;
const WITHDRAW = `mutation ($id: ID!) { merchantApplicationWithdraw(applicationId: $id) { __typename ... on DomainError { code }
  ... on MerchantApplicationWithdrawPayload { application { ${APPLICATION} } } } }`;
const ONE = `query ($id: ID!) { merchantApplication(id: $id) { ${APPLICATION} } }`;
const LIST = `{ merchantApplications { nodes { id state name kind countyCode } pageInfo { hasNextPage } } }`;
const verdict = (act: string, more = '', values = '') =>
  `mutation ($id: ID!, $revision: Int!${more}) { merchantApplication${act}(applicationId: $id, revision: $revision${values}) { ${REFUSED}
    ... on MerchantApplication${act}Payload { application { ${APPLICATION} } } } }`;
const RECOMMEND = verdict('Recommend', ', $reason: String!', ', reason: $reason');
const APPROVE = verdict('Approve');
const REFUSE = verdict('Refuse', ', $reason: String!', ', reason: $reason');
const RETURN = verdict(
  'Return',
  ', $reason: String!, $fields: [MerchantApplicationFaultInput!]!',
  ', reason: $reason, fields: $fields',
);

interface Application {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly merchantId: string | null;
  readonly countyCode: string;
  readonly content: Partial<ApplicationContent>;
  readonly files: readonly { readonly id: string }[];
  readonly steps: readonly { readonly act: string; readonly reason: string; readonly fields: object[] }[];
}
interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly revision?: number;
  readonly applicationState?: string;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  readonly application?: Application;
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement'] });
  world.clock.set('2026-11-02T04:00:00.000Z');
  await makeDivisions(world);
});
afterAll(() => world.close());

const official = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const OPERATOR: Grant = { role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' };
const at = (service: 'merchant' | 'settlement', token: string) => ({
  ask: async (query: string, variables: object = {}) =>
    world
      .client(service)
      .as(token)
      .ask<Answer>(query, variables as Record<string, unknown>),
});
/** Somebody who is on the register, as whoever signs in is. */
const applicant = async () => {
  const { userId } = await makeUser(world);
  return { userId, ...at('merchant', world.personOf(userId).token), token: world.personOf(userId).token };
};
const county = (code = '430225') => at('settlement', world.person(official(code)).token);
const platform = () => at('settlement', world.person(OPERATOR).token);
const draft = (content: object, more: object = {}) => ({
  input: { applicationId: null, idempotencyKey: newId('req'), revision: 0, content, ...more },
});
const done = ({ application, ...refusal }: Answer): Application =>
  present(application, `an application, not ${JSON.stringify(refusal)}`);

describe('typing', () => {
  it('loses nothing, however little, and asks for what is missing only when it is handed in', async () => {
    const me = await applicant();

    const saved = done(await me.ask(SAVE, draft({ name: '平', papers: [{ kind: 'OTHER' }] })));
    expect(saved).toMatchObject({ state: 'DRAFT', revision: 1, content: { name: '平' }, steps: [] });
    const { fields } = await me.ask(SUBMIT, { id: saved.id, revision: 1 });

    expect(fields?.map(({ path }) => path)).toEqual([
      'content.kind',
      'content.creditCode',
      'content.countyCode',
      'content.contactName',
      'content.contactPhone',
      'content.legalPersonName',
      'content.goods',
      'content.processedFood',
      'content.papers.0.fileIds',
    ]);
    expect(done({ application: await me.ask(ONE, { id: saved.id }) } as never)).toMatchObject({
      state: 'DRAFT',
      revision: 1,
    });
  });

  it('on two phones overwrites nothing, and is told what is there', async () => {
    const me = await applicant();
    const first = draft({ name: '平乐', papers: [] });
    const { id } = done(await me.ask(SAVE, first));
    const again = (content: object, revision: number) =>
      me.ask(SAVE, draft(content, { applicationId: id, revision }));

    // Its answer was lost.
    expect(done(await me.ask(SAVE, first))).toMatchObject({ id, revision: 1 });
    expect(
      await me.ask(SAVE, { input: { ...first.input, content: { name: '别的', papers: [] } } }),
    ).toMatchObject({
      code: 'MERCHANT_APPLICATION_CHANGED',
      revision: 1,
    });
    expect(done(await again({ name: '平乐黄桃', papers: [] }, 1)).revision).toBe(2);
    expect(done(await again({ name: '平乐黄桃', papers: [] }, 1)).revision).toBe(2);
    expect(await again({ name: '另一部手机', papers: [] }, 1)).toMatchObject({
      code: 'MERCHANT_APPLICATION_CHANGED',
      revision: 2,
    });
    expect(await me.ask(SUBMIT, { id, revision: 1 })).toMatchObject({ code: 'MERCHANT_APPLICATION_CHANGED' });
  });

  it('keeps the papers of a draft, and shows them to its author alone', async () => {
    const me = await applicant();
    const fileId = await makeScan(world, me.userId);
    const { id, files } = done(await me.ask(SAVE, draft({ papers: [paper('BUSINESS_LICENCE', fileId)] })));
    expect(files).toEqual([{ id: fileId, name: '营业执照.pdf' }]);
    const get = (service: 'merchant' | 'settlement', token: string) =>
      world
        .client(service)
        .http.get(`/merchant-applications/${id}/files/${fileId}`)
        .set('authorization', `Bearer ${token}`);

    const shown = await get('merchant', me.token);
    expect([shown.status, shown.headers['content-disposition']?.slice(0, 10)]).toEqual([200, 'attachment']);
    expect((await get('merchant', world.person().token)).status).toBe(404);
    // Not while it is being typed.
    expect((await get('settlement', world.person(official('430225')).token)).status).toBe(404);
    // Nor by writing another's id down.
    const thief = await applicant();
    const stolen = done(await thief.ask(SAVE, draft({ papers: [paper('BUSINESS_LICENCE', fileId)] })));
    expect(stolen.files).toEqual([]);
    const path = `/merchant-applications/${stolen.id}/files/${fileId}`;
    const tried = await world.client('merchant').http.get(path).set('authorization', `Bearer ${thief.token}`);
    expect(tried.status).toBe(404);
  });

  it('is for nobody without a name, and ends at twenty applications', async () => {
    const { token: guest } = world.guest();
    await expect(at('merchant', guest).ask(SAVE, draft({ papers: [] }))).rejects.toThrow(/FORBIDDEN/);
    const me = await applicant();
    const first = draft({ papers: [] });
    const { id } = done(await me.ask(SAVE, first));
    for (let n = 1; n < 20; n += 1) await me.ask(SAVE, draft({ papers: [] }));

    expect((await me.ask(SAVE, draft({ papers: [] }))).fields?.map(({ path }) => path)).toEqual(['content']);
    // What was saved before is still known by its key.
    expect(done(await me.ask(SAVE, first)).id).toBe(id);
    expect(done(await me.ask(WITHDRAW, { id })).state).toBe('WITHDRAWN');
    expect(done(await me.ask(WITHDRAW, { id })).steps).toHaveLength(1);
    expect((await me.ask(SAVE, draft({ papers: [] }))).__typename).toBe('MerchantApplicationSavePayload');
    expect(await me.ask(SUBMIT, { id, revision: 1 })).toMatchObject({ applicationState: 'WITHDRAWN' });
  });

  it('is told which papers to bring', async () => {
    const asked = `{ merchantPapersRequired(kind: VENUE_OPERATOR, processedFood: MADE) { kind number validTo ageDaysMax } }`;

    const forms: unknown = await (await applicant()).ask(asked);

    for (const kind of ['FOOD_PRODUCTION_LICENCE', 'FOOD_BUSINESS_LICENCE'])
      expect(forms).toContainEqual({ kind, number: kind, validTo: 'ALWAYS', ageDaysMax: null });
  });
});

describe('from application to merchant', () => {
  const grantsOf = (userId: IdOf<'usr'>) => world.get(MembershipReader).grantsOf(userId);

  it('the county recommends, the platform approves, and whoever applied owns what may sell', async () => {
    const me = await applicant();
    const { id, fileId } = await makeApplication(world, me.userId);
    const [official1, operator] = [world.person(official('430225')), world.person(OPERATOR)];
    const seen = (await at('settlement', official1.token).ask(ONE, { id })) as unknown as Application;
    expect(seen).toMatchObject({
      state: 'SUBMITTED',
      countyCode: '430225',
      content: { contactPhone: '139****8888' },
      files: [{ id: fileId }],
    });
    const shown = await world
      .client('settlement')
      .http.get(`/merchant-applications/${id}/files/${fileId}`)
      .set('authorization', `Bearer ${official1.token}`);
    expect(shown.status).toBe(200);

    const said = { id, revision: 1, reason: '年产 300 吨，联结脱贫户 42 户' };
    const recommended = done(await at('settlement', official1.token).ask(RECOMMEND, said));
    expect(recommended.state).toBe('RECOMMENDED');
    expect(done(await at('settlement', official1.token).ask(RECOMMEND, said)).steps).toHaveLength(2);
    expect(await grantsOf(me.userId)).toEqual([]);
    const approved = done(await at('settlement', operator.token).ask(APPROVE, { id, revision: 1 }));
    // Its answer was lost.
    expect(done(await at('settlement', operator.token).ask(APPROVE, { id, revision: 1 })).merchantId).toBe(
      approved.merchantId,
    );

    const merchantId = present(approved.merchantId, 'a merchant');
    expect(await world.get(MerchantReader).byId(merchantId)).toMatchObject({
      name: '炎陵县平乐黄桃专业合作社',
      kind: 'COOPERATIVE',
      countyCode: '430225',
      state: 'ACTIVE',
    });
    expect(await grantsOf(me.userId)).toEqual([
      { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId },
    ]);
    expect(await me.ask(ONE, { id })).toMatchObject({
      state: 'APPROVED',
      merchantId,
      content: { contactPhone: '13973318888' },
      steps: [{ act: 'SUBMITTED' }, { act: 'RECOMMENDED', reason: said.reason }, { act: 'APPROVED' }],
    });
    const acts = await world.database.query<{ act: string }>(
      'SELECT act FROM audit_entry WHERE subject = ? ORDER BY id',
      [id],
    );
    expect(acts.map(({ act }) => act)).toEqual([
      'merchant_application.submitted',
      'merchant_application.seen',
      'merchant_application.paper_seen',
      'merchant_application.recommended',
      'merchant_application.approved',
    ]);
  });

  it('is sent back field by field, mended, and looked at by the county again', async () => {
    const me = await applicant();
    const { id, fileId } = await makeApplication(world, me.userId);
    const fields = [{ path: 'content.papers.0.validTo', message: '执照照片看不清有效期' }];
    expect(done(await county().ask(RECOMMEND, { id, revision: 1, reason: '同意推荐' })).state).toBe(
      'RECOMMENDED',
    );

    const sent = { id, revision: 1, reason: '请补充', fields };
    expect(await county().ask(RETURN, sent)).toMatchObject({ applicationState: 'RECOMMENDED' });
    const returned = done(await platform().ask(RETURN, sent));
    expect(returned.steps.at(-1)).toEqual({ act: 'RETURNED', reason: '请补充', fields });
    const content = { ...applicationContent(fileId), creditCode: returned.content.creditCode };
    const mended = {
      ...content,
      papers: content.papers.map((each) => ({ ...each, number: each.number && returned.content.creditCode })),
    };
    expect(done(await me.ask(SAVE, draft(mended, { applicationId: id, revision: 1 }))).revision).toBe(2);
    expect(done(await me.ask(SUBMIT, { id, revision: 2 })).state).toBe('SUBMITTED');

    expect(await platform().ask(APPROVE, { id, revision: 2 })).toMatchObject({
      applicationState: 'SUBMITTED',
    });
    // What was looked at before it was mended is not what is there.
    expect(await county().ask(RECOMMEND, { id, revision: 1, reason: '同意推荐' })).toMatchObject({
      code: 'MERCHANT_APPLICATION_CHANGED',
      revision: 2,
    });
    expect(await me.ask(SAVE, draft(mended, { applicationId: id, revision: 2 }))).toMatchObject({
      applicationState: 'SUBMITTED',
    });
  });

  it('is refused for good, and its credit code is free again', async () => {
    const [me, other] = [await applicant(), await applicant()];
    const creditCode = freshCreditCode();
    const { id } = await makeApplication(world, me.userId, { creditCode });
    const rival = async () => {
      const fileId = await makeScan(world, other.userId);
      const saved = done(await other.ask(SAVE, draft(applicationContent(fileId, { creditCode }))));
      return other.ask(SUBMIT, { id: saved.id, revision: 1 });
    };
    const [one, two] = await Promise.all([rival(), rival()]);
    expect([one, two].map(({ fields }) => fields?.map(({ path }) => path))).toEqual([
      ['content.creditCode'],
      ['content.creditCode'],
    ]);

    expect((await county().ask(REFUSE, { id, revision: 1, reason: '' })).fields?.[0]?.path).toBe('reason');
    expect(done(await county().ask(REFUSE, { id, revision: 1, reason: '不在本县生产' })).state).toBe(
      'REFUSED',
    );

    expect(await me.ask(WITHDRAW, { id })).toMatchObject({ code: 'MERCHANT_APPLICATION_STATE' });
    // Both at once: the unique key lets one through.
    const states = (await Promise.all([rival(), rival()])).map(
      ({ application }) => application?.state ?? 'refused',
    );
    expect(states.toSorted()).toEqual(['SUBMITTED', 'refused']);
  });

  it('has no second merchant for one credit code', async () => {
    const me = await applicant();
    const merchant = await makeMerchant(world);
    const creditCode = present(
      (await world.get(MerchantReader).creditCodesOf([merchant.id])).get(merchant.id),
      'a code',
    );
    const fileId = await makeScan(world, me.userId);
    const saved = done(await me.ask(SAVE, draft(applicationContent(fileId, { creditCode }))));
    expect((await me.ask(SUBMIT, { id: saved.id, revision: 1 })).fields?.map(({ path }) => path)).toEqual([
      'content.creditCode',
    ]);

    // Registered while it waited.
    const late = freshCreditCode();
    const { id } = await makeApplication(world, me.userId, { creditCode: late });
    await makeMerchant(world, { creditCode: late });
    await county().ask(RECOMMEND, { id, revision: 1, reason: '同意推荐' });
    expect((await platform().ask(APPROVE, { id, revision: 1 })).fields?.map(({ path }) => path)).toEqual([
      'creditCode',
    ]);
    expect(await grantsOf(me.userId)).toEqual([]);
  });

  it('takes two people who have not applied: nobody decides twice, and once at once', async () => {
    const both = await makeUser(world);
    const { id } = await makeApplication(world, both.userId);
    const wearsAll = at('settlement', world.personOf(both.userId, official('430225'), OPERATOR).token);
    const second = await makeUser(world);
    const hat = at('settlement', world.personOf(second.userId, official('430225'), OPERATOR).token);
    const said = { id, revision: 1, reason: '同意推荐' };

    expect(await wearsAll.ask(RECOMMEND, said)).toMatchObject({ code: 'OWN_APPLICATION' });
    const at1 = await Promise.all([hat.ask(RECOMMEND, said), county().ask(REFUSE, said)]);
    expect(at1.filter(({ application }) => application)).toHaveLength(1);
    const other = await makeApplication(world, both.userId);
    await hat.ask(RECOMMEND, { ...said, id: other.id });
    expect(await hat.ask(APPROVE, { id: other.id, revision: 1 })).toMatchObject({ code: 'OWN_APPLICATION' });
    const approvals = await Promise.all(
      [1, 2, 3].map(() => platform().ask(APPROVE, { id: other.id, revision: 1 })),
    );
    expect(approvals.filter(({ application }) => application)).toHaveLength(1);
  });

  it('lies with its county: others do not find it', async () => {
    const me = await applicant();
    const { id } = await makeApplication(world, me.userId);

    await expect(county('430224').ask(RECOMMEND, { id, revision: 1, reason: '同意推荐' })).rejects.toThrow(
      /NOT_FOUND/,
    );
    expect(await county('430224').ask(ONE, { id })).toBeNull();
    const inspector: Grant = { role: 'INSPECTOR', scopeKind: 'DIVISION', scopeId: '430225' };
    const looking = at('settlement', world.person(inspector).token);
    expect(await looking.ask(ONE, { id })).toMatchObject({ id });
    await expect(looking.ask(REFUSE, { id, revision: 1, reason: '不同意' })).rejects.toThrow(/FORBIDDEN/);
    await expect(county().ask(APPROVE, { id, revision: 1 })).rejects.toThrow(/FORBIDDEN/);
    await expect(platform().ask(RECOMMEND, { id, revision: 1, reason: '同意' })).rejects.toThrow(/FORBIDDEN/);
    await expect((await applicant()).ask(SUBMIT, { id, revision: 1 })).rejects.toThrow(/NOT_FOUND/);
    await expect(me.ask(RECOMMEND, { id, revision: 1, reason: '自荐' })).rejects.toThrow();
  });

  it('waits in the order in which it was handed in, whenever it was begun', async () => {
    const me = await applicant();
    // Of another county, where nothing else waits.
    const begin = async () =>
      (await makeApplication(world, me.userId, { countyCode: '430224', isSubmitted: false })).id;
    const [begunFirst, begunNext, begunLast] = [await begin(), await begin(), await begin()];
    for (const id of [begunLast, begunFirst, begunNext]) {
      world.clock.advance(1_000);
      done(await me.ask(SUBMIT, { id, revision: 1 }));
    }
    const by = world.client('settlement').as(world.person(official('430224')).token);
    const page = (after: string | null) =>
      by.ask<{
        readonly nodes: readonly { readonly id: string }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      }>(
        'query ($after: String) { merchantApplications(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
    const first = await page(null);
    const rest = await page(first.pageInfo.endCursor);

    expect([...first.nodes, ...rest.nodes].map(({ id }) => id)).toEqual([begunLast, begunFirst, begunNext]);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('costs as much for a list of many as of one', async () => {
    const me = await applicant();
    await makeApplication(world, me.userId);
    const [own, queue] = [() => me.ask(LIST), () => county().ask(LIST)];
    const [one, waiting] = [await countStatements(own), await countStatements(queue)];
    for (let n = 0; n < 3; n += 1) await makeApplication(world, me.userId);

    expect([await countStatements(own), await countStatements(queue)]).toEqual([one, waiting]);
    expect(one).toBe(1);
    expect(await me.ask(LIST)).toMatchObject({ nodes: { length: 4 } });
  });
});

describe('an account in an application', () => {
  const ACCOUNT = 'id state revision bankAccount { accountName bankName bankCode lastFour }';
  const SAY = `mutation ($input: MerchantApplicationBankAccountSetInput!) { merchantApplicationBankAccountSet(input: $input) { ${REFUSED}
    ... on MerchantApplicationBankAccountSetPayload { application { ${ACCOUNT} } } } }`;
  const SHOWN = `query ($id: ID!) { merchantApplication(id: $id) { ${ACCOUNT} } }`;
  const NOW = `query ($merchantId: ID!) { bankAccount(merchantId: $merchantId) { id lastFour state bankName } }`;
  const SET = `mutation ($input: BankAccountSetInput!) { bankAccountSet(input: $input) { __typename ... on BankAccountSetPayload { bankAccount { lastFour } } } }`;
  const VERIFY = `mutation ($input: PayeeAccountVerifyInput!) { payeeAccountVerify(input: $input) { __typename ... on DomainError { code } ... on PayeeAccountVerifyPayload { account { state } } } }`;
  const FINANCE: Grant = { role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' };
  const account = {
    accountName: '炎陵县平乐黄桃专业合作社',
    bankName: '炎陵农商银行霞阳支行',
    accountNumber: '6230 0000 0000 0014 321',
  };
  const shown = {
    accountName: account.accountName,
    bankName: account.bankName,
    bankCode: null,
    lastFour: '4321',
  };
  const input = (applicationId: string, revision: number, more: object | null = {}) => ({
    input: { applicationId, revision, account: more && { ...account, ...more } },
  });
  const rowOf = (id: string) =>
    world.database.query<{ numberCipher: Buffer | null }>(
      'SELECT number_cipher AS numberCipher FROM merchant_application_account WHERE application_id = ?',
      [id],
    );
  const approve = async (id: string, revision: number) => {
    done(await county().ask(RECOMMEND, { id, revision, reason: '同意推荐' }));
    const { merchantId } = done(await platform().ask(APPROVE, { id, revision }));
    return present(merchantId, 'a merchant');
  };
  const ownerOf = (userId: IdOf<'usr'>, merchantId: string) =>
    at(
      'merchant',
      world.personOf(userId, { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId }).token,
    );

  it('is sealed as it is said, and shown by its last four digits to whoever may see the application', async () => {
    const [me, stranger] = [await applicant(), await applicant()];
    const { id } = await makeApplication(world, me.userId, { isSubmitted: false });
    const faults = async (more: object) =>
      (await me.ask(SAY, input(id, 1, more))).fields?.map(({ path }) => path);

    expect(await faults({ accountName: '=1', bankName: '', bankCode: '1', accountNumber: '12' })).toEqual([
      'account.accountName',
      'account.bankName',
      'account.bankCode',
      'account.accountNumber',
    ]);
    expect(await me.ask(SHOWN, { id })).toMatchObject({ revision: 1, bankAccount: null });
    const said = done(await me.ask(SAY, input(id, 1)));
    expect(said).toMatchObject({ revision: 2, bankAccount: shown });
    // Its answer was lost, and somebody presses once more.
    for (const revision of [1, 2]) expect(done(await me.ask(SAY, input(id, revision)))).toEqual(said);
    expect(await me.ask(SAY, input(id, 1, { accountNumber: '62300000000000001' }))).toMatchObject({
      code: 'MERCHANT_APPLICATION_CHANGED',
      revision: 2,
    });
    await expect(stranger.ask(SAY, input(id, 2))).rejects.toThrow(/NOT_FOUND/);
    expect(await stranger.ask(SHOWN, { id })).toBeNull();
    expect(await county().ask(SHOWN, { id })).toBeNull();

    done(await me.ask(SUBMIT, { id, revision: 2 }));
    expect(await me.ask(SAY, input(id, 2, null))).toMatchObject({ applicationState: 'SUBMITTED' });
    expect(await county().ask(SHOWN, { id })).toMatchObject({ bankAccount: shown });
    expect(await county('430224').ask(SHOWN, { id })).toBeNull();
    const [row] = await rowOf(id);
    expect(present(row?.numberCipher, 'a cipher').includes('6230000000000014321')).toBe(false);
    expect(
      JSON.stringify(await world.database.query('SELECT * FROM audit_entry WHERE subject = ?', [id])),
    ).not.toMatch(/0014321/);
  });

  it('is sent back, changed, looked at again, and waits for finance once there is a merchant', async () => {
    const me = await applicant();
    const { id } = await makeApplication(world, me.userId, { isSubmitted: false });
    done(await me.ask(SAY, input(id, 1)));
    done(await me.ask(SUBMIT, { id, revision: 2 }));
    const fields = [{ path: 'content.bankAccount', message: '户名和执照不一样' }];
    done(await county().ask(RETURN, { id, revision: 2, reason: '请换对公账户', fields }));
    done(await me.ask(SAY, input(id, 2, { bankName: '炎陵农商银行营业部' })));
    done(await me.ask(SUBMIT, { id, revision: 3 }));

    // Whoever looked at the account before has not seen this one.
    expect(await county().ask(RECOMMEND, { id, revision: 2, reason: '同意推荐' })).toMatchObject({
      revision: 3,
    });
    const merchantId = await approve(id, 3);
    await world.settle();

    const now = (await ownerOf(me.userId, merchantId).ask(NOW, { merchantId })) as unknown as { id: string };
    expect(now).toMatchObject({ lastFour: '4321', state: 'UNVERIFIED', bankName: '炎陵农商银行营业部' });
    const evidence = { accountId: now.id, how: 'DOCUMENTS', evidence: '开户许可证' };
    const self = at('settlement', world.personOf(me.userId, FINANCE).token);
    expect(await self.ask(VERIFY, { input: evidence })).toMatchObject({ code: 'SELF_VERIFICATION' });
    expect(
      await at('settlement', world.person(FINANCE).token).ask(VERIFY, { input: evidence }),
    ).toMatchObject({
      account: { state: 'VERIFIED' },
    });
    // The merchant's account alone has the number.
    expect(await rowOf(id)).toEqual([{ numberCipher: null }]);
    expect(await me.ask(SHOWN, { id })).toMatchObject({ bankAccount: { lastFour: '4321' } });
  });

  it('gives way to what the owner has said since, and goes with an application that comes to nothing', async () => {
    const me = await applicant();
    const said = async () => {
      const { id } = await makeApplication(world, me.userId, { isSubmitted: false });
      done(await me.ask(SAY, input(id, 1)));
      return id;
    };
    const [kept, dropped, withdrawn, refusedOne] = [await said(), await said(), await said(), await said()];
    done(await me.ask(SUBMIT, { id: kept, revision: 2 }));
    const merchantId = await approve(kept, 2);
    const owner = ownerOf(me.userId, merchantId);
    const later = {
      ...account,
      accountNumber: '62170000000009999',
      merchantId,
      idempotencyKey: newId('req'),
    };
    await owner.ask(SET, { input: later });
    await world.settle();
    expect(await owner.ask(NOW, { merchantId })).toMatchObject({ lastFour: '9999' });
    expect(await rowOf(kept)).toEqual([{ numberCipher: null }]);

    expect(done(await me.ask(SAY, input(dropped, 2, null)))).toMatchObject({
      revision: 3,
      bankAccount: null,
    });
    done(await me.ask(WITHDRAW, { id: withdrawn }));
    done(await me.ask(SUBMIT, { id: refusedOne, revision: 2 }));
    done(await county().ask(REFUSE, { id: refusedOne, revision: 2, reason: '不在本县生产' }));
    for (const id of [dropped, withdrawn, refusedOne]) expect(await rowOf(id)).toEqual([]);
    const open = await said();
    await world.database.transaction((tx) =>
      world.get(MerchantApplicationService).forgetApplicant(tx, me.userId),
    );
    expect(await rowOf(open)).toEqual([]);
  });
});

it('whoever is forgotten has applied for nothing, and the credit code is free', async () => {
  const [me, other] = [await applicant(), await applicant()];
  const creditCode = freshCreditCode();
  const waiting = await makeApplication(world, me.userId, { creditCode });
  const refusedOne = await makeApplication(world, me.userId);
  await county().ask(REFUSE, { id: refusedOne.id, revision: 1, reason: '不在本县生产' });
  const approved = await makeApplication(world, me.userId);
  await county().ask(RECOMMEND, { id: approved.id, revision: 1, reason: '同意推荐' });
  await platform().ask(APPROVE, { id: approved.id, revision: 1 });

  const forget = () =>
    world.database.transaction((tx) => world.get(MerchantApplicationService).forgetApplicant(tx, me.userId));
  await forget();
  await forget();

  const states = await Promise.all(
    [waiting, refusedOne, approved].map(async ({ id }) => {
      const { state, content, steps } = (await me.ask(ONE, { id })) as unknown as Application;
      return [state, content.name, content.papers?.length, steps.length];
    }),
  );
  expect(states).toEqual([
    ['WITHDRAWN', null, 0, 2],
    ['REFUSED', null, 0, 2],
    ['APPROVED', '炎陵县平乐黄桃专业合作社', 3, 3],
  ]);
  expect((await makeApplication(world, other.userId, { creditCode })).id).toBeDefined();
});

// Last, because they move the clock by days.
describe('papers', () => {
  const files = () => world.get(StoredFileService);
  const sweep = async () => {
    world.clock.advance(UNATTACHED_MS_MAX + 1_000);
    while ((await files().sweepUnattached(100)) > 0);
  };
  const left = async (...ids: string[]) => {
    const there = new Set((await files().byIds(ids)).map(({ id }) => String(id)));
    return ids.map((id) => there.has(id));
  };

  it('wait in a draft as long as it takes', async () => {
    const me = await applicant();
    const { id, fileId } = await makeApplication(world, me.userId, { isSubmitted: false });

    await sweep();

    expect((await me.ask(ONE, { id })) as unknown as Application).toMatchObject({ files: [{ id: fileId }] });
  });

  it('that are taken out of a draft again are swept, unless something else shows them', async () => {
    const me = await applicant();
    const [kept, dropped, elsewhere, claimed] = [
      await makeScan(world, me.userId),
      await makeScan(world, me.userId),
      await makeScan(world, me.userId),
      await makeScan(world, me.userId),
    ];
    const all = [kept, dropped, elsewhere, claimed].map((each) => paper('OTHER', each));
    const { id } = done(await me.ask(SAVE, draft({ papers: all })));
    await me.ask(SAVE, draft({ papers: [paper('OTHER', elsewhere)] }));
    await world.database.transaction((tx) => files().attach(tx, [claimed], me.userId));

    const again = draft({ papers: [paper('OTHER', kept)] }, { applicationId: id, revision: 1 });
    done(await me.ask(SAVE, again));
    done(await me.ask(SAVE, again));
    await sweep();

    expect(await left(kept, dropped, elsewhere, claimed)).toEqual([true, false, true, true]);
  });

  it('of whoever is forgotten go with them, but for those of a merchant', async () => {
    const me = await applicant();
    const approved = await makeApplication(world, me.userId);
    await county().ask(RECOMMEND, { id: approved.id, revision: 1, reason: '同意推荐' });
    done(await platform().ask(APPROVE, { id: approved.id, revision: 1 }));
    const waiting = await makeApplication(world, me.userId);
    const twice = await makeScan(world, me.userId);
    for (const more of [[], [paper('OTHER', approved.fileId)]])
      done(await me.ask(SAVE, draft({ papers: [paper('OTHER', twice), ...more] })));
    const bytes = present((await files().byIds([waiting.fileId]))[0], 'a file');

    await world.database.transaction((tx) =>
      world.get(MerchantApplicationService).forgetApplicant(tx, me.userId),
    );
    await sweep();

    expect(await left(waiting.fileId, twice, approved.fileId)).toEqual([false, false, true]);
    expect(await files().open(bytes)).toBeNull();
  });

  it('that are what we have made ourselves leave it where it is', async () => {
    const me = await applicant();
    const statement = Buffer.from(`%PDF-1.7\n% a statement of ${me.userId}\n`);
    const ours = await files().keepOwn(Readable.from([statement]));
    await files().keepOwn(Readable.from([statement]));
    const brought = await files().keep(Readable.from([statement]), '对账单.pdf', me.userId);
    expect(brought).toMatchObject({ sha256: ours.sha256 });

    await sweep();

    const opened = present(await files().open(ours), 'the statement');
    expect((await buffer(opened)).equals(statement)).toBe(true);
    expect(await left((brought as { id: string }).id)).toEqual([false]);
  });
});
