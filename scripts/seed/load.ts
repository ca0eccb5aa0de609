import { NestFactory } from '@nestjs/core';
import { CatalogModule, ProductService, SearchIndexService } from '#libs/catalog';
import { Clock, businessDay } from '#libs/kernel';
import { ProductSaleReader, VolumeFactService, VolumeModule, VolumeRollupService } from '#libs/volume';
import { Database } from '#platform/database';
import { type DataKey, Vault } from '#platform/vault';
import { filesToLoad } from './noted.js';
import { type FileLoad, LoadDates, type Tools } from './table-load.js';

export interface FileResult {
  readonly file: string;
  readonly rows: number;
  readonly tookMs: number;
}

class SeedModule {}

/**
 * Loads what is new or has changed since the last time, file by file, each in a transaction together with the note that it was
 * loaded: an interrupted run goes on where it stopped, and a second run finds nothing to do.
 */
export async function loadFiles(
  database: Database,
  clock: Clock,
  files: readonly FileLoad[],
  dataKeys: readonly DataKey[],
  onLoaded: (result: FileResult) => void = () => undefined,
): Promise<FileResult[]> {
  const providers = [
    { provide: Database, useValue: database },
    { provide: Clock, useValue: clock },
  ];
  const app = await NestFactory.createApplicationContext(
    {
      module: SeedModule,
      global: true,
      imports: [CatalogModule, VolumeModule],
      providers,
      exports: providers,
    },
    { logger: ['error', 'warn'] },
  );
  try {
    const tools: Tools = {
      database,
      dates: new LoadDates(clock.now(), businessDay(clock.now())),
      vault: new Vault(dataKeys),
      products: app.get(ProductService),
      search: app.get(SearchIndexService),
      sales: app.get(ProductSaleReader),
      volume: { facts: app.get(VolumeFactService), rollups: app.get(VolumeRollupService) },
    };
    const results: FileResult[] = [];
    for (const { load, text, hash } of await filesToLoad((sql) => database.query(sql), files)) {
      const startedMs = performance.now();
      const rows = await database.transaction(async (tx) => {
        const count = await load.load(tx, text, tools);
        await tx.write(
          `INSERT INTO seed_load (name, content_hash, loaded_at) VALUES (?, ?, ?)
           ON DUPLICATE KEY UPDATE content_hash = VALUES(content_hash), loaded_at = VALUES(loaded_at)`,
          [load.file, hash, clock.now()],
        );
        return count;
      });
      await load.settle?.(tools);
      const result = { file: load.file, rows, tookMs: performance.now() - startedMs };
      results.push(result);
      onLoaded(result);
    }
    return results;
  } finally {
    await app.close();
  }
}
