import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../dev/browser/open';
import { until } from '../support/until';

export type Tab = 'timeline' | 'history' | 'user-metadata' | 'search-attributes' | 'memo' | 'queries';

/** Screenshots of every page that was looked at: kept for people, ignored by git. */
const pictures = path.resolve(__dirname, '..', '..', 'artifacts', 'temporal-ui');

/**
 * The UI asks its news and its pictures from the internet, and cuts a long poll when a page is left. An answer that says
 * an error is noted by its status and address, and the console says it again without either.
 */
const harmless =
  /ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_ABORTED|ERR_NETWORK_CHANGED|the server responded with a status of/;

/** Longest wait for something to be on a page; a busy machine shows it late. */
const patience = 60_000;

/** The real Temporal UI in a real browser, as a person sees it: pages, their words, what they complain of. */
export class TemporalUi {
  /** Errors on the console, and answers of the UI's server that say one. */
  readonly complaints: string[] = [];
  /** Every word that was on a page of which a picture was taken. */
  readonly said: string[] = [];

  private constructor(
    readonly url: string,
    private readonly browser: Browser,
    private readonly context: BrowserContext,
  ) {}

  static async open(): Promise<TemporalUi> {
    const url = process.env.UNDROP_TEST_TEMPORAL_UI;
    if (!url)
      throw new Error(
        'the Temporal server of this test run has no UI: set UNDROP_UI_URL to where it is, or unset TEMPORAL_ADDRESS',
      );
    await mkdir(pictures, { recursive: true });
    const browser = await openBrowser((message) => void process.stderr.write(`${message}\n`));
    const context = await browser.newContext({ viewport: { width: 1400, height: 1800 }, timezoneId: 'UTC' });
    context.setDefaultTimeout(patience);
    return new TemporalUi(url, browser, context);
  }

  /** A run's page, from the link that the client gives, on that tab. */
  run(link: string, tab: Tab): Promise<Page> {
    return this.go(link.replace(/\/timeline$/, `/${tab}`));
  }

  /** The page at that address. */
  async go(address: string): Promise<Page> {
    const page = await this.context.newPage();
    // A browser asks every server for an icon, and the API has none.
    if (!address.startsWith(this.url)) {
      await page.goto(address);
      return page;
    }
    page.on('console', (message) => {
      if (message.type() === 'error' && !harmless.test(message.text())) this.complaints.push(message.text());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.complaints.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(address);
    return page;
  }

  /**
   * Waits until the page, or a frame in it, shows the text, pressing the key if one is given.
   * @returns the words of each, as they were then. @throws what it shows instead.
   */
  async sees(page: Page, text: string | RegExp, key?: string): Promise<string[]> {
    const there = (shown: string[]) => {
      const words = shown.join('\n');
      return typeof text === 'string' ? words.includes(text) : text.test(words);
    };
    const deadline = Date.now() + patience;
    let words = await this.words(page);
    while (!there(words) && Date.now() < deadline) {
      await page.waitForTimeout(200);
      if (key) await page.keyboard.press(key);
      words = await this.words(page);
    }
    if (!there(words)) throw new Error(`not on the page [text=${String(text)}]: ${words.join('\n')}`);
    return words;
  }

  /** The words of the page and of each frame in it: user metadata is shown in frames. */
  async words(page: Page): Promise<string[]> {
    const all = page.frames().map(
      (frame) =>
        frame
          .locator('body')
          .innerText({ timeout: 2_000 })
          .catch(() => ''), // a frame that is being replaced
    );
    return Promise.all(all);
  }

  /** The words of the frame that shows the text, once it is there. The card is drawn anew when R is pressed, as its page says. */
  async frame(page: Page, text: string): Promise<string> {
    const words = await this.sees(page, text, 'r');
    return words.slice(1).find((each) => each.includes(text)) ?? '';
  }

  /** Where a link leads in the frame whose address has this in it; a frame may be replaced while it is asked. */
  link(page: Page, address: string, name: string): Promise<string> {
    return until(async () => {
      const frame = page.frames().find((each) => each.url().includes(address));
      const link = frame?.getByRole('link', { name });
      return (await link?.getAttribute('href', { timeout: 2_000 }).catch(() => null)) ?? undefined;
    }, `the link ${name}`);
  }

  /** Presses Reset on a run's page and chooses the event, as a person does. @returns the link to the new run. */
  async reset(page: Page, eventId: number): Promise<string> {
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Reset Workflow' });
    await dialog.locator('button[data-variant=secondary]').first().click();
    await dialog
      .locator('[role=option]')
      .filter({ hasText: new RegExp(`^\\s*${eventId}\\b`) })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await this.sees(page, 'This Workflow has been reset');
    const link = await page.getByRole('link', { name: 'here' }).first().getAttribute('href');
    return new URL(link ?? '', page.url()).href;
  }

  /** A screenshot for people. */
  async picture(page: Page, name: string): Promise<void> {
    this.said.push(...(await this.words(page)));
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
    await page.close();
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
