import { apiVersion, type ListFilter, type RunList, type RunSummary } from '../../client';
import { everyPage } from '../../client/every-page';

const run = (runId: string, status = 'failed') => ({ runId, status }) as RunSummary;

/** A list of these pages, each named by the token that the one before gives. */
function pages(...given: RunSummary[][]) {
  const asked: ListFilter[] = [];
  const list = (filter: ListFilter): Promise<RunList> => {
    asked.push(filter);
    const at = Number(filter.pageToken ?? 0);
    const next = at + 1 < given.length ? { nextPageToken: String(at + 1) } : {};
    return Promise.resolve({ apiVersion, runs: given[at]!, ...next });
  };
  return { list, asked };
}

describe('every page of a list', () => {
  it('is asked for with the same filter until there is none', async () => {
    const { list, asked } = pages([run('a')], [], [run('b'), run('c')]);
    expect(await everyPage(list, { outcome: 'failed', limit: 1 })).toEqual([run('a'), run('b'), run('c')]);
    expect(asked).toEqual([
      { outcome: 'failed', limit: 1 },
      { outcome: 'failed', limit: 1, pageToken: '1' },
      { outcome: 'failed', limit: 1, pageToken: '2' },
    ]);
  });

  it('begins at the page that is named', async () => {
    const { list } = pages([run('a')], [run('b')], [run('c')]);
    expect(await everyPage(list, { pageToken: '1' })).toEqual([run('b'), run('c')]);
  });

  it('tells a run that moved to another page meanwhile once, as it was seen last', async () => {
    const { list } = pages([run('a', 'running'), run('b')], [run('a'), run('c')]);
    expect(await everyPage(list, {})).toEqual([run('a'), run('b'), run('c')]);
  });
});
