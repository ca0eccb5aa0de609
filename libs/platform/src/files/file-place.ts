import type { Config } from '#platform/config';
import type { Database } from '#platform/database';
import type { FileGateway } from './file.gateway.js';
import { LocalFileGateway } from './local-file.gateway.js';
import { S3FileGateway } from './s3-file.gateway.js';

/** A store where one is named, else the disk. */
export function fileGatewayOf(
  { filesStore, filesDirectory }: Pick<Config, 'filesStore' | 'filesDirectory'>,
  database: Database,
): FileGateway {
  return filesStore
    ? new S3FileGateway(filesStore, database)
    : new LocalFileGateway(filesDirectory, database);
}
