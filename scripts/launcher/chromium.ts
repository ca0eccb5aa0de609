import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, libraryFolders } from './binaries.js';
import type { Context } from './context.js';
import { obtainPackages } from './obtain.js';
import { Refusal } from './refusal.js';

/** The browser, and a font without which every Chinese character is a box. */
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

/** sysexits.h: the machine lacks what is needed. */
const EXIT_CONFIG = 78;

const FONT_FOLDER = join('usr', 'share', 'fonts');
const SYSTEM_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc';

/** What a program unpacked without root has to be told: where its libraries and its fonts are. */
function unpackedSettings(root: string): Record<string, string> {
  const fonts = join(root, 'fonts.conf');
  if (!existsSync(fonts)) {
    const folders = [join(root, FONT_FOLDER), join('/', FONT_FOLDER)];
    const cache = join(root, 'font-cache');
    mkdirSync(cache, { recursive: true });
    writeFileSync(
      fonts,
      `<?xml version="1.0"?><fontconfig>${folders.map((dir) => `<dir>${dir}</dir>`).join('')}<cachedir>${cache}</cachedir></fontconfig>\n`,
    );
  }
  return {
    TAOYUAN_CHROMIUM: join(root, 'usr', 'lib', 'chromium', 'chromium'),
    TAOYUAN_CHROMIUM_LIBRARIES: libraryFolders(root).join(':'),
    TAOYUAN_CHROMIUM_FONTS: fonts,
  };
}

function findChromium(root: string): Record<string, string> | undefined {
  const installed = findProgram(['chromium']);
  if (installed !== undefined && existsSync(SYSTEM_FONT)) return { TAOYUAN_CHROMIUM: installed };
  return existsSync(join(root, '.ok')) ? unpackedSettings(root) : undefined;
}

/** Settings by which the browser tests find their browser; got by apt where it is absent. `npm start` needs none. */
export async function browserSettings(context: Context): Promise<Record<string, string>> {
  const base = join(context.root, '.data', 'browser');
  const root = join(base, 'root');
  const found = findChromium(root);
  if (found) return found;
  const trouble = await obtainPackages(context, 'Chromium', PACKAGES, base);
  const now = findChromium(root);
  if (now) return now;
  throw new Refusal(
    [
      `The browser tests have no browser, and getting one failed (${trouble.trim() || 'still not found'}). On Debian:`,
      `  apt-get install -y --no-install-recommends ${PACKAGES.join(' ')}`,
    ].join('\n'),
    EXIT_CONFIG,
  );
}
