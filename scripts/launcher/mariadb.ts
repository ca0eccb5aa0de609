import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import { runDir, type Home, type Secrets } from './home.js';
import { Refusal } from './refusal.js';
import type { ServerKind } from './server.js';

const exec = promisify(execFile);

/** Owns the database: migrates it, and makes those of tests. */
const OWNER = 'taoyuan';

/** What the services are to the database; `npm run migrate` says what it may do. */
const SERVICES = 'taoyuan_app';
const PROTOCOL_VERSION_10 = 0x0a;

/** As root, MariaDB refuses to run unless it is told that this is meant. */
const AS_ROOT = process.getuid?.() === 0 ? ['--user=root'] : [];

export function migrationUrl(secrets: Secrets, port: number): string {
  return `mysql://${OWNER}:${secrets.databasePassword}@127.0.0.1:${port}/taoyuan`;
}

export function servicesUrl(secrets: Secrets, port: number): string {
  return `mysql://${SERVICES}:${secrets.databaseServicesPassword}@127.0.0.1:${port}/taoyuan`;
}

/** Paths of an unpacked tree are compiled in as `/usr/…`, so they are given. */
function unpackedArgs(binaries: Binaries): string[] {
  const root = binaries.unpackedRoot;
  if (root === undefined || !binaries.mariadbd.startsWith(root)) return [];
  return [
    `--basedir=${join(root, 'usr')}`,
    `--lc-messages-dir=${join(root, 'usr/share/mysql')}`,
    `--plugin-dir=${join(root, 'usr/lib/mysql/plugin')}`,
    `--character-sets-dir=${join(root, 'usr/share/mysql/charsets')}`,
  ];
}

/** The marker says that the folder was finished; one without it was cut short and is made again. */
async function makeDataDir(home: Home, binaries: Binaries, env: NodeJS.ProcessEnv): Promise<string> {
  const dir = join(home.dir, 'mysql');
  const marker = join(dir, '.ok');
  if (existsSync(marker)) return dir;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const [basedir] = unpackedArgs(binaries);
  const args = [
    '--no-defaults',
    `--datadir=${dir}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  try {
    await exec(binaries.installDb, [...args, ...(basedir === undefined ? [] : [basedir]), ...AS_ROOT], {
      env,
      cwd: home.dir,
    });
  } catch (error) {
    const detail = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Refusal(
      `The database's files could not be made in ${dir}; mariadb-install-db says:\n\n${detail.trim()}`,
      78,
    );
  }
  writeFileSync(marker, '');
  return dir;
}

/** Accounts are set at each start, before the first client is let in, so no client program is needed. */
function writeInitFile(home: Home, secrets: Secrets): string {
  const file = join(home.dir, 'init.sql');
  const account = `'${OWNER}'@'127.0.0.1'`;
  const services = `'${SERVICES}'@'127.0.0.1'`;
  const lines = [
    'CREATE DATABASE IF NOT EXISTS taoyuan CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;',
    `CREATE USER IF NOT EXISTS ${account};`,
    `ALTER USER ${account} IDENTIFIED BY '${secrets.databasePassword}';`,
    `GRANT ALL ON taoyuan.* TO ${account} WITH GRANT OPTION;`,
    `GRANT ALL ON \`taoyuan\\_%\`.* TO ${account} WITH GRANT OPTION;`, // Tests and the bench make databases of their own.
    `GRANT PROCESS ON *.* TO ${account};`, // Race tests look at who waits for whom.
    `CREATE USER IF NOT EXISTS ${services};`,
    `ALTER USER ${services} IDENTIFIED BY '${secrets.databaseServicesPassword}';`,
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${secrets.databaseRootPassword}';`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}

export function mariadb(
  home: Home,
  binaries: Binaries,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
): ServerKind {
  return {
    name: 'mariadb',
    probe: { isReady: (answer) => answer[4] === PROTOCOL_VERSION_10 }, // A refusal has 0xff there.
    plan: async (port) => ({
      command: binaries.mariadbd,
      args: await serverArgs(home, binaries, secrets, port, env),
    }),
  };
}

async function serverArgs(
  home: Home,
  binaries: Binaries,
  secrets: Secrets,
  port: number,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const dataDir = await makeDataDir(home, binaries, env);
  // A starting server deletes the temporary tables it finds in its tmpdir: two must never share one.
  const tmp = join(home.dir, 'mysql-tmp');
  mkdirSync(tmp, { recursive: true, mode: 0o700 });
  const sockets = runDir(home);
  return [
    '--no-defaults', // Else /etc/mysql leaks in.
    ...unpackedArgs(binaries),
    `--datadir=${dataDir}`,
    `--tmpdir=${tmp}`,
    `--socket=${join(sockets, 'mysql.sock')}`,
    `--pid-file=${join(sockets, 'mysql.pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    `--init-file=${writeInitFile(home, secrets)}`,
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--default-time-zone=+00:00',
    '--performance-schema=OFF',
    // Read at start and when an index is built: search by bigrams needs both before the first migration.
    '--innodb-ft-min-token-size=1',
    '--innodb-ft-enable-stopword=OFF',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=256M',
    ...(home.isScratch ? ['--innodb-log-file-size=32M'] : []),
    '--max-connections=300',
    ...AS_ROOT,
  ];
}
