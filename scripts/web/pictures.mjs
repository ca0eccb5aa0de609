#!/usr/bin/env node
// `npm run pictures`: takes the pictures of README.md from the running demonstration (`npm start`), each below the limit, into docs/pictures.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { CONSOLE, PORTAL, SHOP, browserPath, productPath } from './demo.mjs';

const FOLDER = 'docs/pictures';
const BYTES_MAX = 150_000;
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1_280, height: 800 };
const COOPERATIVE = '19900000100';
const CITY = '19900000010';

const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] });

const arrive = async (viewport) => {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: viewport === PHONE ? 2 : 1.25,
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'block',
  });
  return context.newPage();
};

/** By code; in development the answer holds it. */
const signIn = async (page, phone) => {
  await page.getByLabel(/手机号/).fill(phone);
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByLabel('短信里的 6 位数字').waitFor();
  await page.getByRole('button', { name: '登录', exact: true }).click();
};

/** As good as fits. */
const take = async (page, name) => {
  const points = await page.screenshot();
  for (const quality of [82, 70, 55, 40]) {
    const picture = await sharp(points).webp({ quality, effort: 6 }).toBuffer();
    if (picture.length > BYTES_MAX) continue;
    await writeFile(join(FOLDER, `${name}.webp`), picture);
    console.log(`${name}.webp, ${Math.round(picture.length / 1024)} KB`);
    return;
  }
  throw new Error(`${name} does not fit into ${BYTES_MAX} bytes`);
};

try {
  await mkdir(FOLDER, { recursive: true });
  const buyer = await arrive(PHONE);
  await buyer.goto(SHOP);
  await buyer.locator('.card img').first().waitFor();
  await take(buyer, 'shop-home');
  await buyer.goto(`${SHOP}${await productPath()}`);
  await buyer.getByText('这一份帮助谁').waitFor();
  await take(buyer, 'shop-product');

  const grower = await arrive(PHONE);
  await grower.goto(PORTAL);
  await signIn(grower, COOPERATIVE);
  await grower.locator('main a').first().waitFor();
  // Figures come after the frame.
  await grower.locator('.skeleton').first().waitFor({ state: 'detached' });
  await grower.getByText(/\d日打款/).waitFor();
  await take(grower, 'portal-home');

  const official = await arrive(DESK);
  // The year of which all is there to be seen.
  await official.goto(`${CONSOLE}/?range=2020`);
  await signIn(official, CITY);
  // Its parts come one after the other.
  await official.locator('.digits').waitFor();
  await official
    .getByRole('link', { name: /^炎陵县 / })
    .first()
    .waitFor();
  await take(official, 'console-dashboard');
} finally {
  await browser.close();
}
