import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '#platform/config';
import { openDataSource } from './data-source.js';
import { Database, useOurSession } from './database.js';

/** A `Database` over a new pool: for the services, scripts and tests alike. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databasePoolSize'>,
): Promise<Database> {
  const dataSource = await openDataSource(config);
  await useOurSession(dataSource);
  return new Database(dataSource);
}

@Global()
@Module({
  providers: [{ provide: Database, useFactory: openDatabase, inject: [Config] }],
  exports: [Database],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
