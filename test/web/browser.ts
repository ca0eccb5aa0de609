import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
  type Route,
  chromium,
} from 'playwright-core';
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { present } from '#libs/kernel';
import { ACCESS_COOKIE, GUEST_COOKIE } from '#platform/graphql';

/**
 * Where pictures are put, to be looked at; git ignores it. `npm test -- test/web` takes all of them, `TAOYUAN_SHOTS=one` one of each page, on a phone.
 * The whole suite takes none: nobody looks at them, and they take the browser's time.
 */
export const SHOTS = 'test/web/.shots';
const TAKES = process.env['TAOYUAN_SHOTS'] ?? 'none';
const TAKES_ALL = TAKES === 'all';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One browser per spec file: starting it takes a second. */
export function openBrowser(): Promise<Browser> {
  mkdirSync(SHOTS, { recursive: true });
  const executablePath = present(
    process.env['TAOYUAN_CHROMIUM'],
    'a browser: run this by `npm test -- test/web`',
  );
  const { TAOYUAN_CHROMIUM_LIBRARIES: libraries, TAOYUAN_CHROMIUM_FONTS: fonts, ...env } = process.env;
  const own = {
    ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }),
    ...(fonts === undefined ? {} : { FONTCONFIG_FILE: fonts }),
  };
  return chromium.launch({
    executablePath,
    args: FLAGS,
    env: Object.fromEntries(
      Object.entries({ ...env, ...own }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  });
}

const PHONE = { width: 390, height: 844 };

export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  /** The browser's own clock stands where the services' clock stands. */
  readonly now: Date;
  /** Whether what the page keeps for later is really kept: most cases are one visit, and each would fetch everything. */
  readonly keeps?: boolean;
}

/** Somebody at a phone (or a desk): a context of their own, whose complaints are kept. */
export class Visitor {
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly url: string,
  ) {}

  static async arrive(
    browser: Browser,
    url: string,
    { width = PHONE.width, height = PHONE.height, now, keeps = false }: VisitOptions,
  ): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width, height },
      reducedMotion: 'reduce',
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      serviceWorkers: keeps ? 'allow' : 'block',
    });
    context.setDefaultTimeout(30_000); // A limit, not a wait: other specs run meanwhile.
    const page = await context.newPage();
    await page.clock.setFixedTime(now);
    const visitor = new Visitor(context, page, url);
    page.on('pageerror', (error) => visitor.complaints.push(error.message));
    page.on('console', (message) => {
      // A policy that is broken, a script that throws; what the network refuses is each spec's own business.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        visitor.complaints.push(message.text());
    });
    return visitor;
  }

  /** From the next page on this is somebody who has signed in here before; how one does so is some cases' own matter. */
  signedIn = (token: string): Promise<void> => this.known(ACCESS_COOKIE, token, 'session');

  /** The same of a guest who has something here. */
  guest = (token: string): Promise<void> => this.known(GUEST_COOKIE, token, 'cart');

  private async known(name: string, value: string, remembered: string): Promise<void> {
    await this.context.addCookies([{ name, value, url: this.url, httpOnly: true, sameSite: 'Lax' }]);
    // Whoever signs out is not signed in again by the next page.
    await this.context.addInitScript(
      `localStorage.getItem('${remembered}') ?? localStorage.setItem('${remembered}', '1')`,
    );
  }

  /**
   * Answers what is asked of the address in the services' stead, until that is called off. The route itself stays: what is on its way just while Chromium is told to look at
   * nothing any more would never be answered at all.
   */
  async hinder(address: string | RegExp, answer: (route: Route) => Promise<void>): Promise<() => void> {
    let isOn = true;
    await this.page.route(address, (route) => (isOn ? answer(route) : route.fallback()));
    return () => {
      isOn = false;
    };
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`, { waitUntil: 'domcontentloaded' });
  }

  /** The one that is taken of each page: what is on the screen. */
  async picture(name: string): Promise<void> {
    if (TAKES === 'none') return;
    await this.page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: TAKES_ALL });
  }

  /** All of the page, in another width or mode or at another moment: for whoever wants to see all of them. */
  async shot(name: string): Promise<void> {
    if (TAKES_ALL) await this.picture(name);
  }

  /**
   * What keeps anybody from using the page as it stands: what axe calls serious, targets and letters that are too small, and, on the narrowest phone, in elder mode there and
   * at a wide desk, what sticks out. It is laid out anew for each and not loaded again. Leaves the window as it was.
   */
  async hindrances(name: string): Promise<string[]> {
    const { page } = this;
    const before = page.viewportSize() ?? PHONE;
    const found = [...(await this.faults()), ...(await this.tooSmall(44, 12))];
    await this.picture(name);
    const tell = async (where: string, small: readonly string[] = []) => {
      const px = await this.overflow();
      found.push(
        ...[...small, ...(px === 0 ? [] : [`sticks out by ${px}`])].map((what) => `${where}: ${what}`),
      );
      await this.shot(`${name}-${where}`);
    };
    await page.setViewportSize({ width: 320, height: 800 });
    await tell('320');
    await page.evaluate("document.documentElement.setAttribute('data-elder', '')");
    await tell('elder', await this.tooSmall(60, 18));
    await page.evaluate("document.documentElement.removeAttribute('data-elder')");
    await page.setViewportSize({ width: 1920, height: 1000 });
    await tell('1920');
    await page.setViewportSize(before);
    return found;
  }

  /** What axe finds wrong and calls serious or worse. */
  async faults(): Promise<string[]> {
    // A page that has been looked at before knows axe already.
    if (!(await this.page.evaluate("'axe' in window"))) await this.page.evaluate(AXE);
    const violations = (await this.page.evaluate(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html.slice(0, 160)) })))`,
    )) as { id: string; impact: string; nodes: string[] }[];
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.join(' | ')}`);
  }

  /** Buttons and links that are smaller than a thumb, apart from links within a sentence; and text that is too small. */
  async tooSmall(targetPx: number, textPx: number): Promise<string[]> {
    return (await this.page.evaluate(`(() => {
      const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
      const label = (element) => element.outerHTML.slice(0, 120);
      const targets = [...document.querySelectorAll('button, input, select, nav a, a.button, a.chip')].filter(shown)
        .filter((element) => !element.closest('.hidden, .skip'))
        // Of what is chosen, the words beside it are touched as well.
        .map((element) => (element.matches('[type=radio], [type=checkbox]') && element.closest('label')) || element)
        .filter((element) => element.getBoundingClientRect().height < ${targetPx} - 0.5)
        .filter((element) => !element.matches('.search input, .search > button'));
      const texts = [...document.querySelectorAll('#root *')].filter(shown)
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
        .filter((element) => parseFloat(getComputedStyle(element).fontSize) < ${textPx} - 0.1);
      return [...targets.map((element) => 'target ' + label(element)), ...texts.map((element) => 'text ' + label(element))];
    })()`)) as string[];
  }

  /** How far the page can be pushed sideways: not at all. */
  async overflow(): Promise<number> {
    return (await this.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )) as number;
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}

interface Place {
  readonly browser: Browser;
  readonly url: string;
  readonly now: Date;
}

/** How people come to the pages of a spec. They leave after each case, and had nothing to complain of. */
export function visits(place: () => Place): (options?: Omit<VisitOptions, 'now'>) => Promise<Visitor> {
  let visitors: Visitor[] = [];
  beforeEach(() => (visitors = []));
  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints);
    await Promise.all(visitors.map((visitor) => visitor.leave()));
    expect(complaints).toEqual([]);
  });
  return async (options = {}) => {
    const { browser, url, now } = place();
    const visitor = await Visitor.arrive(browser, url, { ...options, now });
    visitors.push(visitor);
    return visitor;
  };
}

/** What a phone reads that is held before a code. */
export async function readCode(code: Locator): Promise<string> {
  const { data, info } = await sharp(await code.screenshot())
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data: new Uint8Array(data) });
}
