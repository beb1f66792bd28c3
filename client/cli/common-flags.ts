import { skipPreflightFlag, under } from './flag-sets';
import type { Flag } from './flags';

/** Of the start of every operation: who is told when the run has ended. */
export const notifyFlags: Flag[] = under('Told when the run has ended:', [
  {
    flag: '--notify-webhook',
    path: 'notify.webhooks',
    type: 'list',
    value: '<names>',
    description: "the worker's webhooks that are told, comma-separated",
  },
  {
    flag: '--notify-sns',
    path: 'notify.topics',
    type: 'list',
    value: '<arns>',
    description: 'SNS topics that are told, comma-separated',
  },
  {
    flag: '--notify-on',
    path: 'notify.on',
    type: 'list',
    value: '<outcomes>',
    description: 'only of these ends: done, failed, cancelled (default: all)',
  },
  {
    flag: '--notify-patience',
    path: 'notify.patience',
    type: 'text',
    value: '<duration>',
    description: 'how long a receiver that cannot be reached is tried again (default: 24 hours)',
  },
]);

/** What every operation takes beside its own flags. */
export const commonFlags: Flag[] = [skipPreflightFlag, ...notifyFlags];
