import { AuditLeafReader, AuditModule, AuditService } from '#libs/identity';
import { DAY_MS, businessDay, newId } from '#libs/kernel';
import {
  type AccountCode,
  type JournalDraft,
  JournalLeafReader,
  LedgerModule,
  LedgerService,
  posted,
} from '#libs/ledger';
import {
  CheckpointService,
  SealReader,
  SealService,
  SealVerificationService,
  SealedStreams,
  SealerModule,
  type SealingPace,
  type Verification,
  type VerificationRequest,
} from '#libs/seal';
import { Config } from '#platform/config';
import { VolumeFactLeafReader, VolumeFactService, VolumeModule, factsOfPaid } from '#libs/volume';
import type { Database } from '#platform/database';
import { SealRepository } from '../../libs/seal/src/seal.repository.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { AUTH_SECRET, SIGNING_KEY, WEBHOOK_SECRET } from '../harness/secrets.js';
import { line } from './volume-rooms.js';

/** No record has to rest, no lease outlives its round: time stands still in tests. */
const AT_ONCE: SealingPace = { delayMs: 0, leaseMs: 0 };
const LIMIT = 5_000;
const PAYEES: readonly [AccountCode, AccountCode] = ['liability:held:mer_1', 'liability:held:hhd_1'];

function testConfig(): Config {
  return new Config({
    NODE_ENV: 'test',
    DATABASE_URL: 'mysql://unused',
    REDIS_URL: 'redis://unused',
    AUTH_SECRET,
    LEDGER_SIGNING_KEY: SIGNING_KEY,
    LEDGER_ORIGIN: 'taoyuan.test',
    STRIPE_SECRET_KEY: 'sk_test_unused',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  });
}

export interface SealRooms extends Rooms {
  /** One round over all streams; returns how many were sealed. */
  seal(pace?: Partial<SealingPace> & { readonly limit?: number }): Promise<number>;
  /** Lets a day pass and signs its end; answers the day. Records of tests are written by the database's clock, which is today's. */
  sign(): Promise<string>;
  verify(request: VerificationRequest): Promise<Verification>;
  /** Of another process. */
  anotherSealer(): SealService;
  /** To a cooperative and a household, or to accounts that nobody locks. */
  drafts(count: number, payees?: readonly [AccountCode, AccountCode]): JournalDraft[];
  /** Posts so many journals of two transfers; answers their ids in the order of their seals. */
  post(count: number): Promise<string[]>;
  /** Writes so many audit entries. */
  note(count: number): Promise<void>;
  /** Records so many facts; answers their ids. */
  tell(count: number): Promise<string[]>;
}

async function idsOf(database: Database, table: string): Promise<string[]> {
  return (await database.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id);
}

export async function openSealRooms(): Promise<SealRooms> {
  const rooms = await openRooms({
    module: class SettingsModule {},
    global: true,
    imports: [
      SealerModule.over(
        [LedgerModule, AuditModule, VolumeModule],
        [JournalLeafReader, AuditLeafReader, VolumeFactLeafReader],
      ),
    ],
    providers: [{ provide: Config, useValue: testConfig() }],
    exports: [Config],
  });
  const { database, clock } = rooms;
  clock.set(new Date().toISOString());
  const drafts = (count: number, [merchant, household] = PAYEES) =>
    Array.from({ length: count }, (): JournalDraft => {
      const subject = newId('ord');
      return {
        idempotencyKey: `sale:${subject}`,
        kind: 'order_split',
        subject,
        eventId: newId('evt'),
        effectiveAt: clock.now(),
        transfers: [
          { debit: 'liability:escrow', credit: merchant, amountFen: 9_000n },
          { debit: 'liability:escrow', credit: household, amountFen: 1_000n },
        ],
      };
    });
  return {
    ...rooms,
    drafts,
    seal: ({ limit = LIMIT, ...pace } = {}) => rooms.get(SealService).sealDue(limit, { ...AT_ONCE, ...pace }),
    sign: async () => {
      // An hour past midnight: whatever waits has had its time.
      const day = businessDay(clock.now());
      clock.set(new Date(Date.parse(`${day}T01:00:01+08:00`) + DAY_MS).toISOString());
      await rooms.get(CheckpointService).signDue();
      return day;
    },
    verify: (request) => rooms.get(SealVerificationService).verify(request),
    anotherSealer: () =>
      new SealService(database, rooms.get(SealedStreams), new SealRepository(), rooms.get(SealReader)),
    post: async (count) => {
      const journals = posted(
        await database.transaction((tx) => rooms.get(LedgerService).post(tx, drafts(count))),
      );
      return journals.map(({ id }) => id);
    },
    note: async (count) => {
      const notes = Array.from({ length: count }, (_, index) => ({
        actorId: newId('usr'),
        act: 'test.done',
        subject: `phone:1390000${String(index).padStart(4, '0')}`,
        detail: { b: index, a: ['x'] },
      }));
      await database.transaction((tx) => rooms.get(AuditService).record(tx, ...notes));
    },
    tell: async (count) => {
      const before = new Set(await idsOf(database, 'volume_fact'));
      const lines = Array.from({ length: count }, () => line(newId('oln'), 10_000n));
      await database.transaction((tx) =>
        rooms.get(VolumeFactService).record(tx, factsOfPaid(lines, clock.now())),
      );
      return (await idsOf(database, 'volume_fact')).filter((id) => !before.has(id));
    },
  };
}
