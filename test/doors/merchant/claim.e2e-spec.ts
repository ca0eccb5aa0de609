import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { StoredFileService, UNATTACHED_MS_MAX } from '#platform/files';
import type { Client } from '../../harness/client.js';
import { fillPool } from '../../harness/pool.js';
import { World } from '../../harness/world.js';
import { claimContent, claimLine } from '../../make/claim.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { picture } from '../../make/photo.make.js';
import { makeProduct } from '../../make/product.make.js';

const CLAIM = `id state revision totalFen content { buyerName note lines { soldOn amountFen productName } evidence { kind invoiceNo fileId } }
  evidence { kind elsewhereCount file { id name mediaType sizeBytes sha256 } }`;
const SAVE = `mutation ($input: ClaimDraftSaveInput!) { claimDraftSave(input: $input) { __typename
  ... on ClaimDraftSavePayload { claim { ${CLAIM} } } ... on DomainError { code message }
  ... on ClaimChangedError { revision } ... on InvalidInputError { fields { path } } } }`;
const SUBMIT = `mutation ($claimId: ID!, $revision: Int!) { claimSubmit(claimId: $claimId, revision: $revision) { __typename
  ... on ClaimSubmitPayload { claim { ${CLAIM} } } ... on DomainError { code message }
  ... on InvoiceUsedError { invoiceNo } ... on InvalidInputError { fields { path } } } }`;
const LIST = `query ($merchantId: ID!) { claims(merchantId: $merchantId) { nodes { id state buyerName } } }`;
const ONE = `query ($id: ID!) { claim(id: $id) { ${CLAIM} } }`;

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n');

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly revision?: number;
  readonly fields?: readonly { readonly path: string }[];
  readonly claim?: {
    readonly id: string;
    readonly state: string;
    readonly revision: number;
    readonly content: object;
    readonly evidence: readonly object[];
  };
}

let world: World;
let merchantId: string;
let token: string;
let owner: Client;

const ownerOf = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });

beforeAll(async () => {
  world = await World.start({ services: ['merchant'] });
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  merchantId = (await makeMerchant(world)).id;
  token = world.person(ownerOf(merchantId)).token;
  owner = world.client('merchant').as(token);
});

const draft = (changes: object = {}) => ({
  input: {
    claimId: null,
    idempotencyKey: newId('req'),
    claimantId: merchantId,
    revision: 0,
    content: claimContent(),
    ...changes,
  },
});
const save = async (changes: object = {}) => owner.ask<Answer>(SAVE, draft(changes));
const upload = (bytes: Buffer, as: string | null = token, name = '发票.pdf') => {
  const request = world
    .client('merchant')
    .http.post(`/files?name=${encodeURIComponent(name)}`)
    .set('content-type', 'application/octet-stream');
  if (as !== null) void request.set('authorization', `Bearer ${as}`);
  return request.send(bytes);
};

describe('claimDraftSave', () => {
  it('loses nothing that is typed, however little', async () => {
    const content = { lines: [{ productName: '黄' }], evidence: [], note: '还没写完' };

    const { claim } = await save({ content });

    expect(claim).toMatchObject({
      state: 'DRAFT',
      revision: 1,
      content: { note: '还没写完', buyerName: null, lines: [{ productName: '黄', amountFen: null }] },
    });
    const read = await owner.ask(ONE, { id: claim?.id });
    expect(read).toEqual(claim);
  });

  it('answers a first save that comes again with the same claim', async () => {
    const input = draft();

    const [one, other] = await Promise.all([owner.ask<Answer>(SAVE, input), owner.ask<Answer>(SAVE, input)]);

    expect(other.claim?.id).toBe(one.claim?.id);
    const otherwise = { input: { ...input.input, content: claimContent({ note: '别的' }) } };
    expect(await owner.ask(SAVE, otherwise)).toMatchObject({ code: 'CLAIM_CHANGED', revision: 1 });
  });

  it('does not overwrite what another device has saved meanwhile', async () => {
    const { claim } = await save();
    const claimId = claim?.id;
    const content = claimContent({ note: '手机上改的' });
    expect((await save({ claimId, revision: 1, content })).claim?.revision).toBe(2);

    expect(await save({ claimId, revision: 1, content: claimContent({ note: '电脑上改的' }) })).toMatchObject(
      {
        code: 'CLAIM_CHANGED',
        revision: 2,
      },
    );
    expect((await save({ claimId, revision: 1, content })).claim?.revision).toBe(2);
  });

  it('is not for strangers, clerks or other merchants', async () => {
    const clerk: Grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId };
    const other = world.client('merchant').as(world.person(ownerOf((await makeMerchant(world)).id)).token);
    const { claim } = await save();

    expect(await world.client('merchant').codeOf(SAVE, draft())).toBe('UNAUTHENTICATED');
    expect(await world.client('merchant').as(world.person(clerk).token).codeOf(SAVE, draft())).toBe(
      'FORBIDDEN',
    );
    expect(await other.codeOf(SAVE, draft())).toBe('NOT_FOUND');
    expect(await other.codeOf(SAVE, draft({ claimId: claim?.id, revision: 1 }))).toBe('NOT_FOUND');
    expect(await other.codeOf(SUBMIT, { claimId: claim?.id, revision: 1 })).toBe('NOT_FOUND');
    expect(await other.codeOf(LIST, { merchantId })).toBe('NOT_FOUND');
    expect(await other.ask(ONE, { id: claim?.id })).toBeNull();
  });
});

describe('claimSubmit', () => {
  const submit = async (content: object) => {
    const { claim } = await save({ content });
    return owner.ask<Answer>(SUBMIT, { claimId: claim?.id, revision: 1 });
  };

  it('names everything that is missing at once', async () => {
    const { fields } = await submit({
      lines: [{ soldOn: '2026-11-09', amountFen: '0' }],
      evidence: [{ kind: 'PHOTO' }],
    });

    expect(fields?.map(({ path }) => path)).toEqual([
      'content.channelKind',
      'content.buyerKind',
      'content.buyerName',
      'content.lines.0.soldOn',
      'content.lines.0.amountFen',
      'content.lines.0.quantity',
      'content.lines.0.weightG',
      'content.lines.0.productName',
      'content.lines.0.originCountyCode',
      'content.evidence.0.fileId',
    ]);
  });

  it('takes nothing without proof', async () => {
    expect((await submit(claimContent({ evidence: [] }))).fields).toEqual([{ path: 'content.evidence' }]);
  });

  it('takes no goods of others', async () => {
    const theirs = await makeProduct(world);

    const { fields } = await submit(
      claimContent({ lines: [claimLine({ batchId: theirs.batchIds[0] ?? '' })] }),
    );

    expect(fields).toEqual([{ path: 'content.lines.0.batchId' }]);
  });

  it('is harmless when it comes again, and closes the claim to typing', async () => {
    const { claim } = await save();
    const handIn = () => owner.ask<Answer>(SUBMIT, { claimId: claim?.id, revision: 1 });

    const [one, other] = await Promise.all([handIn(), handIn()]);

    expect([one.claim?.state, other.claim?.state]).toEqual(['SUBMITTED', 'SUBMITTED']);
    expect((await save({ claimId: claim?.id, revision: 1 })).code).toBe('CLAIM_STATE');
    expect(await owner.ask(LIST, { merchantId })).toMatchObject({
      nodes: [{ state: 'SUBMITTED', buyerName: '炎陵*****' }],
    });
  });

  it('lets one of two claimants have an invoice, also at once', async () => {
    const content = claimContent();
    const two = await Promise.all(
      [1, 2].map(async () => {
        const { id } = await makeMerchant(world);
        const client = world.client('merchant').as(world.person(ownerOf(id)).token);
        const { claim } = await client.ask<Answer>(SAVE, draft({ claimantId: id, content }));
        return () => client.ask<Answer>(SUBMIT, { claimId: claim?.id, revision: 1 });
      }),
    );
    await fillPool(world.database);

    const answers = await Promise.all(two.map((handIn) => handIn()));

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'ClaimSubmitPayload',
      'InvoiceUsedError',
    ]);
  });
});

describe('evidence', () => {
  it('is kept as it is, shown to whoever may see the claim, and to nobody else', async () => {
    const { status, body } = await upload(PDF);
    expect(status).toBe(201);
    const sha256 = createHash('sha256').update(PDF).digest('hex');
    expect(body).toEqual({
      id: expect.stringMatching(/^fil_/),
      sha256,
      sizeBytes: PDF.length,
      mediaType: 'application/pdf',
      name: '发票.pdf',
    });

    const { claim } = await save({
      content: claimContent({ evidence: [{ kind: 'CONTRACT', invoiceNo: null, fileId: body.id }] }),
    });
    const { claim: submitted } = await owner.ask<Answer>(SUBMIT, { claimId: claim?.id, revision: 1 });
    expect(submitted?.evidence).toEqual([{ kind: 'CONTRACT', elsewhereCount: 0, file: { ...body } }]);

    const path = `/claims/${claim?.id}/files/${body.id}`;
    const get = (as: string | null) => {
      const request = world.client('merchant').http.get(path).buffer(true);
      return as === null ? request : request.set('authorization', `Bearer ${as}`);
    };
    const shown = await get(token);
    expect([shown.status, shown.headers['content-type'], shown.headers['x-content-type-options']]).toEqual([
      200,
      'application/pdf',
      'nosniff',
    ]);
    expect(shown.headers['content-disposition']).toContain(encodeURIComponent('发票.pdf'));
    expect(
      createHash('sha256')
        .update(shown.body as Buffer)
        .digest('hex'),
    ).toBe(sha256);
    expect((await get(null)).status).toBe(401);
    expect((await get(world.person().token)).status).toBe(403);
    expect((await get(world.person(ownerOf((await makeMerchant(world)).id)).token)).status).toBe(404);
  });

  it('that is a photo says nothing of where it was taken, and is what it is called', async () => {
    const taken = await sharp(await picture(71))
      .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitude: '26/1 29/1 0/1' } })
      .png()
      .toBuffer();
    const { status, body } = await upload(taken, token, '地里.PNG');
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ mediaType: 'image/jpeg', name: '地里.jpg' }),
    ]);
    const { claim } = await save({
      content: claimContent({ evidence: [{ kind: 'PHOTO', invoiceNo: null, fileId: body.id }] }),
    });
    await owner.ask<Answer>(SUBMIT, { claimId: claim?.id, revision: 1 });

    const shown = await world
      .client('merchant')
      .http.get(`/claims/${claim?.id}/files/${body.id}`)
      .set('authorization', `Bearer ${token}`)
      .buffer(true);

    expect(
      createHash('sha256')
        .update(shown.body as Buffer)
        .digest('hex'),
    ).toBe(body.sha256);
    const { format, exif } = await sharp(shown.body as Buffer).metadata();
    expect([format, exif]).toEqual(['jpeg', undefined]);
  });

  it('that somebody else has brought proves nothing', async () => {
    const { body } = await upload(PDF, world.person(ownerOf((await makeMerchant(world)).id)).token);
    const { claim } = await save({
      content: claimContent({ evidence: [{ kind: 'PHOTO', invoiceNo: null, fileId: body.id }] }),
    });

    const { fields } = await owner.ask<Answer>(SUBMIT, { claimId: claim?.id, revision: 1 });

    expect(fields).toEqual([{ path: 'content.evidence.0.fileId' }]);
  });

  it('that is shown twice says so', async () => {
    for (const [index, elsewhereCount] of [0, 1].entries()) {
      const { body } = await upload(
        Buffer.concat([PDF, Buffer.from(merchantId)]),
        token,
        `photo ${index}.pdf`,
      );
      const { claim } = await save({
        content: claimContent({ evidence: [{ kind: 'BANK_SLIP', invoiceNo: null, fileId: body.id }] }),
      });
      const { claim: submitted } = await owner.ask<Answer>(SUBMIT, { claimId: claim?.id, revision: 1 });
      expect(submitted?.evidence).toMatchObject([{ elsewhereCount }]);
    }
  });

  it.each([
    ['a page with a script', Buffer.from('<html><script></script></html>'), 'FILE_UNKNOWN_TYPE'],
    ['a film', Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]), 'FILE_TOO_LARGE'],
  ])('is not %s', async (_, bytes, code) => {
    const { status, body } = await upload(bytes);

    expect([status, body.code]).toEqual([422, code]);
  });

  it('is brought by somebody who is known, as bytes', async () => {
    expect((await upload(PDF, null)).status).toBe(401);
    // Whoever applies to sell has no role yet.
    expect((await upload(PDF, world.person().token)).status).toBe(201);
    const form = world
      .client('merchant')
      .http.post('/files')
      .set('authorization', `Bearer ${token}`)
      .set('content-type', 'multipart/form-data');
    expect((await form.send('x')).status).toBe(415);
    const json = await world
      .client('merchant')
      .http.post('/graphql')
      .set('content-type', 'application/octet-stream')
      .send('{}');
    expect(json.status).toBe(415);
  });

  // Last, because it moves the clock by days.
  it('that stands in a draft stays; what stands nowhere is gone after three days', async () => {
    const paper = (mark: string) => upload(Buffer.concat([PDF, Buffer.from(mark + newId('req'))]));
    const [kept, idle] = [(await paper('kept')).body, (await paper('idle')).body];
    const evidence = [{ kind: 'CONTRACT' as const, invoiceNo: null, fileId: kept.id }];
    const { claim } = await save({ content: claimContent({ evidence }) });
    const files = world.get(StoredFileService);
    world.clock.advance(UNATTACHED_MS_MAX + 1_000);

    while ((await files.sweepUnattached(100)) > 0);

    expect((await files.byIds([kept.id, idle.id])).map(({ id }) => id)).toEqual([kept.id]);
    expect([await files.open(kept), await files.open(idle)]).toEqual([expect.anything(), null]);
    const { fields, claim: submitted } = await owner.ask<Answer>(SUBMIT, { claimId: claim?.id, revision: 1 });
    expect([fields, submitted?.evidence]).toEqual([undefined, [expect.anything()]]);
  });
});
