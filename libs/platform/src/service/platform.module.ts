import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Clock, SystemClock } from '#libs/kernel';
import { AuthGuard } from '#platform/auth';
import { Config } from '#platform/config';
import { Database, DatabaseModule } from '#platform/database';
import { FileGateway, PhotoService, StoredFileService, fileGatewayOf } from '#platform/files';
import { SilentFilter } from '#platform/graphql';
import { HealthDoor } from '#platform/health';
import { LiveGateway } from '#platform/live';
import { Log, createLogger } from '#platform/log';
import { DeadLetterService } from '#platform/outbox';
import { Pseudonyms } from '#platform/pseudonym';
import { ThrottleGuard, ThrottleService } from '#platform/throttle';
import { Vault } from '#platform/vault';

/** What every service has: settings, time, log, database, guard, health. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly health: HealthDoor,
    private readonly live: LiveGateway,
  ) {}

  static forService(service: string, config: Config): DynamicModule {
    return {
      module: PlatformModule,
      imports: [DatabaseModule],
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useClass: SystemClock },
        { provide: Log, useFactory: () => new Log(createLogger(config, service)) },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: ThrottleGuard }, // After the one that knows who it is.
        ThrottleService,
        { provide: APP_FILTER, useClass: SilentFilter },
        {
          provide: LiveGateway,
          useFactory: (log: Log) => new LiveGateway(config.redisUrl, log),
          inject: [Log],
        },
        { provide: Vault, useFactory: () => new Vault(config.dataKeys) },
        DeadLetterService,
        {
          provide: FileGateway,
          useFactory: (database: Database) => fileGatewayOf(config, database),
          inject: [Database],
        },
        StoredFileService,
        PhotoService,
        { provide: Pseudonyms, useFactory: () => new Pseudonyms(config.pseudonymSecret) },
        HealthDoor,
      ],
      exports: [
        Config,
        Clock,
        Log,
        LiveGateway,
        Vault,
        DeadLetterService,
        Pseudonyms,
        FileGateway,
        StoredFileService,
        PhotoService,
        HealthDoor,
        ThrottleService,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.health.close();
    await this.live.close();
  }
}
