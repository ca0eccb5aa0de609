import type { Manifest } from './built-page.js';

/** What the server says of an address before any script runs: for search engines, previews, and whoever waits. */
export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Shown until the application is there: headings and sentences. */
  readonly text?: readonly string[];
  /** The drawing that is seen first, by the name it was written under: on its way before the scripts that show it have run. */
  readonly drawing?: string;
  /** schema.org. */
  readonly jsonLd?: object;
  readonly isMissing?: boolean;
  /** There, but not for search engines. */
  readonly isUnlisted?: boolean;
}

/** An answer that the application would ask for first. */
export interface FirstAnswer {
  readonly document: string;
  readonly variables: object;
  readonly data: unknown;
}

export interface PageShell {
  readonly lang: string;
  readonly themeColor: string;
  /** The drawing that stands beside its title. */
  readonly icon: string;
  /** Under which name it is installed on a phone, where that is possible. */
  readonly installed?: {
    readonly name: string;
    readonly shortName: string;
    readonly backgroundColor: string;
  };
}

/** Where browsers ask how a page is installed: https://www.w3.org/TR/appmanifest. */
export const WEB_MANIFEST_PATH = '/manifest.webmanifest';

export function webManifest(shell: PageShell, manifest: Manifest): object | null {
  if (!shell.installed) return null;
  const { name, shortName, backgroundColor } = shell.installed;
  const at = (file: string) => `/assets/${manifest.name}/${file}`;
  return {
    id: '/',
    name,
    short_name: shortName,
    lang: shell.lang,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: shell.themeColor,
    background_color: backgroundColor,
    icons: [
      ...manifest.icons.map(({ file, size }) => ({
        src: at(file),
        sizes: `${size}x${size}`,
        type: 'image/png',
      })),
      { src: at(manifest.drawings[shell.icon] ?? shell.icon), sizes: 'any', type: 'image/svg+xml' },
    ],
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** Within `<script>` only `<` can do harm: it might end it. */
const asScript = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

/** The page as bytes: no inline code, so that the policy can forbid all of it; data is no code. */
export function pageHtml(
  shell: PageShell,
  manifest: Manifest,
  head: PageHead,
  { part, answers }: { readonly part?: string; readonly answers: readonly FirstAnswer[] },
): string {
  const at = (file: string) => `/assets/${manifest.name}/${file}`;
  const early = [...new Set([...manifest.scripts, ...(manifest.parts[part ?? ''] ?? [])])].filter(
    (file) => file !== manifest.entry,
  );
  const drawing = manifest.drawings[head.drawing ?? ''];
  const [heading, ...sentences] = head.text ?? [];
  const lines = [
    '<!doctype html>',
    `<html lang="${shell.lang}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">',
    `<title>${escaped(head.title)}</title>`,
    `<meta name="description" content="${escaped(head.description)}">`,
    `<meta name="theme-color" content="${shell.themeColor}">`,
    ...(head.isMissing || head.isUnlisted ? ['<meta name="robots" content="noindex">'] : []),
    `<link rel="icon" href="${at(manifest.drawings[shell.icon] ?? shell.icon)}" type="image/svg+xml">`,
    ...(shell.installed === undefined ? [] : [`<link rel="manifest" href="${WEB_MANIFEST_PATH}">`]),
    ...manifest.icons
      .slice(0, 1)
      .map(({ file, size }) => `<link rel="apple-touch-icon" sizes="${size}x${size}" href="${at(file)}">`),
    ...manifest.styles.map((file) => `<link rel="stylesheet" href="${at(file)}">`),
    ...(drawing === undefined
      ? []
      : [`<link rel="preload" as="image" fetchpriority="high" href="${at(drawing)}">`]),
    ...early.map((file) => `<link rel="modulepreload" href="${at(file)}">`),
    `<script type="module" src="${at(manifest.entry)}"></script>`,
    ...(head.jsonLd === undefined
      ? []
      : [`<script type="application/ld+json">${asScript(head.jsonLd)}</script>`]),
    '</head><body><div id="root">',
    ...(heading === undefined ? [] : [`<h1>${escaped(heading)}</h1>`]),
    ...sentences.map((sentence) => `<p>${escaped(sentence)}</p>`),
    '</div>',
    ...(answers.length === 0
      ? []
      : [`<script type="application/json" id="boot">${asScript(answers)}</script>`]),
    '</body></html>',
  ];
  return lines.join('\n');
}
