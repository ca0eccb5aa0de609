import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { pino } from 'pino';
import { Clock } from '#libs/kernel';
import { Config } from '#platform/config';
import { Database, openDatabase } from '#platform/database';
import { FileGateway, LocalFileGateway, PhotoService, StoredFileService } from '#platform/files';
import { Log } from '#platform/log';
import { FakeClock } from './clock.js';
import { type TestDatabase, createTestDatabase, redisUrl } from './database.js';
import { AUTH_SECRET, DATA_KEYS } from './secrets.js';

/** Contexts without a service around them, over a database of their own: for specs of what no door shows. */
export interface Rooms {
  readonly database: Database;
  readonly clock: FakeClock;
  /** For processes of their own. */
  readonly url: string;
  /** For specs that clear tables, or tamper on purpose. */
  readonly asOwner: TestDatabase['asOwner'];
  readonly clear: TestDatabase['clear'];
  get<T>(type: Type<T>): T;
  close(): Promise<void>;
}

class SettingsModule {}

/** For contexts that have limits of their own; whoever has a provider brings settings that name it instead. */
export const SETTINGS: DynamicModule = {
  module: SettingsModule,
  global: true,
  providers: [
    {
      provide: Config,
      useFactory: () =>
        new Config({
          NODE_ENV: 'test',
          DATABASE_URL: 'mysql://rooms-have-their-own/database',
          REDIS_URL: redisUrl(),
          AUTH_SECRET,
          DATA_KEYS,
          STRIPE_SECRET_KEY: 'sk_test_nobody',
          STRIPE_WEBHOOK_SECRET: 'whsec_nobody',
        }),
    },
  ],
  exports: [Config],
};

/** Where the files of a database lie, whichever process keeps them. */
const filesOf = (url: string) => join(tmpdir(), `rooms-of-${basename(new URL(url).pathname)}`);

/** Providers of the modules, over that database. */
function furnish(
  { database, url }: Pick<Rooms, 'database' | 'url'>,
  clock: FakeClock,
  modules: readonly (Type | DynamicModule)[],
) {
  @Global()
  @Module({
    providers: [
      { provide: Database, useValue: database },
      { provide: Clock, useValue: clock },
      { provide: Log, useValue: new Log(pino({ level: 'silent' })) },
      { provide: FileGateway, useValue: new LocalFileGateway(filesOf(url), database) },
      StoredFileService,
      PhotoService,
    ],
    exports: [Database, Clock, Log, StoredFileService, PhotoService],
  })
  class GroundModule {}

  return Test.createTestingModule({ imports: [GroundModule, ...modules] }).compile();
}

export async function openRooms(...modules: readonly (Type | DynamicModule)[]): Promise<Rooms> {
  const test = await createTestDatabase();
  const clock = new FakeClock();
  const testing = await furnish(test, clock, modules);
  return {
    database: test.database,
    clock,
    url: test.url,
    asOwner: test.asOwner,
    clear: test.clear,
    get: (type) => testing.get(type, { strict: false }),
    close: async () => {
      await testing.close();
      await test.drop();
      await rm(filesOf(test.url), { recursive: true, force: true });
    },
  };
}

/** The same rooms once more over the same database, with connections and providers of their own: what another process would be. */
export async function openBeside(
  { url, clock }: Rooms,
  ...modules: readonly (Type | DynamicModule)[]
): Promise<Pick<Rooms, 'get' | 'close' | 'database'>> {
  const database = await openDatabase({ databaseUrl: url, databasePoolSize: 16 });
  const testing = await furnish({ database, url }, clock, modules);
  return {
    database,
    get: (type) => testing.get(type, { strict: false }),
    close: async () => {
      await testing.close();
      await database.close();
    },
  };
}
