import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { postWebhook } from '../../activities/notify/post-webhook';
import { runCli } from '../../client/cli/program';
import { loadWebhooks } from '../../config/webhooks';
import { attributesOf } from '../../domain/notification/topic-message';
import { notifySchema } from '../../domain/operations/notify';
import { newRun } from '../../domain/run-state';
import { inActivity, thrownIn } from '../activities/in-activity';
import { fakeIo } from '../client/cli/fake-io';

const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'notifications.md'), 'utf8');
const blockOf = (language: string) => page.split(`\`\`\`${language}\n`)[1]!.split('```')[0]!;
const commands = blockOf('sh')
  .replace(/\\\n/g, ' ')
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/).slice(1));

const folder = mkdtempSync(path.join(tmpdir(), 'undrop-docs-'));
let receiver: ChildProcess | undefined;
afterAll(() => {
  receiver?.kill();
  rmSync(folder, { recursive: true });
});

const ended = {
  workflowId: 'verify-table/analytics/dev.public.orders/3f9a1c2e',
  runId: 'run-1',
  operation: 'verifyTable',
  warehouse: 'analytics',
  table: 'dev.public.orders',
  title: 'verify dev.public.orders on analytics',
  outcome: 'done',
  startedAt: '2026-11-28T03:12:00.000Z',
  endedAt: '2026-11-28T03:12:09.412Z',
  input: {},
  state: newRun('verifyTable', 'Verify', '2026-11-28T03:12:00.000Z', []),
} as const;
const place = { uiUrl: 'http://ui.test', address: 'temporal:7233', namespace: 'default' };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('docs/notifications.md', () => {
  it.each(commands.map((argv) => [argv.join(' '), argv] as const))(
    'shows a command that would start: undrop %s',
    async (_text, argv) => {
      const { io, err } = fakeIo();
      expect([await runCli([...argv, '--dry-run'], io), err()]).toEqual([
        0,
        expect.stringContaining('valid'),
      ]);
    },
  );

  it('has every field of notify', () => {
    for (const field of Object.keys(notifySchema.unwrap().shape)) expect(page).toContain(`| \`${field}\` |`);
  });

  it('names every attribute of a message', () => {
    for (const name of Object.keys(attributesOf('msg_1', ended))) expect(page).toContain(`\`${name}\``);
  });

  it('shows a file of webhooks that the worker takes', () => {
    const file = path.join(folder, 'webhooks.yaml');
    const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    const shown = parse(blockOf('yaml')) as { webhooks: Record<string, { secretFile?: string }> };
    shown.webhooks['data-team']!.secretFile = 'secret';
    writeFileSync(path.join(folder, 'secret'), secret);
    writeFileSync(file, JSON.stringify(shown));
    const problems: unknown[] = [];
    const webhooks = loadWebhooks({ UNDROP_WEBHOOKS_FILE: file, ONCALL_SECRET: secret }, problems as never);
    expect(problems).toEqual([]);
    expect([...webhooks.keys()]).toEqual(['oncall', 'data-team']);
  });

  it('shows a receiver that takes what is genuine, once, and nothing else', async () => {
    const key = Buffer.alloc(32, 2);
    const port = await freePort();
    const program = path.join(folder, 'receiver.mjs');
    writeFileSync(program, blockOf('js'));
    receiver = spawn(process.execPath, [program], {
      env: { ...process.env, ONCALL_SECRET: `whsec_${key.toString('base64')}`, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    receiver.stdout!.on('data', (chunk) => (printed += String(chunk)));
    const url = `http://127.0.0.1:${port}/`;
    const send = (signedWith: Buffer) =>
      postWebhook(
        { webhooks: new Map([['oncall', { url, keys: [signedWith] }]]), place },
        { webhook: 'oncall', id: 'msg_1', ended },
      );
    for (let round = 0; round < 200; round += 1) {
      if (
        await fetch(url, { method: 'POST' }).then(
          () => true,
          () => false,
        )
      )
        break;
      await sleep(50);
    }
    expect((await inActivity(() => send(key))).result).toEqual({ status: 204 });
    expect((await inActivity(() => send(key))).result).toEqual({ status: 204 });
    expect(await thrownIn(() => send(Buffer.alloc(32, 3)))).toMatchObject({ type: 'NotificationRefused' });
    expect(printed.match(/undrop\.run\.done verify dev\.public\.orders on analytics/g)).toHaveLength(1);
  });
});
