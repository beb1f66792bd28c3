/** Something is wrong with the command line or what it names: exit code 2, nothing was started. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    message: string,
    /** One line each, shown below the message. */
    readonly lines: readonly string[] = [],
  ) {
    super(message);
  }
}
