import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of the two servers, by absolute path. */
export interface Binaries {
  readonly mariadbd: string;
  readonly installDb: string;
  /** redis-server, or redis-check-rdb, which is the same program under another name. */
  readonly redis: string;
  readonly hasFlock: boolean;
  /** Set when the programs were unpacked without root: the folder that stands for `/`. */
  readonly unpackedRoot: string | undefined;
}

/** Debian keeps libraries in one folder per architecture. */
export function libraryFolders(unpackedRoot: string): string[] {
  return ['usr/lib', 'lib'].flatMap((part) => {
    const folder = join(unpackedRoot, part);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.includes('-linux-gnu'))
      .map((name) => join(folder, name));
  });
}

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function find(names: readonly string[], folders: readonly string[]): string | undefined {
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** A program of the system's, wherever the search path forgets to look. */
export function findProgram(names: readonly string[], path = process.env.PATH ?? ''): string | undefined {
  return find(names, [...path.split(delimiter).filter((folder) => folder !== ''), ...SYSTEM_FOLDERS]);
}

/** What is missing is named by the program that would be needed. */
export function findBinaries(
  unpackedRoot: string,
  path = process.env.PATH ?? '',
): Binaries | { missing: string[] } {
  const own = existsSync(join(unpackedRoot, '.ok'))
    ? ['usr/sbin', 'usr/bin'].map((part) => join(unpackedRoot, part))
    : [];
  const folders = [...path.split(delimiter).filter((folder) => folder !== ''), ...SYSTEM_FOLDERS, ...own];
  const mariadbd = find(['mariadbd'], folders);
  const installDb = find(['mariadb-install-db'], folders);
  const defaults = find(['my_print_defaults'], folders); // mariadb-install-db calls it and dies without.
  const redis = find(['redis-server', 'redis-check-rdb'], folders);
  const hasFlock = find(['flock'], folders) !== undefined;
  if (mariadbd && installDb && defaults && redis) {
    const isUnpacked = [mariadbd, installDb, redis].some((file) => file.startsWith(`${unpackedRoot}/`));
    return { mariadbd, installDb, redis, hasFlock, unpackedRoot: isUnpacked ? unpackedRoot : undefined };
  }
  const needed = {
    mariadbd,
    'mariadb-install-db': installDb,
    my_print_defaults: defaults,
    'redis-server': redis,
  };
  return {
    missing: Object.entries(needed)
      .filter(([, file]) => !file)
      .map(([name]) => name),
  };
}
