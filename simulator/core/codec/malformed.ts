/**
 * The request does not fit the service model. The protocol decides which code the caller sees: a missing parameter is
 * `MissingParameter` in the query protocol and a ValidationException in JSON.
 */
export class MalformedRequest extends Error {
  constructor(
    readonly problem: 'missing' | 'wrong-type',
    /** Path of the member, e.g. `Parameters.1.name`. */
    readonly member: string,
    message: string,
  ) {
    super(message);
  }
}

export function wrongType(member: string, expected: string): MalformedRequest {
  return new MalformedRequest('wrong-type', member, `${member || 'the request'} is not ${expected}`);
}

/** A handler answered something its operation's model does not have: a bug of the simulator, told loudly. */
export function unknownMembers(shapeName: string, value: object, known: readonly { name: string }[]): void {
  const unknown = Object.keys(value).filter((key) => !known.some((member) => member.name === key));
  if (unknown.length > 0) {
    throw new TypeError(
      `reply does not fit the service model [shape=${shapeName}]: no member ${unknown.join(', ')}`,
    );
  }
}
