import { InvalidArgumentError, Option } from 'commander';

/** `--run-id`; what can be no run id is refused here, not asked of the server. */
export const runIdOption = (description = 'one execution of it (default: the latest)') =>
  new Option('--run-id <id>', description).argParser((text: string) => {
    if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return text;
    throw new InvalidArgumentError('It must be a run id: a UUID, as runs show tells it.');
  });
