import { createHash } from 'node:crypto';
import { type FileLoad, readDataFile } from './table-load.js';

/** Raise it when files are to be loaded in another way: every file counts as changed then. */
const LOADER_VERSION = 'zhuzhou-1';

export interface FileToLoad {
  readonly load: FileLoad;
  readonly text: string;
  readonly hash: Buffer;
}

/** The files of which the database does not say that it has loaded exactly this. */
export async function filesToLoad(
  query: (sql: string) => Promise<readonly { name: string; contentHash: Buffer }[]>,
  files: readonly FileLoad[],
): Promise<FileToLoad[]> {
  const noted = await query('SELECT name, content_hash AS contentHash FROM seed_load');
  const hashOf = new Map(noted.map(({ name, contentHash }) => [name, contentHash]));
  return files
    .map((load) => {
      const text = readDataFile(load.file);
      return { load, text, hash: createHash('sha256').update(LOADER_VERSION).update(text).digest() };
    })
    .filter(({ load, hash }) => !hashOf.get(load.file)?.equals(hash));
}
