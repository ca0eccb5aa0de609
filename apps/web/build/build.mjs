import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import sharp from 'sharp';
import { PAGES } from './pages.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const SOURCES = join(ROOT, 'apps', 'web', 'src');

/** Phones of the last six years, and what WeChat shows pages with. */
const TARGETS = ['es2020', 'chrome80'];

const PREACT = {
  react: 'preact/compat',
  'react-dom': 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
  // What the router brings for React 17.
  'use-sync-external-store/shim/index.js': 'preact/compat',
};

/** What is asked by name and GET, because everybody gets the same answer. */
function documentsOf(service) {
  const folder = join(ROOT, 'apps', service, 'documents');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => basename(file, '.graphql'));
}

/**
 * What is asked stands in the sources as people read it, and travels without what it is laid out with: no document of ours has a blank that counts.
 */
const tersely = {
  name: 'tersely',
  setup(plugged) {
    plugged.onLoad({ filter: /\.documents\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replace(/(?<=graphql\(\s*`)[^`]*(?=`)/g, (text) =>
        text.replace(/\s+/g, ' ').replace(/ ?([{}():,!]) ?/g, '$1'),
      ),
    }));
  },
};

const PART = 'part';

/** Tables of English use nothing, so they have nothing to share. */
const ENGLISH = /\/en(-\w+)?\.js$/;

/**
 * By itself esbuild makes a file for each set of parts that use a module, some twenty for an entry, most below a kilobyte; over HTTP/1.1 six travel at a time. It does not know that a
 * part is only ever fetched by an entry that is there. So each part is told to import what the entry imports: then all of that has the same users, and is one file.
 */
const standsOnEntry = (entry) => ({
  name: 'stands-on-entry',
  setup(plugged) {
    const imports = [...readFileSync(entry, 'utf8').matchAll(/^import [^;]*?('\.[^']+\.js');/gm)].map(
      ([, from]) => from,
    );
    const withEntry = imports.map((from) => `import ${from};`).join('\n');
    plugged.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && !ENGLISH.test(path)
        ? { path: join(resolveDir, path).replace(/\.js$/, ''), namespace: PART }
        : undefined,
    );
    plugged.onLoad({ filter: /./, namespace: PART }, ({ path }) => {
      const source = ['.tsx', '.ts'].map((ending) => path + ending).find((file) => existsSync(file));
      if (source === undefined) return { errors: [{ text: `There is no ${path}.tsx or .ts` }] };
      const hasDefault = readFileSync(source, 'utf8').includes('export default');
      const own = JSON.stringify(source);
      return {
        contents: `${withEntry}\nexport * from ${own};\n${hasDefault ? `export { default } from ${own};` : ''}`,
        resolveDir: dirname(entry),
      };
    });
  },
});
/** The files a browser needs at once for an output: itself and what it imports without being asked again. */
function closureOf(outputs, file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path, kind } of outputs[file].imports)
    if (kind === 'import-statement' && outputs[path]) closureOf(outputs, path, seen);
  return seen;
}

const hashOf = (content) => createHash('sha256').update(content).digest('hex').toUpperCase();

function compress(file) {
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
}

/** Some phones put nothing drawn in lines on their first screen, but points. */
const ICON_SIZES = [192, 512];

async function drawIcons(drawing, out) {
  const icons = [];
  for (const size of ICON_SIZES) {
    const points = await sharp(drawing, { density: size * 2 })
      .resize(size, size)
      .png()
      .toBuffer();
    const file = `icon-${size}-${hashOf(points).slice(0, 8)}.png`;
    writeFileSync(join(out, file), points);
    icons.push({ file, size });
  }
  return icons;
}

/** What keeps the application for when there is no network. It knows every other file by name, so it is built after them, and is another whenever one of them is. */
async function buildWorker(source, out, files) {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { worker: source },
    outdir: out,
    bundle: true,
    format: 'iife',
    minify: true,
    metafile: true,
    target: TARGETS,
    entryNames: '[name]-[hash]',
    define: {
      BUILT_FILES: JSON.stringify(files),
      BUILD: JSON.stringify(hashOf(files.join(' ')).slice(0, 8)),
    },
    legalComments: 'none',
    logLevel: 'warning',
    logLimit: 5,
  });
  return Object.keys(metafile.outputs);
}

/** Builds one application into `dist/web/<name>` and says there, in `manifest.json`, what belongs to what. */
export async function buildPage(name, { service, lightReact, icon }) {
  const out = join(ROOT, 'dist', 'web', name);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { [name]: join(SOURCES, name, 'main.tsx') },
    outdir: out,
    publicPath: `/assets/${name}/`,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    metafile: true,
    target: TARGETS,
    jsx: 'automatic',
    alias: lightReact ? PREACT : {},
    plugins: [standsOnEntry(join(SOURCES, name, 'main.tsx')), tersely],
    loader: { '.svg': 'file', '.png': 'file', '.webp': 'file' },
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    assetNames: '[name]-[hash]',
    define: {
      'process.env.NODE_ENV': '"production"',
      DOCUMENTS: JSON.stringify(documentsOf(service)),
    },
    legalComments: 'none',
    logLevel: 'warning',
    logLimit: 5,
  });
  const { outputs } = metafile;
  const inSources = (path) => path.replace(new RegExp(`^.*apps/web/src/${name}/`), '').replace(/\.tsx?$/, '');
  const short = (path) => basename(path);
  const files = Object.keys(outputs);
  const source = join(SOURCES, name, 'worker.ts');
  const kept = files.map(short).filter((file) => /\.(js|css|svg)$/.test(file));
  const workers = existsSync(source) ? await buildWorker(source, out, kept.toSorted()) : [];
  const entry = files.find((file) => outputs[file].entryPoint?.endsWith(`${name}/main.tsx`));
  const styles = files.filter((file) => file.endsWith('.css'));
  // Parts that are loaded when their address is opened, by the file they were written in.
  const parts = files
    .filter((file) => file.endsWith('.js') && file !== entry && outputs[file].entryPoint)
    .map((file) => [inSources(outputs[file].entryPoint), [...closureOf(outputs, file)].map(short)]);
  const manifest = {
    name,
    entry: short(entry),
    scripts: [...closureOf(outputs, entry)].map(short),
    styles: styles.map(short),
    drawings: Object.fromEntries(
      files
        .filter((file) => file.endsWith('.svg'))
        .map((file) => [basename(Object.keys(outputs[file].inputs)[0] ?? file), short(file)]),
    ),
    parts: Object.fromEntries(parts),
    ...(workers[0] === undefined ? {} : { worker: short(workers[0]) }),
    icons: icon === undefined ? [] : await drawIcons(join(SOURCES, 'shared', 'art', icon), out),
  };
  for (const file of [...files, ...workers]) if (/\.(js|css|svg)$/.test(file)) compress(join(ROOT, file));
  writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return files.length;
}

/** All that exist; answers how many files they came to. */
export async function buildPages() {
  let count = 0;
  for (const [name, page] of Object.entries(PAGES))
    if (existsSync(join(SOURCES, name, 'main.tsx'))) count += await buildPage(name, page);
  return count;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await buildPages();
  } catch (error) {
    if (!error.errors) console.error(error); // The builder has told its own.
    process.exitCode = 1;
  }
}
