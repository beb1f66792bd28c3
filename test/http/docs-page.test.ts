import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../dev/browser/open';
import { resolveRun } from '../../client/resolve-run';
import type { Operations } from '../../client/http/api';
import type { OperationName } from '../../domain/operations';
import { apiRig, tokens, type ApiRig } from './api-rig';

/** The page at /docs as a person sees it, in a real browser. */
describe('the page at /docs', () => {
  let api: ApiRig;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    const operations = {
      plan: async (operation: OperationName, input: unknown) => ({
        ...resolveRun(operation, input),
        findings: [],
        steps: [],
        feasible: true,
      }),
      lookUp: async () => ({ tables: [{ schema: 'public', name: 'looked_up', type: 'TABLE' }] }),
    } as unknown as Operations;
    api = await apiRig(operations);
    browser = await openBrowser((message) => void process.stderr.write(`${message}\n`));
    page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${api.url}/docs`);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.app.close();
  });

  const block = (id: string) => page.locator(`[id="${id}"]`);

  it('lists every route under its heading', async () => {
    await page.locator('.opblock').first().waitFor();
    expect(await page.title()).toBe('Undrop HTTP API');
    expect(await page.locator('.opblock-tag').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^operations/), expect.stringMatching(/^look-ups/)]),
    );
    await expect(block('operations-operations-restoreTable').innerText()).resolves.toContain(
      '/v1/restore-table',
    );
  });

  it('takes a token, and sends a plan of the example as it stands', async () => {
    await page.locator('.btn.authorize').click();
    await page.locator('.modal-ux input').fill(tokens.viewer);
    await page.locator('.modal-ux .auth-btn-wrapper .authorize').click();
    await page.locator('.modal-ux .btn-done').click();

    const plan = block('operations-plans-planRestoreTable');
    await plan.locator('.opblock-summary').click();
    expect(await plan.innerText()).toContain('Role: viewer.');
    await plan.locator('.execute').click();
    const answer = await plan.locator('.live-responses-table').innerText();
    expect(answer).toContain('200');
    expect(answer).toContain('"feasible": true');
    // A line for the terminal, ready to be copied.
    expect(await plan.locator('.curl-command').innerText()).toContain(
      `Authorization: Bearer ${tokens.viewer}`,
    );
  });

  it('has the parameters of a look-up filled in, so that it can be asked at once', async () => {
    const tables = block('operations-look-ups-listTables');
    await tables.locator('.opblock-summary').click();
    await tables.locator('.execute').click();
    expect(await tables.locator('.live-responses-table').innerText()).toContain('looked_up');
    expect(asked.at(-1)).toContain('warehouse.clusterIdentifier=analytics&database=dev');
  });

  it('shows what is refused as the problem that it is', async () => {
    const start = block('operations-operations-restoreTable');
    await start.locator('.opblock-summary').click();
    await start.locator('.execute').click();
    expect(await start.locator('.live-responses-table').innerText()).toContain('this needs operator');
  });

  it('asks nothing of the internet, and complains of nothing but what was refused', () => {
    expect(asked.filter((url) => !url.startsWith(api.url))).toEqual([]);
    expect(complaints.filter((text) => !/status of 403/.test(text))).toEqual([]);
  });
});
