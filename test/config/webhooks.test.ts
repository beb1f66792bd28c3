import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConfigProblem } from '../../config/config-error';
import { loadWebhooks, type Webhooks } from '../../config/webhooks';

const key = Buffer.alloc(32, 7);
const secret = `whsec_${key.toString('base64')}`;
const folder = mkdtempSync(path.join(tmpdir(), 'undrop-webhooks-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string, env: Record<string, string> = {}): { webhooks: Webhooks; problems: string[] } {
  const file = path.join(folder, 'webhooks.yaml');
  writeFileSync(file, text);
  const problems: ConfigProblem[] = [];
  const webhooks = loadWebhooks({ UNDROP_WEBHOOKS_FILE: file, SECRET: secret, ...env }, problems);
  expect(problems.every(({ variable }) => variable === 'UNDROP_WEBHOOKS_FILE')).toBe(true);
  return { webhooks, problems: problems.map(({ problem }) => problem.replace(file, 'FILE')) };
}
const one = (url: string, rest = 'secretEnv: SECRET') => load(`webhooks: {oncall: {url: "${url}", ${rest}}}`);

it('there are none without a file', () => {
  expect(loadWebhooks({}, []).size).toBe(0);
});

it('a webhook has its URL, and its secret from a variable or from a file beside', () => {
  writeFileSync(path.join(folder, 'secret'), `${secret}\n`);
  const { webhooks, problems } = load(
    'webhooks:\n  oncall: {url: https://a.test/x, secretEnv: SECRET}\n  data: {url: http://localhost:9/, secretFile: secret}\n',
  );
  expect(problems).toEqual([]);
  expect(webhooks.get('oncall')).toEqual({ url: 'https://a.test/x', keys: [key] });
  expect(webhooks.get('data')).toEqual({ url: 'http://localhost:9/', keys: [key] });
});

it('has two keys while its secret is being changed', () => {
  const { webhooks } = load('webhooks: {oncall: {url: https://a.test/, secretEnv: SECRET}}', {
    SECRET: `${secret} whsec_${Buffer.alloc(24, 1).toString('base64')}`,
  });
  expect(webhooks.get('oncall')?.keys).toHaveLength(2);
});

it.each([
  ['canary', 'is no URL'],
  ['ftp://a.test/canary', 'must be https; plain http is for this machine alone'],
  ['http://a.test/canary', 'must be https; plain http is for this machine alone'],
  ['https://user:canary@a.test/', 'must not hold a user name or password'],
  ['https://169.254.169.254/canary', 'leads to an address of the link or of this host alone'],
  ['http://2852039166/canary', 'leads to an address of the link or of this host alone'],
])('the URL %s is refused without being told', (url, why) => {
  const { problems } = one(url);
  expect(problems).toEqual([`names a file in which the url of webhook oncall ${why}`]);
});

it.each([
  ['canary', 'must be whsec_ and 24 to 64 bytes in base64'],
  [`whsec_${Buffer.alloc(23).toString('base64')}`, 'must be whsec_ and 24 to 64 bytes in base64'],
  [`whsec_${Buffer.alloc(65).toString('base64')}`, 'must be whsec_ and 24 to 64 bytes in base64'],
  ['whsec_canary-canary-canary-canary-canary!', 'must be whsec_ and 24 to 64 bytes in base64'],
  ['', 'is not there [variable=SECRET]'],
])('the secret %p is refused without being told', (text, why) => {
  const { problems } = load('webhooks: {oncall: {url: https://a.test/, secretEnv: SECRET}}', {
    SECRET: text,
  });
  expect(problems).toEqual([`names a file in which the secret of webhook oncall ${why}`]);
});

it('everything that is wrong is told at once', () => {
  const { problems } = load(
    'webhooks:\n  a: {url: canary, secretFile: nothing}\n  b: {url: http://b.test/canary, secretEnv: NONE}\n',
  );
  expect(problems).toEqual([
    'names a file in which the url of webhook a is no URL',
    'names a file in which the secret of webhook a is not there [file=nothing]',
    'names a file in which the url of webhook b must be https; plain http is for this machine alone',
    'names a file in which the secret of webhook b is not there [variable=NONE]',
  ]);
});

it.each([
  ['webhooks: {a: {url: https://canary.test', /^names a file that is not YAML \[file=FILE, character=\d+\]$/],
  ['canary', /^names a file that cannot be used: \(all of it\): /],
  [
    'webhooks: {A B: {url: https://canary.test/, secretEnv: S}}',
    /^names a file that cannot be used: webhooks\.A B: /,
  ],
  ['webhooks: {a: {url: https://canary.test/}}', /webhooks\.a: needs either secretEnv or secretFile$/],
  ['webhooks: {a: {url: https://canary.test/, secretEnv: S, secretFile: f}}', /needs either/],
  ['webhooks: {a: {url: https://canary.test/, secret: canary, secretEnv: S}}', /webhooks\.a: .*secret/],
])('the file %p is refused without telling what is in it', (text, why) => {
  const [problem = '', ...more] = load(text).problems;
  expect(more).toEqual([]);
  expect(problem).toMatch(why);
  expect(problem).not.toContain('canary');
});

it('a file that is not there is told by its name', () => {
  const problems: ConfigProblem[] = [];
  loadWebhooks({ UNDROP_WEBHOOKS_FILE: '/nowhere.yaml' }, problems);
  expect(problems).toEqual([
    {
      variable: 'UNDROP_WEBHOOKS_FILE',
      problem: 'names a file that cannot be read [file=/nowhere.yaml, code=ENOENT]',
    },
  ]);
});
