import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the build wrote beside the files: what belongs to what. */
export interface Manifest {
  readonly name: string;
  readonly entry: string;
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  /** Files by the name they were written under, without their hash: `mark.svg`. */
  readonly drawings: Readonly<Record<string, string>>;
  /** Files of what is loaded when its address is opened, by the source they were written in. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
  /** What keeps it for when there is no network, where it has such a thing. */
  readonly worker?: string;
  /** What stands for it among a phone's applications: squares of so many points. */
  readonly icons: readonly { readonly file: string; readonly size: number }[];
}

export interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  /** Smaller forms that the build has made; text only. */
  readonly gz: Buffer | undefined;
  readonly br: Buffer | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
};

const typeOf = (file: string) => TYPES[file.slice(file.lastIndexOf('.') + 1)];

/** One application as it was built. Its files are few and small, so they are kept in memory. */
export class BuiltPage {
  private builtMs = 0;
  private manifestNow: Manifest | null = null;
  private assets = new Map<string, Asset>();

  /** `isWatched`: somebody may build anew while we run. */
  constructor(
    readonly name: string,
    private readonly isWatched: boolean,
    private readonly folder = join('dist', 'web', name),
  ) {
    this.read();
  }

  /** Null where it was never built. */
  get manifest(): Manifest | null {
    if (this.isWatched) this.readIfNewer();
    return this.manifestNow;
  }

  asset(file: string): Asset | undefined {
    return this.assets.get(file);
  }

  private get manifestFile(): string {
    return join(this.folder, 'manifest.json');
  }

  private readIfNewer(): void {
    // The manifest is written last: while it is missing, a build is under way and the old files serve.
    if (existsSync(this.manifestFile) && statSync(this.manifestFile).mtimeMs !== this.builtMs) this.read();
  }

  private read(): void {
    if (!existsSync(this.manifestFile)) return;
    this.builtMs = statSync(this.manifestFile).mtimeMs;
    const files = readdirSync(this.folder);
    const bytes = (file: string) =>
      files.includes(file) ? readFileSync(join(this.folder, file)) : undefined;
    this.assets = new Map(
      files.flatMap((file) => {
        const type = typeOf(file);
        const plain = type === undefined ? undefined : bytes(file);
        if (type === undefined || plain === undefined) return [];
        return [[file, { type, plain, gz: bytes(`${file}.gz`), br: bytes(`${file}.br`) }] as const];
      }),
    );
    this.manifestNow = JSON.parse(readFileSync(this.manifestFile, 'utf8')) as Manifest;
  }
}
