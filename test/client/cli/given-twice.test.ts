import type { EventEmitter } from 'node:events';
import type { Command, Option } from 'commander';
import { createProgram, everyCommand, runCli } from '../../../client/cli/program';
import { fakeIo } from './fake-io';

// No server is there: what is asked of one ends with another exit code than 2.
async function undrop(...argv: string[]) {
  const terminal = fakeIo({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
  return { exitCode: await runCli(argv, terminal.io), out: terminal.out(), err: terminal.err() };
}

const verify = ['verify-table', 'start', '--database', 'dev', '--table', 'orders', '--at-least', '1'];

describe('an option given twice', () => {
  it.each([
    ['--cluster', [...verify, '--cluster', 'a', '--cluster', 'b']],
    ['--cluster', [...verify, '--cluster=a', '--cluster=a']],
    ['--deadline', ['plan', 'restore-table', '--deadline', '1h', '--deadline', '2h']],
    ['--file', ['schedules', 'apply', '-f', 'a.yaml', '-f', 'b.yaml']],
    ['--file', ['schedules', 'apply', '-f', 'a.yaml', '--file', 'b.yaml']],
    ['--from', ['runs', 'retry', 'a/run', '--from', 'copy', '--from', 'restore']],
    ['--since', ['runs', 'list', '--since', '1h', '--since', '2h']],
    ['--address', ['--address', 'a:1', 'runs', 'list', '--address', 'b:1']],
    ['--output', ['runs', 'list', '-o', 'json', '-o', 'yaml']],
  ])('is refused by its name, %s, before anything is done: %j', async (flag, argv) => {
    expect(await undrop(...argv)).toEqual({
      exitCode: 2,
      out: '',
      err: `error: ${flag} was given twice\n`,
    });
  });

  it('is no matter where it is a switch', async () => {
    const { exitCode, err } = await undrop('runs', 'retry', '--all-failed', '--all-failed');
    expect(exitCode).toBe(2);
    expect(err).toContain('--since: is missing');
    expect(err).not.toContain('twice');
  });

  it('adds to a list, comma-separated or not', async () => {
    const webhooks = ['--notify-webhook', 'oncall', '--notify-webhook', 'data,night'];
    const topics = ['--notify-sns', 'arn:aws:sns:eu-central-1:123456789012:a'];
    const argv = [...verify, '--cluster', 'a', ...webhooks, ...topics, '--notify-on', 'failed'];
    const { out } = await undrop(...argv, '--notify-on', 'done', '--dry-run', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      input: {
        notify: {
          webhooks: ['oncall', 'data', 'night'],
          topics: ['arn:aws:sns:eu-central-1:123456789012:a'],
          on: ['failed', 'done'],
        },
      },
    });
  });

  it('is refused or gathered by every command there is', () => {
    const silent = commandsOf(tree()).flatMap((command) =>
      command.options.filter((option) => takesValue(option) && !minds(command, option)),
    );
    expect(silent.map(({ flags }) => flags)).toEqual([]);
  });
});

describe('--run-id', () => {
  it.each(['show', 'watch', 'cancel', 'retry'])('of runs %s must be a UUID', async (command) => {
    const { exitCode, out, err } = await undrop('runs', command, 'a/run', '--run-id', 'nope');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain("option '--run-id <id>' argument 'nope' is invalid. It must be a run id: a UUID");
  });
});

const tree = () => createProgram(everyCommand, fakeIo().io, () => Promise.resolve());

const commandsOf = (command: Command): Command[] => [command, ...command.commands.flatMap(commandsOf)];

const takesValue = ({ required, optional }: Option) => required || optional;

/** Whether it says something of the second value, or keeps both. */
function minds(command: Command, option: Option): boolean {
  const value =
    option.long === '--run-id' ? '0198c5a0-0000-7000-8000-000000000000' : (option.argChoices?.[0] ?? '1');
  const give = () => (command as unknown as EventEmitter).emit(`option:${option.name()}`, value);
  give();
  try {
    give();
  } catch (error) {
    return (error as Error).message.endsWith(`${option.long} was given twice`);
  }
  const kept: unknown = command.getOptionValue(option.attributeName());
  return Array.isArray(kept) && kept.length === 2;
}
