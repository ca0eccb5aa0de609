#!/usr/bin/env node
// `npm run lighthouse`: Lighthouse's mobile profile over the shop of the running demonstration, the median of three, against the budgets of docs/web.md.
// Lighthouse is fetched by npx in this very version and is no dependency: its 200 packages of 186 MB would be on every newcomer's machine for a script that runs at night.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SHOP, browserPath, productPath } from './demo.mjs';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const RUNS = Number(process.env.LIGHTHOUSE_RUNS ?? 3);
const LEAST = { performance: 95, accessibility: 100 };
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const REPORT_BYTES_MAX = 64 * 1024 * 1024;

async function measure(url) {
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      url,
      '--quiet',
      '--output=json',
      `--only-categories=${CATEGORIES.join(',')}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    ],
    { env: { ...process.env, CHROME_PATH: browserPath() }, maxBuffer: REPORT_BYTES_MAX },
  );
  const report = JSON.parse(stdout);
  if (report.runtimeError) throw new Error(`${url}: ${report.runtimeError.message}`);
  return report;
}

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const scoreOf = (report, category) => Math.round(report.categories[category].score * 100);

/** What costs points of what must have all of them. */
const faultsOf = ({ categories, audits }) =>
  categories.accessibility.auditRefs
    .map(({ id }) => audits[id])
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, title }) => `  ${id}: ${title}`);

async function look(name, url) {
  const reports = [];
  // One after the other: two at once would measure each other.
  for (let run = 0; run < RUNS; run += 1) reports.push(await measure(url));
  const scores = Object.fromEntries(
    CATEGORIES.map((category) => [category, middle(reports.map((report) => scoreOf(report, category)))]),
  );
  const ms = (audit) => Math.round(middle(reports.map(({ audits }) => audits[audit].numericValue)));
  const [kb, cls] = ['total-byte-weight', 'cumulative-layout-shift'].map((audit) =>
    middle(reports.map(({ audits }) => audits[audit].numericValue)),
  );
  console.log(
    `${name}: ${CATEGORIES.map((category) => `${category} ${scores[category]}`).join(', ')}; ` +
      `LCP ${ms('largest-contentful-paint')} ms, TBT ${ms('total-blocking-time')} ms, CLS ${cls.toFixed(3)}, ${Math.round(kb / 1024)} KB`,
  );
  const missed = Object.entries(LEAST).filter(([category, least]) => scores[category] < least);
  for (const [category, least] of missed)
    console.error(`${name}: ${category} ${scores[category]} < ${least}`);
  if (scores.accessibility < LEAST.accessibility) console.error(reports.flatMap(faultsOf).join('\n'));
  return missed.length === 0;
}

const pages = [
  ['home', `${SHOP}/`],
  ['product', `${SHOP}${await productPath()}`],
];
let isGood = true;
for (const [name, url] of pages) isGood = (await look(name, url)) && isGood;
process.exitCode = isGood ? 0 : 1;
