/** Runs work one after the other, in order of the calls; what one throws does not stop the next. */
export type OneAtATime = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * For changes of a service: between looking (does the name exist?) and acting (capture the rows) there are awaits, and
 * two requests at once must not both find the name free. Work on the agenda must not wait for its turn here, because a
 * change may run the agenda itself.
 */
export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
