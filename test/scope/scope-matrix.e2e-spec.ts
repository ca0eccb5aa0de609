import { readFileSync, writeFileSync } from 'node:fs';
import { ALARM_TOPIC, alarmTopicOf } from '#libs/counter';
import { present } from '#libs/kernel';
import { EVERYONE, type Grant, PERMISSIONS_OF, ROLES, type Role } from '#platform/auth';
import { LiveGateway } from '#platform/live';
import { SERVICES, type ServiceName } from '#platform/service';
import { type Operation, operationsOf } from '../../scripts/generate/operations.js';
import { schemaOf } from '../../scripts/generate/schema.js';
import { Changes } from '../harness/changes.js';
import { eventually } from '../harness/fleet.js';
import { World } from '../harness/world.js';
import { picture } from '../make/photo.make.js';
import { argumentsFor } from './scope-arguments.js';
import { borrowedOf, endOf, readOnFrom } from './scope-borrowed.js';
import { type Asked, type OperationRow, type Outcome, scopePage } from './scope-page.js';
import { questionOf, wholeQuestionOf } from './scope-question.js';
import { borrowedPathOf, pathOf } from './scope-routes.js';
import { everyId } from './scope-tables.js';
import { addressOf, watch } from './scope-watch.js';
import { ELSEWHERE, HOME, NEIGHBOUR, type Place, makePlaces } from './scope-places.js';
import { type Side, settleDown } from './scope-world.js';

const PAGE = 'docs/scope-matrix.md';

/** Made once: a schema takes longer than a question. */
const SCHEMAS = new Map(SERVICES.map((service) => [service, schemaOf(service)]));
const schemaFor = (service: ServiceName) => present(SCHEMAS.get(service), service);

/** The sign-in door: about oneself, and tested by its own specs. */
const OF_ONESELF = [
  'sessionRefresh',
  'signInCodeRequest',
  'signInWithCode',
  'signInWithPassword',
  'signOut',
  'passwordSet',
  'sessionRevoke',
  'preferencesSet',
  'phoneChange',
  'personalDataExport',
  'accountDeletionRequest',
  'accountDeletionWithdraw',
];
/** Of what everybody is shown, the ids are no secret: goods and what they have cost, who sells them, and where, what is given for them, and what hangs out to be recognised. */
const PUBLIC_IDS = /^(mer|prd|var|pch|bat|chp|crt|cap|pmo|rev|aof|aob|aup)_/;
/** Files and photos lie with whoever brings them. */
const UPLOADS = ['/files', '/photos', '/bulk-orders', '/sheets', '/sell-throughs'];
/** What a buyer does with goods is their own, whoever sells them. */
const OWN_BASKET = ['cartLineSet', 'couponClaim', 'orderPlace', 'addressAdd', 'merchantApplicationSave'];

/** Whoever is within is told something here by which it would be known outside. */
const SHOWN: Readonly<Record<ServiceName, readonly string[]>> = {
  storefront: ['addresses', 'order', 'orders', 'ordersToSign'],
  merchant: [
    'afterSale',
    'afterSales',
    'cabinet',
    'cabinetAlarm',
    'cabinetAlarms',
    'cabinets',
    'claim',
    'claims',
    'merchantOrder',
    'merchantOrders',
    'promotions',
    'stockLevels',
    'receivables',
    'vendBreaks',
    'serviceFeeInvoices',
    'merchants',
    'merchantApplication',
    'merchantApplications',
    'certificationApplications',
    'listing',
    'listings',
    'bankAccount',
  ],
  settlement: [
    'afterSale',
    'cabinet',
    'cabinetAlarm',
    'cabinetAlarms',
    'cabinets',
    'claim',
    'claims',
    'integrityFlag',
    'merchantApplication',
    'merchantApplications',
    'certificationApplications',
    'listing',
    'listings',
    'suspectedDuplicate',
    'suspectedDuplicates',
    'vendBreaks',
    'procurementUnit',
    'procurementUnits',
    'promotions',
    'reservedShares',
    'auditEntries',
    'reportDrill',
    'payeeAccounts',
    'personalDataUnmask',
    'receivables',
  ],
};

/** What travels when something happens at their side, by what one watches. */
const WATCHED: Readonly<
  Record<string, (side: Side) => { readonly topic: string; readonly message: object }>
> = {
  'storefront orderChanged': ({ ids }) => ({
    topic: `order-changed:${ids['orderId']}`,
    message: { orderId: ids['orderId'] },
  }),
  'merchant cabinetAlarmChanged': ({ ids }) => ({
    topic: alarmTopicOf(String(ids['merchantId'])),
    message: { alarmId: ids['alarmId'] },
  }),
  'settlement cabinetAlarmChanged': ({ ids, place }) => ({
    topic: ALARM_TOPIC,
    message: { alarmId: ids['alarmId'], countyCode: place.county },
  }),
};
/** How many of a size there are, which everybody sees; and figures of one's own divisions, as volume-live.e2e-spec.ts shows. */
const WATCHED_BY_ANYBODY = ['storefront stockChanged', 'settlement volumeLive'];

/** The log of one's own division holds what was asked for there, in vain as well. */
const ECHOES = ['auditEntries'];

/** Fewer questions than there are would prove less than it looks. */
const BORROWED_MIN = 20;

interface Person {
  readonly who: string;
  readonly token: string | null;
  /** Where they belong; null for those who answer for all, or for nothing. */
  readonly place: Place | null;
}

interface Answer {
  readonly outcome: Outcome;
  readonly text: string;
}

describe('who reaches whose', () => {
  let world: World;
  let home: Side;
  let away: Side;
  /** Ids of the first side, and of nobody else. */
  let marks: readonly string[];
  let people: { readonly within: readonly Person[]; readonly outside: readonly Person[] };
  const rows = new Map<string, OperationRow>();

  const person = (who: string, place: Place | null, ...grants: readonly Grant[]): Person => ({
    who,
    place,
    token: world.person(...grants).token,
  });
  const isMerchants = (role: Role) => role === 'RESTOCKER' || role.startsWith('MERCHANT');
  const scopeOf = (role: Role, place: Place, side: Side): string => {
    if (role === 'TOWNSHIP_REVIEWER') return place.township;
    if (role === 'VILLAGE_OFFICER') return place.village;
    return isMerchants(role) ? present(side.ids['merchantId'], 'a merchant') : place.county;
  };
  const isPlatforms = (role: Role) => ['FINANCE', 'OPERATOR', 'AUDITOR'].includes(role);
  const holders = (place: Place, side: Side, suffix = ''): Person[] =>
    ROLES.filter((role) => !isPlatforms(role)).map((role) => {
      const scopeKind = isMerchants(role) ? 'MERCHANT' : 'DIVISION';
      return person(`${role}${suffix}`, place, { role, scopeKind, scopeId: scopeOf(role, place, side) });
    });

  beforeAll(async () => {
    world = await World.start({ services: SERVICES });
    world.clock.set('2026-11-02T04:00:00.000Z');
    await makePlaces(world);
    const before = await everyId(world);
    home = await settleDown(world, HOME);
    const after = await everyId(world);
    marks = [...after].filter((id) => !before.has(id));
    away = await settleDown(world, ELSEWHERE);
    const { token: ofBuyer } = world.personOf(home.buyerId);
    people = {
      within: [
        { who: 'the buyer', place: HOME, token: ofBuyer },
        { who: 'the unit’s buyer', place: HOME, token: world.personOf(home.memberId).token },
        { who: 'the approver', place: HOME, token: world.personOf(home.approverId).token },
        ...holders(HOME, home),
        ...(['OFFICIAL', 'STATISTICIAN'] as const).map((role) =>
          person(`${role} of the city`, HOME, { role, scopeKind: 'DIVISION', scopeId: HOME.city }),
        ),
        ...ROLES.filter(isPlatforms).map((role) =>
          person(role, null, { role, scopeKind: 'PLATFORM', scopeId: '*' }),
        ),
      ],
      outside: [
        { who: 'nobody', place: null, token: null },
        { who: 'a buyer', place: ELSEWHERE, token: world.personOf(away.buyerId).token },
        { who: 'an approver', place: ELSEWHERE, token: world.personOf(away.approverId).token },
        ...holders(ELSEWHERE, away),
        ...(['OFFICIAL', 'INSPECTOR'] as const).map((role) =>
          person(`${role} next door`, NEIGHBOUR, { role, scopeKind: 'DIVISION', scopeId: NEIGHBOUR.county }),
        ),
      ],
    };
  });
  afterAll(() => world.close());

  const ask = async (service: ServiceName, operation: Operation, { token }: Person): Promise<Answer> => {
    const client = token === null ? world.client(service) : world.client(service).as(token);
    if (operation.kind === 'Route') return visit(service, operation.name, token);
    const valueOf = argumentsFor(service, operation.name, home);
    const { text, variables } = questionOf(
      schemaFor(service),
      operation.kind === 'Mutation' ? 'Mutation' : 'Query',
      operation.name,
      valueOf,
    );
    const { data, errors } = await client.send(text, variables);
    const told = JSON.stringify({ data, errors });
    return {
      outcome: outcomeOf(data?.[operation.name], errors[0]?.extensions.code),
      text: without(told, variables),
    };
  };
  /** Who asks may ask at once; who acts acts in turn, so that the page is the same each time. */
  const askAll = async (service: ServiceName, operation: Operation, all: readonly Person[]) => {
    const asking = async (each: Person) => ({ each, ...(await ask(service, operation, each)) });
    if (operation.kind === 'Query') return Promise.all(all.map(asking));
    const answers: Awaited<ReturnType<typeof asking>>[] = [];
    for (const each of all) answers.push(await asking(each));
    return answers;
  };
  const put = (
    service: ServiceName,
    { text, variables }: { readonly text: string; readonly variables: object },
    { token }: Person,
  ) => (token === null ? world.client(service) : world.client(service).as(token)).send(text, variables);
  const visit = async (service: ServiceName, name: string, token: string | null): Promise<Answer> => {
    const [verb = '', route = ''] = name.split(' ');
    return fetched(service, verb, pathOf(service, route, home), token);
  };
  const fetched = async (
    service: ServiceName,
    verb: string,
    asked: string,
    token: string | null,
  ): Promise<Answer> => {
    const { http } = world.client(service);
    const request = verb === 'GET' ? http.get(asked) : http.post(asked);
    if (token !== null) void request.set('authorization', `Bearer ${token}`);
    const [path = ''] = asked.split('?');
    if (UPLOADS.includes(path)) void request.set('content-type', 'application/octet-stream');
    const body = path === '/photos' ? await picture(1) : Buffer.from('%PDF-1.7\n1 0 obj\n');
    const answer = verb === 'GET' ? await request.buffer(true) : await request.send(body);
    const outcome = outcomeOfStatus(answer.status);
    return { outcome, text: without(`${answer.text ?? ''}${JSON.stringify(answer.body)}`, { asked }) };
  };
  /** What is said without what was asked: an echo tells nothing. */
  const without = (told: string, variables: object): string => {
    const asked = JSON.stringify(variables);
    const echoed = [...asked.matchAll(/[a-z]{3}_[0-9A-Z]{26}/g)].map(([id]) => id);
    return echoed.reduce((text, id) => text.replaceAll(id, ''), told);
  };
  const leaksOf = (service: ServiceName, text: string): string[] => {
    const ids = marks.filter((id) => text.includes(id));
    const secret = service === 'storefront' ? ids.filter((id) => !PUBLIC_IDS.test(id)) : ids;
    const private_ = [HOME.mark, home.ids['phone'] ?? ''].filter((mark) => text.includes(mark));
    return [...secret, ...private_];
  };

  describe.each(SERVICES)('%s', (service) => {
    const operations = operationsOf(service).filter(
      ({ kind, name, allowed }) =>
        kind !== 'Subscription' && !OF_ONESELF.includes(name) && (kind !== 'Route' || allowed !== 'PUBLIC'),
    );
    const isScoped = ({ allowed }: Operation) =>
      EVERYONE.some((each) => each === allowed) ||
      ROLES.some((role) => !isPlatforms(role) && PERMISSIONS_OF[role].some((each) => each === allowed));

    it('every question that somebody within a scope may ask is about something that is there', () => {
      const unknown = operations
        .filter((operation) => operation.kind !== 'Route' && isScoped(operation))
        .flatMap((operation) =>
          questionOf(
            schemaFor(service),
            operation.kind === 'Mutation' ? 'Mutation' : 'Query',
            operation.name,
            argumentsFor(service, operation.name, home),
          ).unknown.map((name) => `${operation.name}(${name}): say in scope-arguments.ts what to ask about`),
        );

      expect(unknown).toEqual([]);
    });

    it('nobody outside is told of it, and nothing that they try changes it', async () => {
      const found: string[] = [];
      const changes = await Changes.watch(world);
      for (const operation of operations) {
        const outside: Asked[] = [];
        const asking = () => askAll(service, operation, people.outside);
        const { result: answers, changed } =
          operation.kind === 'Query' ? { result: await asking(), changed: [] } : await changes.of(asking);
        for (const { each, outcome, text } of answers) {
          outside.push({ who: each.who, outcome });
          const leaks = leaksOf(service, text);
          if (leaks.length > 0)
            found.push(
              `${operation.name} tells ${each.who}: ${leaks.slice(0, 5).join(', ')}: ${text.slice(0, 300)}`,
            );
        }
        if (
          isScoped(operation) &&
          outside.every(({ outcome }) => ['invalid', 'refused'].includes(outcome)) &&
          outside.some(({ outcome }) => outcome === 'invalid')
        )
          found.push(
            `${operation.name} never got as far as the scope: mend its arguments in scope-arguments.ts`,
          );
        if (
          changed.length > 0 &&
          !OWN_BASKET.includes(operation.name) &&
          !UPLOADS.includes(operation.name.replace('POST ', ''))
        )
          found.push(
            `${operation.name} changes ${changed.join(', ')} for ${outside
              .filter(({ outcome }) => outcome === 'answers')
              .map(({ who }) => who)
              .join(', ')}`,
          );
        rows.set(`${service} ${operation.kind} ${operation.name}`, {
          service,
          name: operation.name,
          outside,
          within: [],
        });
      }

      expect(found).toEqual([]);
      // Nothing was written past what was watched, and by no question.
      expect(await changes.unseen()).toEqual([]);
    });

    it('whoever is within reaches it', async () => {
      const shown = new Set<string>();
      for (const operation of operations) {
        const within: Asked[] = [];
        for (const { each, outcome, text } of await askAll(service, operation, people.within)) {
          within.push({ who: each.who, outcome });
          if (leaksOf(service, text).length > 0) shown.add(operation.name);
        }
        const key = `${service} ${operation.kind} ${operation.name}`;
        rows.set(key, { ...present(rows.get(key), key), within });
      }
      const lost = [...rows.values()].filter(
        (row) => row.service === service && row.within.every(({ outcome }) => outcome === 'refused'),
      );

      expect(lost.map(({ name }) => name)).toEqual([]);
      // What is looked for outside is really there to be found.
      expect([...shown]).toEqual(expect.arrayContaining([...SHOWN[service]]));
    });

    it('one thing of theirs beside one’s own tells nothing, nor does reading on from their place in a list', async () => {
      const found: string[] = [];
      const asked = new Set<string>();
      for (const { kind, name } of operations) {
        if (kind !== 'Query' || ECHOES.includes(name)) continue;
        const row = present(rows.get(`${service} Query ${name}`), name);
        const whoever = (all: readonly Person[], side: readonly Asked[], isMeant: (each: Asked) => boolean) =>
          all.filter(({ who }) => side.some((each) => each.who === who && isMeant(each)));
        const allowed = whoever(people.outside, row.outside, ({ outcome }) => outcome !== 'refused');
        const [insider] = whoever(people.within, row.within, ({ outcome }) => outcome === 'answers');
        const own = argumentsFor(service, name, away);
        const ofHome = argumentsFor(service, name, home);
        const schema = schemaFor(service);
        const end =
          insider && endOf((await put(service, wholeQuestionOf(schema, name, ofHome), insider)).data?.[name]);
        const questions = [
          ...borrowedOf(schema, name, own, (leaf) => ofHome(leaf) ?? home.ids[leaf]),
          ...(end ? readOnFrom(schema, name, own, end) : []),
        ];
        for (const question of questions)
          for (const each of allowed) {
            asked.add(question.what);
            const told = without(JSON.stringify(await put(service, question, each)), question.variables);
            const leaks = leaksOf(service, told);
            if (leaks.length > 0)
              found.push(
                `${question.what} tells ${each.who}: ${leaks.slice(0, 5).join(', ')}: ${told.slice(0, 300)}`,
              );
          }
      }

      for (const { kind, name } of operations) {
        const [verb = '', route = ''] = name.split(' ');
        const path = kind === 'Route' && verb === 'GET' ? borrowedPathOf(service, route, away, home) : null;
        if (path === null) continue;
        asked.add(name);
        for (const { who, token } of people.outside) {
          const { outcome } = await fetched(service, verb, path, token);
          if (outcome === 'answers') found.push(`${name} shows ${who} their file by way of one’s own`);
        }
      }

      expect(found).toEqual([]);
      expect(asked.size).toBeGreaterThan(BORROWED_MIN);
    });
  });

  it('nobody outside hears of what happens there, and whoever is within does', async () => {
    const operations = SERVICES.flatMap((service) =>
      operationsOf(service).flatMap(({ kind, name }) => (kind === 'Subscription' ? [{ service, name }] : [])),
    );
    expect(operations.map(({ service, name }) => `${service} ${name}`).toSorted()).toEqual(
      [...Object.keys(WATCHED), ...WATCHED_BY_ANYBODY].toSorted(),
    );
    for (const { service, name } of operations) {
      const happens = WATCHED[`${service} ${name}`];
      if (!happens) continue;
      const question = wholeQuestionOf(
        schemaFor(service),
        name,
        argumentsFor(service, name, home),
        'Subscription',
      );
      const { topic, message } = happens(home);
      const url = await addressOf(world, service);
      const watching = (all: readonly Person[]) =>
        all.map(({ who, token }) => ({ who, ...watch(url, token, question) }));
      const [within, outside] = [watching(people.within), watching(people.outside)];
      // Twice: what whoever is outside would have heard the first time has come by the second.
      for (const times of [1, 2])
        await eventually(`${name} is heard of`, async () => {
          await world.get(LiveGateway).publish(topic, message);
          return within.some(({ messages }) => messages.length >= times) ? true : null;
        });

      expect(outside.filter(({ messages }) => messages.length > 0).map(({ who }) => who)).toEqual([]);
      expect(outside.flatMap(({ errors }) => leaksOf(service, JSON.stringify(errors)))).toEqual([]);
      for (const { socket } of [...within, ...outside]) await socket.dispose();
    }
  });

  it(`${PAGE} is current`, () => {
    const page = scopePage([...rows.values()].toSorted((a, b) => order(a) - order(b)));
    if (process.env['GENERATE'] === '1') writeFileSync(PAGE, page);

    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });
});

function order({ service }: OperationRow): number {
  return SERVICES.findIndex((each) => each === service);
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  const { nodes } = Object(value) as { nodes?: unknown };
  return Array.isArray(nodes) && nodes.length === 0;
}

function outcomeOf(value: unknown, code: string | undefined): Outcome {
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return 'refused';
  if (code === 'NOT_FOUND') return 'not found';
  if (code === 'INVALID_INPUT') return 'invalid';
  if (code !== undefined) return `says ${code}`;
  if (isNothing(value)) return 'nothing';
  const { __typename: typename = '', code: refusal } = Object(value) as {
    __typename?: string;
    code?: string;
  };
  if (!typename.endsWith('Error')) return 'answers';
  return refusal === 'INVALID_INPUT' ? 'invalid' : `says ${String(refusal)}`;
}

function outcomeOfStatus(status: number): Outcome {
  if (status === 401 || status === 403) return 'refused';
  if (status === 404) return 'not found';
  if (status >= 200 && status < 300) return 'answers';
  return status === 400 || status === 422 ? 'invalid' : `says ${status}`;
}
