import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Clock, SystemClock } from '#libs/kernel';
import { AuthGuard } from '#platform/auth';
import { Config } from '#platform/config';
import { DatabaseModule } from '#platform/database';
import { HealthDoor } from '#platform/health';
import { Log, createLogger } from '#platform/log';
import { DeadLetterService } from '#platform/outbox';

/** What every service has: settings, time, log, database, guard, health. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(private readonly health: HealthDoor) {}

  static forService(service: string, config: Config): DynamicModule {
    return {
      module: PlatformModule,
      imports: [DatabaseModule],
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useClass: SystemClock },
        { provide: Log, useFactory: () => new Log(createLogger(config, service)) },
        { provide: APP_GUARD, useClass: AuthGuard },
        DeadLetterService,
        HealthDoor,
      ],
      exports: [Config, Clock, Log, DeadLetterService, HealthDoor],
    };
  }

  onApplicationShutdown(): void {
    this.health.close();
  }
}
