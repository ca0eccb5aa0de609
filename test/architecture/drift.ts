import { type DataSource, getMetadataArgsStorage } from 'typeorm';
import { pathsUnder } from '../../scripts/generate/sources.js';

/** Imports every `*.entity.ts` under `folder`, so that TypeORM knows it. */
export async function loadEntities(folder: string): Promise<void> {
  for (const path of pathsUnder(folder, '.entity.ts')) await import(`../../${path}`);
}

/** Keys, foreign keys and checks are the migrations' business; entities say columns only. */
const NOT_COLUMNS =
  /^(CREATE|DROP) (UNIQUE )?INDEX |^ALTER TABLE \S+ (DROP|ADD) (INDEX|CONSTRAINT|FOREIGN KEY) /;

/** What TypeORM would change about columns and tables to make the database fit the entities; nothing, if they agree. */
export async function columnDrift(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query).filter((query) => !NOT_COLUMNS.test(query));
}

/** Tables that no entity describes. */
export function orphanTables(tables: readonly string[], besides: readonly string[]): string[] {
  const described = new Set(getMetadataArgsStorage().tables.map(({ name }) => name));
  return tables.filter((table) => !described.has(table) && !besides.includes(table));
}
