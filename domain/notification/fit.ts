import type { RunState } from '../run-state';
import { utf8Length } from '../table-name';
import type { Notification, RunRecord } from './notification';

/** SNS takes 256 KB with the attributes; webhooks get no more than that either. */
export const largestNotificationBytes = 240_000;

/** Entries of a timeline that stay at either end when its middle is left out. */
const timelineEnds = 10;

/** What is left out, in this order, until the rest fits: first what is longest and least missed at night. */
const leavings: { name: string; without: (run: RunRecord) => RunRecord }[] = [
  { name: 'result', without: ({ result: _out, ...run }) => run },
  {
    name: 'the middle of the timeline',
    without: changeState(({ timeline, ...state }) => ({
      ...state,
      timeline:
        timeline.length > 2 * timelineEnds
          ? [...timeline.slice(0, timelineEnds), ...timeline.slice(-timelineEnds)]
          : timeline,
    })),
  },
  {
    name: 'verdicts that passed',
    without: changeState(({ verdicts, ...state }) => ({
      ...state,
      ...(verdicts && { verdicts: verdicts.filter(({ passed }) => !passed).slice(0, 20) }),
    })),
  },
  { name: 'findings', without: changeState(({ findings: _out, ...state }) => state) },
  {
    name: 'rejected sources',
    without: changeState(({ choice, ...state }) => ({
      ...state,
      ...(choice && { choice: { ...choice, rejected: [] } }),
    })),
  },
  { name: 'verdicts', without: changeState(({ verdicts: _out, ...state }) => state) },
  { name: 'input', without: ({ input: _out, ...run }) => run },
  { name: 'state', without: ({ state: _out, ...run }) => run },
];

function changeState(change: (state: RunState) => RunState) {
  return (run: RunRecord): RunRecord => (run.state ? { ...run, state: change(run.state) } : run);
}

/** Of texts of a failure that are longer than any message should be. */
const longestText = 4_000;

/**
 * The JSON text of a notification, in which what is too much was left out and is named in `leftOut`. What remains in
 * the end (ids, outcome, failure) always fits.
 */
export function fittedText(notification: Notification, largestBytes = largestNotificationBytes): string {
  let text = JSON.stringify(notification);
  let { run } = notification.data;
  const leftOut: string[] = [];
  for (const { name, without } of leavings) {
    if (utf8Length(text) <= largestBytes) return text;
    const smaller = without(run);
    if (JSON.stringify(smaller).length === JSON.stringify(run).length) continue;
    run = smaller;
    leftOut.push(name);
    text = JSON.stringify({ ...notification, leftOut, data: { run } });
  }
  if (utf8Length(text) <= largestBytes) return text;
  const { failure, title, ...rest } = run;
  const short = {
    ...rest,
    title: title.slice(0, longestText),
    ...(failure && { failure: { ...failure, message: failure.message.slice(0, longestText) } }),
  };
  return JSON.stringify({ ...notification, leftOut: [...leftOut, 'ends of texts'], data: { run: short } });
}
