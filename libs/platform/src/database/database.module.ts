import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { tellBeside } from './beside.js';
import { openDataSource } from './data-source.js';
import { Database, type OnBeside, useOurSession } from './database.js';

/** A `Database` over a new pool: for the services, scripts and tests alike. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databasePoolSize'>,
  onBeside?: OnBeside,
): Promise<Database> {
  const dataSource = await openDataSource(config);
  await useOurSession(dataSource);
  return new Database(dataSource, onBeside);
}

@Global()
@Module({
  providers: [
    {
      provide: Database,
      useFactory: (config: Config, log: Log) =>
        openDatabase(config, config.isProduction ? tellBeside(log) : undefined),
      inject: [Config, Log],
    },
  ],
  exports: [Database],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
