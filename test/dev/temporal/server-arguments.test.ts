import { serverArguments } from '../../../dev/temporal/server-arguments';

/** The values of an option that may be given several times. */
function valuesOf(args: string[], option: string): string[] {
  return args.flatMap((arg, index) => (arg === option ? [args[index + 1] ?? ''] : []));
}

describe('serverArguments', () => {
  it('serves on loopback only', () => {
    expect(valuesOf(serverArguments({ port: 7233, uiPort: 8233 }), '--ip')).toEqual(['127.0.0.1']);
  });

  it('takes off the brakes that make every step of the default server 50 to 100 ms, and refuse a second look', () => {
    expect(valuesOf(serverArguments({ port: 1 }), '--dynamic-config-value')).toEqual(
      expect.arrayContaining([
        'history.transferProcessorMaxPollRPS=2000',
        'history.timerProcessorMaxPollRPS=2000',
        'history.timerProcessorMaxTimeShift="5ms"',
        'history.MaxBufferedQueryCount=100',
        'frontend.WorkflowTimeSkippingEnabled=true',
        'frontend.WorkflowTimeSkippingMaxSkipPerSession=100000',
      ]),
    );
  });

  it('keeps nothing and sets no pragmas without a file', () => {
    const args = serverArguments({ port: 1 });
    expect(args).not.toContain('--db-filename');
    expect(args).not.toContain('--sqlite-pragma');
  });

  it('writes a file as fast as memory', () => {
    const args = serverArguments({ port: 1, dbFilename: '/data/t.db' });
    expect(valuesOf(args, '--db-filename')).toEqual(['/data/t.db']);
    expect(valuesOf(args, '--sqlite-pragma')).toEqual(['journal_mode=WAL', 'synchronous=NORMAL']);
  });

  it('has no UI unless it gets a port', () => {
    expect(serverArguments({ port: 1 })).toContain('--headless');
    const withUi = serverArguments({ port: 1, uiPort: 2 });
    expect(withUi).not.toContain('--headless');
    expect(valuesOf(withUi, '--ui-port')).toEqual(['2']);
  });

  it('calls the types of search attributes what the CLI calls them', () => {
    const args = serverArguments({
      port: 1,
      searchAttributes: {
        A: 'KEYWORD',
        B: 'KEYWORD_LIST',
        C: 'DATETIME',
        D: 'INT',
        E: 'BOOL',
        F: 'DOUBLE',
        G: 'TEXT',
      },
    });
    expect(valuesOf(args, '--search-attribute')).toEqual([
      'A=Keyword',
      'B=KeywordList',
      'C=Datetime',
      'D=Int',
      'E=Bool',
      'F=Double',
      'G=Text',
    ]);
  });
});
