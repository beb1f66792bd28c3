import type { Flag } from '../../flags';

/** Values that `overlap` takes; as in domain/schedules, which help must not load. */
export const overlapChoices = [
  'skip',
  'buffer-one',
  'buffer-all',
  'cancel-other',
  'terminate-other',
  'allow-all',
];

const when = 'When:';
const how = 'How:';

/** Flags of a schedule itself, beside those of its operation. */
export const scheduleFlags: Flag[] = [
  {
    flag: '--cron',
    path: 'when.cron',
    type: 'texts',
    value: '<expression>',
    description: 'minute hour day-of-month month day-of-week [year], such as "0 2 * * *"; may be given again',
    heading: when,
  },
  {
    flag: '--every',
    path: 'when.every',
    type: 'text',
    value: '<duration>',
    description: 'an interval, counted from midnight of 1970-01-01 UTC, such as 6h',
    heading: when,
  },
  {
    flag: '--offset',
    path: 'when.offset',
    type: 'text',
    value: '<duration>',
    description: 'with --every: so long after the begin of the interval',
    heading: when,
  },
  {
    flag: '--time-zone',
    path: 'timeZone',
    type: 'text',
    value: '<zone>',
    description: 'of --cron, such as Europe/Berlin (default: UTC)',
    heading: when,
  },
  {
    flag: '--start-at',
    path: 'startAt',
    type: 'text',
    value: '<time>',
    description: 'nothing before it; ISO',
    heading: when,
  },
  {
    flag: '--end-at',
    path: 'endAt',
    type: 'text',
    value: '<time>',
    description: 'nothing after it; ISO',
    heading: when,
  },
  {
    flag: '--jitter',
    path: 'jitter',
    type: 'text',
    value: '<duration>',
    description: 'each run begins up to so much later, by chance',
    heading: when,
  },
  {
    flag: '--overlap',
    path: 'overlap',
    type: 'text',
    value: '<policy>',
    description: `when the run before still goes on: ${overlapChoices.join(', ')} (default: skip)`,
    heading: how,
  },
  {
    flag: '--catch-up',
    path: 'catchupWindow',
    type: 'text',
    value: '<duration>',
    description: 'after an outage, start runs that are late by no more (default: 1h)',
    heading: how,
  },
  {
    flag: '--pause-on-failure',
    path: 'pauseOnFailure',
    type: 'boolean',
    description: 'pause the schedule when a run fails',
    heading: how,
  },
  {
    flag: '--remaining-runs',
    path: 'remainingActions',
    type: 'integer',
    description: 'so many runs and no more',
    heading: how,
  },
  { flag: '--paused', path: 'paused', type: 'boolean', description: 'paused from the start', heading: how },
  {
    flag: '--note',
    path: 'note',
    type: 'text',
    description: 'for people: why it is, whom to ask',
    heading: how,
  },
];

/** Members that `update --reset` takes back to their default. */
export const resettable = [
  'timeZone',
  'jitter',
  'overlap',
  'catchupWindow',
  'pauseOnFailure',
  'note',
  'startAt',
  'endAt',
  'remainingActions',
];
