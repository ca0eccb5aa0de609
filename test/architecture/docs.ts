import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SourceFile } from './tree.js';

/** Relative links of a page that lead nowhere. Code is no link. */
export function deadLinks(
  { path, text }: SourceFile,
  exists: (path: string) => boolean = existsSync,
): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .filter((target) => !exists(join(dirname(path), target.replace(/#.*$/, ''))))
    .map((target) => `${path} -> ${target}`);
}

/** Names of settings in the configuration's schema. */
export function settingsIn(source: string): string[] {
  return [...source.matchAll(/^ {4}([A-Z][A-Z0-9_]+): /gm)].map(([, name = '']) => name);
}

/** Settings that a page's tables name in their first column. */
export function settingsOn(page: string): string[] {
  return [...page.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name = '']) => name);
}
