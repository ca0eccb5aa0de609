import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { CatalogModule, SearchService } from '#libs/catalog';
import { Log } from '#platform/log';

@Module({ imports: [CatalogModule] })
export class CatalogBackgroundModule implements OnApplicationBootstrap {
  constructor(
    private readonly searches: SearchService,
    private readonly log: Log,
  ) {}

  /** Nobody waits for it: until it is ready, the database answers, and whoever searches next has it tried again. */
  onApplicationBootstrap(): void {
    this.searches.prepare().catch((error: unknown) => this.log.fault(error, 'search is not ready'));
  }
}
