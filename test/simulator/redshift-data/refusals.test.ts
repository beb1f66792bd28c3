import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  ListTablesCommand,
} from '@aws-sdk/client-redshift-data';
import { refusalOf } from '../support/refusal';
import { startDataWorld, target, type DataWorld } from './data-world';

let world: DataWorld;
beforeAll(async () => {
  world = await startDataWorld({ maxActiveStatements: 2 });
});
afterAll(() => world.close());

const execute = (more: object) =>
  world.data.send(new ExecuteStatementCommand({ ...target, Sql: 'select 1', ...more }));

describe('a request is refused with a ValidationException', () => {
  it.each([
    [
      'with a cluster that does not exist',
      { ClusterIdentifier: 'unknown' },
      "Redshift endpoint doesn't exist in this region.",
    ],
    ['with a paused cluster', { ClusterIdentifier: 'asleep' }, /asleep is paused/],
    ['with both cluster and workgroup', { WorkgroupName: 'adhoc' }, /Only one of ClusterIdentifier/],
    ['with neither cluster nor workgroup', { ClusterIdentifier: undefined }, /Either ClusterIdentifier/],
    [
      'with both secret and database user',
      { SecretArn: 'arn:secret', DbUser: 'ada' },
      /Only one of SecretArn/,
    ],
    ['without a database', { Database: undefined }, /Database must be specified/],
    ['with an empty statement', { Sql: '  ' }, /cannot be empty/],
    ['with more than 100 KB of SQL', { Sql: `select '${'x'.repeat(102_400)}'` }, /too long/],
    [
      'with a parameter that is not used',
      { Sql: "select ':id'", Parameters: [{ name: 'id', value: '1' }] },
      'Parameters list contains unused parameters. Unused parameters: [id]',
    ],
    [
      'with an empty parameter value',
      { Sql: 'select :id', Parameters: [{ name: 'id', value: '' }] },
      /parameters.value/,
    ],
    ['with an empty parameter list', { Parameters: [] }, /'parameters'/],
    ['with a token of more than 64 characters', { ClientToken: 'x'.repeat(65) }, /'clientToken'/],
    ['with an empty token', { ClientToken: '' }, /'clientToken'/],
    ['with a name of more than 2048 characters', { StatementName: 'x'.repeat(2049) }, /'statementName'/],
    ['with a wait of 0 s', { WaitTimeSeconds: 0 }, /'waitTimeSeconds'/],
    ['with a wait of 31 s', { WaitTimeSeconds: 31 }, /'waitTimeSeconds'/],
    ['with an unknown result format', { ResultFormat: 'XML' }, /'resultFormat'/],
    ['with a session, which is not simulated', { SessionKeepAliveSeconds: 60 }, /not simulated/],
  ])('%s', async (_name, more, message) => {
    const refusal = await refusalOf(execute(more));
    expect(refusal).toMatchObject({ name: 'ValidationException', status: 400 });
    expect(refusal.message).toMatch(message);
    expect(world.effects('ExecuteStatement')).toEqual([]);
  });

  it('without SQL', async () => {
    const refusal = await refusalOf(
      world.data.send(new ExecuteStatementCommand({ ...target, Sql: undefined })),
    );
    expect(refusal).toMatchObject({ name: 'ValidationException' });
  });

  it.each([
    ['no statements', []],
    ['more than 40 statements', Array.from({ length: 41 }, () => 'select 1')],
  ])('as a batch of %s', async (_name, Sqls) => {
    const refusal = await refusalOf(world.data.send(new BatchExecuteStatementCommand({ ...target, Sqls })));
    expect(refusal).toMatchObject({ name: 'ValidationException' });
    expect(refusal.message).toMatch(/'sqls'/);
  });

  it('as a batch with an unknown execution mode', async () => {
    const ExecutionMode = 'SOMETIMES' as 'TRANSACTION';
    const refusal = await refusalOf(
      world.data.send(new BatchExecuteStatementCommand({ ...target, Sqls: ['select 1'], ExecutionMode })),
    );
    expect(refusal).toMatchObject({ name: 'ValidationException' });
  });

  it('asking for a statement by what is no id', async () => {
    const refusal = await refusalOf(world.data.send(new DescribeStatementCommand({ Id: 'yesterday' })));
    expect(refusal).toMatchObject({ name: 'ValidationException' });
    expect(refusal.message).toMatch(/regular expression pattern/);
  });

  it('going on with a NextToken that is not from this list', async () => {
    const list = new ListTablesCommand({ ...target, NextToken: 'abc' });
    expect(await refusalOf(world.data.send(list))).toMatchObject({
      name: 'ValidationException',
      message: 'NextToken is not valid.',
    });
  });
});

it('more active statements than the quota are refused until one has ended', async () => {
  await execute({});
  await execute({});
  expect(await refusalOf(execute({}))).toMatchObject({
    name: 'ActiveStatementsExceededException',
    status: 400,
  });
  await world.simulator.advance(10);
  await expect(execute({})).resolves.toMatchObject({ Database: 'dev' });
});

it('JSON errors answer 400 throughout when the setting says so', async () => {
  const Id = '00000000-0000-0000-0000-000000000000';
  const describe = () => refusalOf(world.data.send(new DescribeStatementCommand({ Id })));
  expect(await describe()).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  world.simulator.world.settings.jsonErrorStatus = '400';
  expect(await describe()).toMatchObject({ name: 'ResourceNotFoundException', status: 400 });
});
