import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Clock } from '#libs/kernel';
import { Database } from '#platform/database';
import { FakeClock } from './clock.js';
import { type TestDatabase, createTestDatabase } from './database.js';

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

export async function openRooms(...modules: readonly (Type | DynamicModule)[]): Promise<Rooms> {
  const test = await createTestDatabase();
  const clock = new FakeClock();

  @Global()
  @Module({
    providers: [
      { provide: Database, useValue: test.database },
      { provide: Clock, useValue: clock },
    ],
    exports: [Database, Clock],
  })
  class GroundModule {}

  const testing = await Test.createTestingModule({ imports: [GroundModule, ...modules] }).compile();
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
    },
  };
}
