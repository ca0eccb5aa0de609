import { pino } from 'pino';
import {
  type AuditEntry,
  IdentityModule,
  MembershipReader,
  MembershipService,
  UserService,
} from '#libs/identity';
import { InvalidInputError, refused } from '#libs/kernel';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { fillPool } from '../harness/pool.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { AUTH_SECRET, WEBHOOK_SECRET } from '../harness/secrets.js';
import { freshPhone, makeUser } from '../make/user.make.js';

const CLERK = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: 'mer_01' } as const;
const OFFICIAL = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' } as const;

let rooms: Rooms;

beforeAll(async () => {
  const config = new Config({
    NODE_ENV: 'test',
    DATABASE_URL: 'mysql://unused',
    REDIS_URL: 'redis://unused',
    AUTH_SECRET,
    STRIPE_SECRET_KEY: 'sk_test_unused',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  });
  rooms = await openRooms({
    module: class SettingsModule {},
    global: true,
    imports: [IdentityModule],
    providers: [
      { provide: Config, useValue: config },
      { provide: Log, useValue: new Log(pino({ level: 'silent' })) },
    ],
    exports: [Config, Log],
  });
  await fillPool(rooms.database);
});
afterAll(() => rooms.close());

const grantsOf = (userId: string) => rooms.get(MembershipReader).grantsOf(userId);

describe('a user', () => {
  it('is one person per phone, also when made known ten times at once', async () => {
    const phone = freshPhone();

    const users = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        rooms.get(UserService).register({ phone, displayName: `第${index}个` }),
      ),
    );

    expect(new Set(users.map((user) => (refused(user) ? null : user.id))).size).toBe(1);
  });

  it('keeps the name they have', async () => {
    const { phone, userId } = await makeUser(rooms, { displayName: '李秀英' });

    const again = await rooms.get(UserService).register({ phone: `+86 ${phone}`, displayName: '别名' });

    expect(again).toMatchObject({ id: userId, displayName: '李秀英' });
  });

  it('is refused without a mobile number', async () => {
    expect(await rooms.get(UserService).register({ phone: '12345', displayName: '无' })).toBeInstanceOf(
      InvalidInputError,
    );
  });
});

describe('a membership', () => {
  it('is held once, ended, and granted again', async () => {
    const { userId } = await makeUser(rooms, { grants: [CLERK, OFFICIAL] });
    const memberships = rooms.get(MembershipService);

    await memberships.grant(userId, CLERK, null);
    const held = await grantsOf(userId);
    await memberships.end(userId, CLERK, null);
    const ended = await grantsOf(userId);
    await memberships.grant(userId, CLERK, null);

    expect(held).toEqual([CLERK, OFFICIAL]);
    expect(ended).toEqual([OFFICIAL]);
    expect(await grantsOf(userId)).toEqual([CLERK, OFFICIAL]);
  });

  it('leaves a trace of who gave it and who took it', async () => {
    const admin = await makeUser(rooms);
    const { userId } = await makeUser(rooms);

    await rooms.get(MembershipService).grant(userId, OFFICIAL, admin.userId);
    await rooms.get(MembershipService).end(userId, OFFICIAL, admin.userId);

    const traces = await rooms.database.query<AuditEntry>(
      'SELECT actor_id AS actorId, act, detail FROM audit_entry WHERE subject = ? ORDER BY id',
      [userId],
    );
    expect(traces.map(({ act, actorId }) => [act, actorId])).toEqual([
      ['membership.granted', admin.userId],
      ['membership.ended', admin.userId],
    ]);
  });

  it('that nobody holds cannot be ended', async () => {
    const { userId } = await makeUser(rooms);

    await expect(rooms.get(MembershipService).end(userId, CLERK, null)).rejects.toThrow('was not found');
  });

  it('over the wrong kind of scope is refused and not kept', async () => {
    const { userId } = await makeUser(rooms);

    const refusal = await rooms
      .get(MembershipService)
      .grant(userId, { ...OFFICIAL, scopeKind: 'PLATFORM', scopeId: '*' }, null);

    expect(refusal).toBeInstanceOf(InvalidInputError);
    expect(await grantsOf(userId)).toEqual([]);
  });
});
