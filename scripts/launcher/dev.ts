import { execFile } from 'node:child_process';
import { existsSync, rmSync, watch } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { transformFile } from '@swc/core';
import type { Context } from './context.js';
import type { Settings } from './environment.js';
import { runScript } from './script.js';
import type { Service } from './service.js';
import { bringCabinets, bringHouseUp, tellStory, untilStopped, type House } from './start.js';

const WATCHED = ['apps', 'libs'];

/** Editors write a file in several steps, and a branch switch touches many. */
const QUIET_MS = 80;

/** What a change asks for. */
export interface Effect {
  readonly compile: readonly string[];
  readonly migrates: boolean;
  /** The pages are built anew; whoever serves them looks by itself. */
  readonly buildsPages: boolean;
  /** Names of services, or every one of them that the launcher runs. */
  readonly restarts: readonly string[] | 'doors';
}

function isCode(file: string): boolean {
  return file.endsWith('.ts') && !file.endsWith('spec.ts') && !file.endsWith('.d.ts');
}

/** A change in one app restarts that app; in a lib, the three doors. The sandbox keeps its payments unless its own code changed. */
export function effectOf(files: Iterable<string>): Effect {
  const all = [...files];
  const relevant = all.filter((file) => !file.startsWith('apps/web/') && !file.includes('/test/'));
  const code = relevant.filter(isCode);
  const migrations = relevant.filter(
    (file) => file.startsWith('libs/platform/migrations/') && file.endsWith('.sql'),
  );
  const schemas = relevant.filter((file) => file.endsWith('.graphql') && basename(file) !== 'schema.graphql');
  const felt = [...code, ...migrations, ...schemas];
  const apps = felt.filter((file) => file.startsWith('apps/')).map((file) => file.split('/')[1] ?? '');
  const hasLib = felt.some((file) => file.startsWith('libs/'));
  const restarts = [...new Set(apps)];
  return {
    compile: code,
    migrates: migrations.length > 0,
    buildsPages: all.some(
      (file) =>
        /^apps\/(web\/(src|build)\/|[^/]+\/documents\/).*\.\w+$/.test(file) && !file.endsWith('spec.ts'),
    ),
    restarts: hasLib ? 'doors' : restarts,
  };
}

/** Writes what `npm run build` would, for one file; a deleted source takes its output along. */
async function compile(root: string, file: string): Promise<void> {
  const output = join(root, 'dist', file.replace(/\.ts$/, '.js'));
  if (!existsSync(join(root, file))) {
    rmSync(output, { force: true });
    rmSync(`${output}.map`, { force: true });
    return;
  }
  const { code, map } = await transformFile(join(root, file), { swcrc: true, sourceMaps: true, cwd: root });
  await mkdir(dirname(output), { recursive: true });
  await Promise.all([
    writeFile(output, `${code}\n//# sourceMappingURL=${basename(output)}.map\n`),
    writeFile(`${output}.map`, map ?? '{}'),
  ]);
}

/** What is wrong in a page is told by the builder, and the old pages go on. */
async function buildPages(root: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join('apps', 'web', 'build', 'build.mjs')], { cwd: root });
}

/** One round at a time; what changes meanwhile makes the next round. */
class Rounds {
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  constructor(private readonly round: (files: string[]) => Promise<void>) {}

  add(file: string): void {
    this.changed.add(file);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), QUIET_MS);
  }

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    while (this.changed.size > 0) {
      const files = [...this.changed];
      this.changed.clear();
      await this.round(files);
    }
    this.isRunning = false;
  }
}

async function applyChange(
  context: Context,
  house: House,
  settings: Settings,
  files: readonly string[],
): Promise<void> {
  const effect = effectOf(files);
  const services = affected(house, effect.restarts);
  if (effect.compile.length === 0 && services.length === 0 && !effect.buildsPages) return;
  const startedMs = Date.now();
  try {
    await Promise.all(effect.compile.map((file) => compile(context.root, file)));
    if (effect.buildsPages) await buildPages(context.root);
    if (effect.migrates) await runScript('dist/scripts/migrate.js', settings, context.root);
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all(services.map((service) => service.start()));
    const names = services.map(({ name }) => name).join(', ');
    if (effect.buildsPages)
      context.say(`pages built after ${((Date.now() - startedMs) / 1000).toFixed(1)} s.`);
    if (names !== '')
      context.say(`${names} serving again after ${((Date.now() - startedMs) / 1000).toFixed(1)} s.`);
  } catch (error) {
    // A mistake in the edit: told, and the next save tries again.
    context.say(`\n${messageOf(error)}\n`);
  }
}

/** The compiler adds a stack of its own machine code, of use to nobody here. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\nCaused by:')[0] ?? message).trim();
}

function affected(house: House, restarts: Effect['restarts']): Service[] {
  const isMeant = ({ name }: Service) =>
    restarts === 'doors' ? name !== 'stripe-sandbox' : restarts.includes(name);
  return house.services.filter(isMeant);
}

/** `npm start`, and again after every change: compiles the file, restarts who is affected. */
export async function dev(context: Context, startedMs: number): Promise<number> {
  return untilStopped(context, async (house) => {
    const settings = await bringHouseUp(context, house, startedMs);
    const rounds = new Rounds((files) => applyChange(context, house, settings, files));
    for (const folder of WATCHED) {
      watch(join(context.root, folder), { recursive: true }, (_event, name) => {
        if (name !== null) rounds.add(join(folder, name));
      });
    }
    context.say('Watching apps and libs.');
    void tellStory(context, house, settings).then(() => bringCabinets(context, house, settings));
  });
}
