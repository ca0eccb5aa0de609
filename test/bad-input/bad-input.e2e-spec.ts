import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { type GraphQLField, isObjectType, isUnionType } from 'graphql';
import { present } from '#libs/kernel';
import { type Grant, PERMISSIONS_OF, ROLES } from '#platform/auth';
import { SERVICES, type ServiceName } from '#platform/service';
import { operationsOf } from '../../scripts/generate/operations.js';
import { schemaOf } from '../../scripts/generate/schema.js';
import { Changes } from '../harness/changes.js';
import { World } from '../harness/world.js';
import { argumentsFor } from '../scope/scope-arguments.js';
import { questionOf } from '../scope/scope-question.js';
import { ELSEWHERE, HOME, makePlaces } from '../scope/scope-places.js';
import { type Side, settleDown } from '../scope/scope-world.js';
import {
  type BadValue,
  type Leaf,
  STRANGERS,
  badValuesOf,
  leavesOf,
  otherOf,
  withValue,
} from './bad-values.js';
import { DONE_ELSEWHERE, KEYS_ELSEWHERE, SAID_BEFORE } from './elsewhere.js';
import type { Good, GoodValues } from './good.js';
import { goodValues } from './good-values.js';

/** What a door takes on purpose, and why; anything else that cannot be right must be refused. `*` is every value. */
const TAKEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'signOut refreshToken': {
    '60,000 letters': 'a token that is none ends nothing, and whoever signs out is out',
  },
  'guestMerge guestToken': {
    '60,000 letters': 'a guest who is over has nothing to merge, and that is what is said',
  },
  'addressAdd input.townshipCode': { 'nothing in it': 'the same as not saying it' },
  'addressAdd input.provinceCode': { 'nothing in it': 'the same as not saying it' },
  'addressAdd input.cityCode': { 'nothing in it': 'the same as not saying it' },
  'cartLineSet input.channelPointId': { 'nothing in it': 'the online shop itself' },
  'orderPlace input.unitId': { 'nothing in it': 'bought for oneself' },
  'addressChange input.townshipCode': { 'nothing in it': 'the same as not saying it' },
  'addressChange input.provinceCode': { 'nothing in it': 'the same as not saying it' },
  'addressChange input.cityCode': { 'nothing in it': 'the same as not saying it' },
  'orderPlace input.lines.0.channelPointId': { 'nothing in it': 'the online shop itself' },
  'orderPlace input.campaignCode': { 'nothing in it': 'no campaign' },
  'orderPlace input.invoiceTitleId': { 'nothing in it': 'the title of the unit itself' },
  'bulkOrderConfirm input.campaignCode': { 'nothing in it': 'no campaign' },
  'bulkOrderConfirm input.invoiceTitleId': { 'nothing in it': 'the title of the unit itself' },
  'unitContractorOpen input.creditCode': { "a stranger's": 'a firm may run the canteens of many' },
  'passwordSet currentPassword': { '60,000 letters': 'of somebody who has none yet nothing is compared' },
  'afterSaleApprove returnAddress': { '60,000 letters': 'where nothing is sent back nobody reads it' },
  'afterSaleDecide input.returnAddress': { '60,000 letters': 'where nothing is sent back nobody reads it' },
  'payoutResultImport contentBase64': {
    '60,000 letters': 'what is no answer is kept, as one that says nothing',
  },
  'promotionPropose divisionCode': { 'nothing in it': 'the platform itself' },
  'promotionPropose input.conditions.0.value': { '*': 'what is not there nobody buys' },
  'promotionPublish input.conditions.0.value': { '*': 'what is not there nobody buys' },
  'splitRuleDraft input.productId': { 'nothing in it': 'of whatever is sold' },
  'splitRuleDraft input.merchantId': { 'nothing in it': 'by whoever sells' },
  'cabinetCommandSend causeKey': { '*': 'whatever the sender calls it' },
  'slotFill causeKey': { '*': 'whatever the restocker calls it' },
  'slotCount causeKey': { '*': 'whatever the restocker calls it' },
  'restockVisitSubmit input.measuredDeciCelsius': { 'below nothing': 'a cabinet of frozen goods' },
  'restockVisitSubmit input.visitKey': { '*': 'whatever the restocker calls it' },
  'stockReceive input.causeKey': { '*': 'whatever the seller calls it' },
  'stockWriteOffRequest input.causeKey': { '*': 'whatever the seller calls it' },
  'stockTransferDraft input.causeKey': { '*': 'likewise' },
  'stockTransferReceive causeKey': { '*': 'likewise' },
  'restockVanLoad causeKey': { '*': 'whatever the restocker calls it' },
  'vanWriteOffRequest causeKey': { '*': 'whatever the owner calls it' },
  'restockRouteClose causeKey': { '*': 'whatever the restocker calls it' },
  'claimDraftSave input.idempotencyKey': { 'too short': 'one of its own for each claimant' },
  'certificationApplicationSave input.idempotencyKey': { 'too short': 'one of its own for each merchant' },
  'certificationApplicationSave input.applicationId': { 'nothing in it': 'an application that begins' },
  'merchantApplicationSave input.idempotencyKey': { 'too short': 'one of its own for each applicant' },
  'merchantApplicationBankAccountSet input.account.bankCode': {
    'nothing in it': 'the same as not saying it',
  },
  'bankAccountSet input.idempotencyKey': { 'too short': 'one of its own for each merchant' },
  'listingSave input.idempotencyKey': { 'too short': 'one of its own for each merchant' },
  'listingSave input.listingId': { 'nothing in it': 'a listing that begins' },
  'listingSave input.productId': { 'nothing in it': 'new goods' },
  'merchantApplicationSave input.applicationId': { 'nothing in it': 'an application that begins' },
  'pairingPropose input.idempotencyKey': { 'too short': 'one of its own for each merchant' },
  'linkagePaymentRecord input.idempotencyKey': { 'too short': 'one of its own for each who records' },
  'linkagePaymentReverse idempotencyKey': { 'too short': 'one of its own for each who takes back' },
  'linkageAgreementDraft input.idempotencyKey': { 'too short': 'one of its own for each who drafts' },
  'placePropose input.idempotencyKey': { 'too short': 'one of its own for each who proposes' },
  'zoneContractPropose input.idempotencyKey': { 'too short': 'one of its own for each who proposes' },
  'offtakeTell input.idempotencyKey': { 'too short': 'one of its own for each who tells' },
  'placePropose input.place.countyCode': { "a stranger's": 'an operator opens shops in any county' },
  'zoneContractPropose input.contract.divisionCode': { "a stranger's": 'a chain has shops in any county' },
  'zoneContractShopsAdd placeIds': {
    '500 of it': 'a chain puts so many of its shops under a contract at once',
  },
  'cabinetGoodsDecide slotCodes.0': { "a stranger's": 'slots are called A1 in every cabinet' },
  'adoptionRecipientSet recipient.countyCode': { "a stranger's": 'a gift goes to any county' },
  'demandNoticePublish input.idempotencyKey': { 'too short': 'one of its own for each unit' },
  'demandNoticePublish input.kindCode': { "a stranger's": 'a unit may want any kind of goods' },
  'demandNoticePublish input.countyCode': { "a stranger's": 'it is delivered wherever the unit says' },
  'campaignSet input.code': { 'a number': 'a name of letters or digits' },
};
/** What a key does not stand for: the revision of a draft that has none yet, and how one came before the cabinet. */
const NOT_CONTENT = new Set([
  'claimDraftSave input.revision',
  'merchantApplicationSave input.revision',
  'certificationApplicationSave input.revision',
  'listingSave input.revision',
  'kioskOrderPlace visit',
]);

/** A draft may say anything; it is judged when it is submitted. */
const DRAFT =
  /^(claimDraftSave|merchantApplicationSave|certificationApplicationSave|listingSave) input\.(content|revision)/;
/** Of the console's own people each has their own keys, as short as they like. */
const SHORT_KEY = 'input.idempotencyKey: too short';
/** Of what everybody is shown, the ids are no secret: anybody may buy anybody's goods and take their coupons. */
const PUBLIC_IDS = /^(var|prd|chp|pmo)_/;

/** Words of the machine, not of ours. */
const LEAK =
  /\b(SELECT|INSERT|UPDATE|DELETE) |SQLSTATE|\bER_[A-Z]|errno|node_modules|\.ts:\d|collation|Duplicate entry|prepared statement/;

const CODE = /^[A-Z][A-Z_]+$/;

/** By its name, or by the act alone where a spec puts the name together. */
const namedIn = (path: string, name: string): boolean => {
  const text = readFileSync(path, 'utf8');
  return text.includes(name) || new RegExp(`\\b${/[A-Z][a-z]+$/.exec(name)?.[0] ?? name}\\b`, 'i').test(text);
};

/**
 * Of the values for a place every third is sent, the next place beginning one later, so that each value comes to a third of the places, and always to
 * the same; a stranger's id always. BAD_INPUT=all sends all of them, which takes half a minute more.
 */
const EVERY = process.env['BAD_INPUT'] === 'all' ? 1 : 3;
const MATRIX_MS_MAX = EVERY === 1 ? 900_000 : 90_000;

interface Told {
  readonly status: number;
  readonly typename: string;
  readonly code: string;
  readonly text: string;
  readonly message: string;
}

/** What each mutation of a door demands; reading it takes a while, so it is read once. */
const demanded = new Map(
  SERVICES.map((service) => [
    service,
    new Map(
      operationsOf(service)
        .filter(({ kind }) => kind === 'Mutation')
        .map(({ name, allowed }) => [name, allowed]),
    ),
  ]),
);

describe('bad input', () => {
  let world: World;
  let home: Side;
  let away: Side;
  let changes: Changes;
  let good: GoodValues;

  beforeAll(async () => {
    // No provider is ever heard here, and nobody else's is asked.
    world = await World.start({ services: SERVICES, settings: { STRIPE_API_URL: 'http://127.0.0.1:9' } });
    world.clock.set('2026-11-02T04:00:00.000Z');
    await makePlaces(world);
    home = await settleDown(world, HOME);
    away = await settleDown(world, ELSEWHERE);
    // Before anything is asked: what is half made afterwards comes to no rest.
    good = await goodValues(world, home);
    changes = await Changes.watch(world);
  });
  afterAll(() => world.close());

  const goodOfField = (service: ServiceName, operation: string): Good =>
    good[`${service} ${operation}`] ?? good[operation] ?? {};
  const tokenFor = (service: ServiceName, operation: string): string => {
    const { by, isInCounty = false } = goodOfField(service, operation);
    if (service === 'storefront') return world.personOf(by ?? home.buyerId).token;
    const merchantId = present(home.ids['merchantId'], 'a merchant');
    if (service === 'merchant')
      return world.personOf(by ?? home.ownerId, {
        role: 'MERCHANT_OWNER',
        scopeKind: 'MERCHANT',
        scopeId: merchantId,
      }).token;
    const allowed = demanded.get(service)?.get(operation);
    const grants = ROLES.filter((role) => PERMISSIONS_OF[role].some((each) => each === allowed)).map(
      (role): Grant =>
        role.startsWith('MERCHANT')
          ? { role, scopeKind: 'MERCHANT', scopeId: merchantId }
          : isInCounty
            ? { role, scopeKind: 'DIVISION', scopeId: HOME.county }
            : { role, scopeKind: 'PLATFORM', scopeId: '*' },
    );
    return (by ? world.personOf(by, ...grants) : world.person(...grants)).token;
  };

  const send = async (
    service: ServiceName,
    query: string,
    variables: object,
    token: string,
    language = 'en',
  ): Promise<Told> => {
    const { statusCode, body } = await world.app(service).inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'accept-language': language,
      },
      payload: JSON.stringify({ query, variables }),
    });
    const { data, errors } = JSON.parse(body) as {
      data: Record<string, { __typename: string; code?: string; message?: string } | null> | null;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    const [value] = Object.values(data ?? {});
    const [error] = errors ?? [];
    return {
      status: statusCode,
      typename: value?.__typename ?? '',
      code: error?.extensions?.code ?? value?.code ?? '',
      message: error?.message ?? value?.message ?? '',
      text: body,
    };
  };

  /** A door's mutations, and how each is asked. */
  const doorOf = (service: ServiceName) => {
    const schema = schemaOf(service);
    /** Whoever answers for the whole platform has no strangers. */
    const isPlatforms = service === 'settlement';
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});

    /** A mutation as a good client asks it, and how to ask it otherwise. */
    const asked = ({ name, type, args }: GraphQLField<unknown, unknown>) => {
      const more = goodOfField(service, name).values ?? {};
      const general = argumentsFor(service, name, home);
      const valueOf = (argument: string) => (argument in more ? more[argument] : general(argument));
      const ofStranger = argumentsFor(service, name, away);
      const { variables, unknown } = questionOf(schema, 'Mutation', name, valueOf);
      const union = schema.getType(String(type).replace('!', ''));
      const refusals = isUnionType(union)
        ? union.getTypes().filter((member) => isObjectType(member) && !member.name.endsWith('Payload'))
        : [];
      const head = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
      const call = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
      const selection = `{ __typename ${refusals.map((each) => `... on ${each.name} { code message }`).join(' ')} }`;
      const text = `mutation ${args.length > 0 ? `(${head})` : ''} { ${name}${args.length > 0 ? `(${call})` : ''} ${selection} }`;
      const roots = Object.fromEntries(args.map((arg) => [arg.name, arg.type]));
      const leaves = args.flatMap((arg) => leavesOf(arg.type, arg.name, [arg.name]));
      return {
        name,
        text,
        variables,
        unknown,
        roots,
        leaves,
        valueOf,
        ofStranger,
        token: tokenFor(service, name),
      };
    };
    type Asked = ReturnType<typeof asked>;

    const goodOf = ({ variables, valueOf }: Asked, { path, name }: Leaf): unknown =>
      path.reduce<unknown>((value, key) => (Object(value) as Record<string, unknown>)[key], variables) ??
      valueOf(name);
    const strangerOf = ({ ofStranger, valueOf }: Asked, { name }: Leaf): string | null => {
      const [theirs, ours] = [ofStranger(name), valueOf(name)].map((value) =>
        Array.isArray(value) ? (value as unknown[])[0] : value,
      );
      return typeof theirs === 'string' && theirs !== ours ? theirs : null;
    };

    return { fields, isPlatforms, asked, goodOf, strangerOf };
  };

  const doors = new Map(SERVICES.map((service) => [service, doorOf(service)]));
  const door = (service: ServiceName) => present(doors.get(service), service);

  describe.each(SERVICES)('%s', (service) => {
    const { fields, isPlatforms, asked, goodOf, strangerOf } = door(service);

    it('every thing that must be named is said how to name', () => {
      const unknown = fields.flatMap((field) =>
        asked(field).unknown.map(
          (name) => `${field.name}(${name}): say in test/scope/scope-arguments.ts what a good one is`,
        ),
      );

      expect(unknown).toEqual([]);
    });

    it('what is good is done, so that of what is bad the one bad value is what is judged', async () => {
      const found: string[] = [];
      for (const field of fields) {
        const question = asked(field);
        const { result: told, wrote } = await changes.attempted(() =>
          send(service, question.text, question.variables, question.token),
        );
        const isDone = told.typename.endsWith('Payload') || wrote.length > 0;
        const elsewhere = DONE_ELSEWHERE[field.name];
        if (elsewhere === undefined) {
          if (!isDone)
            found.push(`${field.name} is not done: ${told.text} Say in good-values.ts what is good.`);
        } else if (isDone) found.push(`${field.name} is done: good-values.ts need not name another spec.`);
        else if (!namedIn(elsewhere, field.name)) found.push(`${field.name}: nothing of it in ${elsewhere}`);
        if (['INTERNAL', 'BAD_REQUEST'].includes(told.code) && wrote.length === 0)
          found.push(`${field.name}: ${told.message}`);
      }

      expect(found).toEqual([]);
    });

    it(
      'is refused in our words, and what is refused changes nothing',
      async () => {
        const found: string[] = [];
        let [count, places] = [0, 0];
        const judge = (
          what: string,
          verdict: BadValue['verdict'],
          told: Told,
          changed: readonly string[],
        ) => {
          const isAnswered = told.typename.endsWith('Payload');
          const said = `${told.typename} ${told.code} ${told.message}`.trim();
          if (LEAK.test(told.text)) found.push(`${what}: tells of the machine: ${told.text.slice(0, 300)}`);
          if (!isAnswered && !CODE.test(told.code))
            found.push(`${what}: no code: ${told.text.slice(0, 300)}`);
          if (told.code === 'INTERNAL' || told.status >= 500) found.push(`${what}: a fault of ours: ${said}`);
          if (!isAnswered && changed.length > 0)
            found.push(`${what}: refused (${said}), and changes ${changed.join(', ')}`);
          if (isAnswered && verdict === 'FORBIDDEN') found.push(`${what}: taken`);
        };
        for (const field of fields) {
          const question = asked(field);
          const asGood = () => send(service, question.text, question.variables, question.token);
          const done = await changes.attempted(asGood);
          /** Done, but for the reading back of what was taken back here. */
          const isDone = (told: Told, wrote: readonly string[]) =>
            told.typename.endsWith('Payload') ||
            (wrote.length > 0 && told.typename === '' && told.code === done.result.code);
          for (const leaf of question.leaves) {
            const [good, stranger] = [goodOf(question, leaf), strangerOf(question, leaf)];
            const place = leaf.path.join('.');
            places += 1;
            const first = places % EVERY;
            const values = badValuesOf(leaf, good, stranger).filter(
              ({ what }, index) => index % EVERY === first || what === STRANGERS,
            );
            for (const { what, value, verdict } of values) {
              const variables = withValue(
                question.variables,
                question.roots,
                leaf.path,
                value,
                question.valueOf,
              );
              const taken = TAKEN[`${question.name} ${place}`];
              const isTheirs = what === STRANGERS && (isPlatforms || PUBLIC_IDS.test(String(value)));
              const isTaken =
                isTheirs ||
                (isPlatforms && `${place}: ${what}` === SHORT_KEY) ||
                (taken !== undefined && (what in taken || '*' in taken)) ||
                DRAFT.test(`${question.name} ${place}`);
              const ask = () => send(service, question.text, variables, question.token);
              const { result: told, wrote } = await changes.attempted(ask);
              count += 1;
              const label = `${question.name} ${place}: ${what}`;
              const asFits = isTaken ? 'ANY' : verdict;
              // What would have been kept and was not said to be done: once more, and really.
              if (isDone(told, wrote)) {
                if (asFits === 'FORBIDDEN') found.push(`${label}: taken`);
                continue;
              }
              const really = wrote.length === 0 ? null : await changes.of(ask);
              judge(label, asFits, really?.result ?? told, really?.changed ?? []);
            }
          }
        }
        expect(count).toBeGreaterThan((20 * fields.length) / EVERY);
        expect(found).toEqual([]);
        expect(await changes.unseen()).toEqual([]);
      },
      MATRIX_MS_MAX,
    );
  });

  describe('what is no honest request', () => {
    const HEALTHY = { query: '{ viewer { id } }' };
    const post = async (
      service: ServiceName,
      payload: string | Buffer,
      headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
      url = '/graphql',
    ) => {
      const { result, changed } = await changes.of(() =>
        world.app(service).inject({ method: 'POST', url, headers: { ...headers }, payload }),
      );
      return { status: result.statusCode, body: result.body, changed };
    };
    const many = (count: number, textOf: (n: number) => string) =>
      Array.from({ length: count }, (_, n) => textOf(n)).join(' ');
    const asked = (query: string, variables: object = {}) => JSON.stringify({ query, variables });
    const RECIPIENT = 'mutation ($phone: String!) { signInCodeRequest(phone: $phone) { __typename } }';

    const DISHONEST: readonly (readonly [string, string | Buffer])[] = [
      ['ten megabytes of query', asked(`{ viewer { id } } # ${'桃'.repeat(3_500_000)}`)],
      ['ten megabytes of variables', asked(RECIPIENT, { phone: 'x'.repeat(10_000_000) })],
      ['nothing', ''],
      ['no JSON', '{"query": '],
      ['words', 'query { viewer { id } }'],
      ['NUL bytes', Buffer.alloc(100)],
      ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ['null', 'null'],
      ['a number', '1'],
      ['a batch', JSON.stringify(Array.from({ length: 500 }, () => HEALTHY))],
      ['no query', '{}'],
      ['a query that is no text', '{"query": 1}'],
      ['variables that are no object', '{"query": "{ viewer { id } }", "variables": "x"}'],
      ['a prototype', '{"query": "{ viewer { id } }", "__proto__": {"isAdmin": true}}'],
      [
        'a prototype in variables',
        `{"query": ${JSON.stringify(RECIPIENT)}, "variables": {"phone": {"__proto__": {"x": 1}}}}`,
      ],
      [
        'deep variables',
        `{"query": ${JSON.stringify(RECIPIENT)}, "variables": {"phone": ${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
      ],
      ['two operations and no name', asked('query A { viewer { id } } query B { viewer { id } }')],
      ['an unknown operation', JSON.stringify({ query: 'query A { viewer { id } }', operationName: 'B' })],
      ['an unknown field', asked('{ passwords }')],
      ['an unknown directive', asked('{ viewer { id @deferred } }')],
      ['a subscription', asked('subscription { orderChanged(orderId: "x") { order { id } } }')],
      ['depth', asked(`{ viewer ${'{ sessions '.repeat(50)}{ id }${' }'.repeat(50)} }`)],
      ['nesting that never ends', asked('{'.repeat(20_000))],
      ['aliases', asked(`{ ${many(1_000, (n) => `a${n}: viewer { id }`)} }`)],
      [
        'aliases of a mutation',
        asked(
          `mutation { ${many(100, (n) => `a${n}: signInCodeRequest(phone: "13900000000") { __typename }`)} }`,
        ),
      ],
      ['a circle of fragments', asked('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')],
      [
        'fragments that double',
        asked(
          `{ ...F0 } ${many(40, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F40 on Query { viewer { id } }`,
        ),
      ],
      ['directives', asked(`{ viewer ${'@skip(if: false) '.repeat(5_000)} { id } }`)],
      [
        'a flood of introspection',
        asked(`{ ${many(9, (n) => `s${n}: __schema { types { ${many(60, (f) => `f${f}: name`)} } }`)} }`),
      ],
      ['nesting to the bottom', asked('{a'.repeat(20_000))],
      ['a text that is no text', asked('mutation { signInCodeRequest(phone: "1\\u0000") { __typename } }')],
      ['variables that nobody declared', asked('query ($a: Nothing) { viewer { id } }')],
      ['thousands of variables', asked(`query (${many(5_000, (n) => `$v${n}: Int`)}) { viewer { id } }`)],
    ];

    it.each(DISHONEST)('%s is refused before anything runs', async (_, payload) => {
      for (const service of SERVICES) {
        const { status, body, changed } = await post(service, payload);
        const told = JSON.parse(body) as { errors?: { message: string }[]; message?: string };

        expect(`${service} ${status} ${body.slice(0, 300)}`).toMatch(/^\w+ 4\d\d /);
        expect(told.errors?.[0]?.message ?? told.message).toEqual(expect.any(String));
        expect(body).not.toMatch(LEAK);
        expect(changed).toEqual([]);
      }
    });

    it.each([
      ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'query=%7Bviewer%7Bid%7D%7D'],
      ['plain text', { 'content-type': 'text/plain' }, JSON.stringify(HEALTHY)],
      ['a multipart form', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
      ['bytes', { 'content-type': 'application/octet-stream' }, JSON.stringify(HEALTHY)],
      ['GraphQL itself', { 'content-type': 'application/graphql' }, HEALTHY.query],
    ])('a question as %s is refused: another site could post it', async (_, headers, payload) => {
      for (const service of SERVICES) expect((await post(service, payload, headers)).status).toBe(415);
    });

    it('a mutation by GET is refused, as is anything else that a link could do', async () => {
      const query = encodeURIComponent('mutation { signOut { __typename } }');
      for (const service of SERVICES) {
        const { statusCode, body } = await world
          .app(service)
          .inject({ method: 'GET', url: `/graphql?query=${query}` });

        expect(statusCode).toBeGreaterThanOrEqual(400);
        expect(statusCode).toBeLessThan(500);
        expect(body).not.toContain('__typename');
      }
    });

    it.each([
      ['nothing', Buffer.alloc(0)],
      ['words', Buffer.from('this is no image')],
      ['a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      ['the beginning of a JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')],
      [
        'a PNG that says it is huge',
        Buffer.from('89504e470d0a1a0a0000000d49484452ffffffffffffffff0806000000', 'hex'),
      ],
      ['eleven megabytes', Buffer.alloc(11_000_000, 1)],
    ])('a photo that is %s is refused', async (_, bytes) => {
      for (const [service, token] of [
        ['storefront', tokenFor('storefront', '')],
        ['merchant', tokenFor('merchant', '')],
      ] as const) {
        const headers = { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` };
        const { status, body, changed } = await post(service, bytes, headers, '/photos');

        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        expect(JSON.parse(body)).toMatchObject({ code: expect.stringMatching(CODE) });
        expect(changed).toEqual([]);
      }
    });

    const JSON_BODY = { 'content-type': 'application/json' };
    const FILE_BODY = { 'content-type': 'application/octet-stream' };
    it.each<readonly [string, number, 'GET' | 'POST' | 'OPTIONS' | 'PUT', string, object, string]>([
      ['an address that is no UTF-8', 400, 'GET', '/reviews/%E0%A4%A/photos/x', {}, ''],
      [
        'an address that would lead out of a folder',
        404,
        'GET',
        '/assets/shop/..%2f..%2fpackage.json',
        {},
        '',
      ],
      ['a document that would lead out of a folder', 404, 'GET', '/graphql/documents/..%2fschema', {}, ''],
      ['a document called like what every object has', 404, 'GET', '/graphql/documents/__proto__', {}, ''],
      ['variables that are no UTF-8', 400, 'GET', '/graphql/documents/product-list?variables=%FF', {}, ''],
      ['a photo of a review that nobody shows', 404, 'GET', "/reviews/x' OR 1=1/photos/%00", {}, ''],
      ['a query parameter that comes twice', 404, 'POST', '/bulk-orders?unitId=a&unitId=b', FILE_BODY, 'x'],
      ['an id of other characters than ours', 400, 'GET', '/reviews/%E6%A1%83/photos/%E6%A1%83', {}, ''],
      ['a query parameter that is no UTF-8', 400, 'POST', '/bulk-orders?unitId=%FF%FE', FILE_BODY, 'x'],
      ['a body that is no JSON', 400, 'POST', '/photos', JSON_BODY, '{'],
      ['a body that does not say what it is', 415, 'POST', '/photos', {}, 'x'],
      ['a photo that is said to be one', 415, 'POST', '/photos', { 'content-type': 'image/png' }, 'x'],
      ['a file where none is taken', 415, 'POST', '/graphql', FILE_BODY, 'x'],
      ['what another site would ask first', 404, 'OPTIONS', '/photos', {}, ''],
      ['a way of asking that nothing here has', 404, 'PUT', '/graphql', {}, ''],
    ])(
      '%s is refused with %s over plain HTTP, in our words',
      async (_, status, method, url, headers, payload) => {
        const authorization = `Bearer ${tokenFor('storefront', '')}`;
        const { result, changed } = await changes.of(() =>
          world.app('storefront').inject({ method, url, payload, headers: { ...headers, authorization } }),
        );
        const told = JSON.parse(result.body) as { errors?: { message: string }[]; message?: string };

        expect({ url, status: result.statusCode }).toEqual({ url, status });
        expect(told.errors?.[0]?.message ?? told.message).toMatch(/^\p{Script=Han}|^variables /u);
        expect(result.body).not.toMatch(LEAK);
        expect(changed).toEqual([]);
      },
    );

    it('a body that does not come to its end is not waited for without end', () => {
      for (const service of SERVICES) {
        const { requestTimeout, headersTimeout } = world.app(service).getHttpServer() as Server;

        expect(Math.min(requestTimeout, headersTimeout)).toBeGreaterThan(0);
        expect(Math.max(requestTimeout, headersTimeout)).toBeLessThanOrEqual(120_000);
      }
    });

    it('afterwards an honest question is answered as before', async () => {
      for (const service of SERVICES) expect((await post(service, JSON.stringify(HEALTHY))).status).toBe(200);
    });
  });

  // Last, because what is good is really done here.
  describe.each(SERVICES)('what is said twice at the door of %s', (service) => {
    const { fields, asked, goodOf, strangerOf } = door(service);

    it('is done once, and with other content under its key refused; neither changes anything', async () => {
      const found: string[] = [];
      const done: string[] = [];
      for (const field of fields) {
        const question = asked(field);
        if (!question.leaves.some(({ name }) => name === 'idempotencyKey')) continue;
        done.push(field.name);
        const elsewhere = KEYS_ELSEWHERE[field.name];
        if (elsewhere !== undefined) {
          if (
            !/KEY_(USED|REUSED)|IDEMPOTENCY_CONFLICT|path: 'idempotencyKey'/.test(
              readFileSync(elsewhere, 'utf8'),
            )
          )
            found.push(`${field.name}: nothing of it in ${elsewhere}`);
          continue;
        }
        const ask = async (variables: object) =>
          changes.of(() => send(service, question.text, variables, question.token));
        const { result: first } = await ask(question.variables);
        if (!first.typename.endsWith('Payload')) {
          found.push(`${field.name} is not done: ${first.text} Say in good-values.ts what is good.`);
          continue;
        }
        const again = await ask(question.variables);
        if (again.result.text !== first.text || again.changed.length > 0)
          found.push(`${field.name} again: ${again.result.text}, changes ${again.changed.join(', ')}`);
        const codes: string[] = [];
        for (const leaf of question.leaves) {
          const other = otherOf(leaf, goodOf(question, leaf), strangerOf(question, leaf));
          const isContent = !NOT_CONTENT.has(`${field.name} ${leaf.path.join('.')}`);
          if (other === undefined || !isContent) continue;
          const variables = withValue(question.variables, question.roots, leaf.path, other, question.valueOf);
          const { result: told, changed } = await ask(variables);
          const what = `${field.name} ${leaf.path.join('.')}: ${JSON.stringify(other)}`;
          if (told.typename.endsWith('Payload')) found.push(`${what}: answered with the first one`);
          if (changed.length > 0) found.push(`${what}: changes ${changed.join(', ')}`);
          codes.push(told.code);
        }
        if (!codes.some((code) => SAID_BEFORE.test(code)))
          found.push(`${field.name}: the key is never what is wrong: ${codes.join(', ')}`);
      }

      expect(found).toEqual([]);
      expect(done.length).toBeGreaterThan(2);
    });
  });
});
