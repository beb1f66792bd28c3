import { InvalidBody } from './validation';
import { AwsError, type RawRequest, type RawResponse } from './types';

/** One control endpoint; the answer is sent as JSON, unless it is PlainText. */
export interface ControlRoute {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** One line for the list that an unknown path answers. */
  about: string;
  /** `body` is undefined when none was sent. @throws InvalidBody or NotThere */
  handle(body: unknown, query: URLSearchParams): unknown;
}

/** An answer for people, sent as it is. */
export class PlainText {
  constructor(readonly lines: readonly string[]) {}
}

/** Something that a control request names does not exist; answered with 404. */
export class NotThere extends Error {}

/** Answers a request under `/_simulator/`: JSON but for PlainText, problems in plain words. */
export async function answerControl(
  routes: readonly ControlRoute[],
  request: RawRequest,
): Promise<RawResponse> {
  const samePath = routes.filter(({ path }) => path === request.path);
  const route = samePath.find(({ method }) => method === request.method);
  if (route === undefined) {
    return json(samePath.length > 0 ? 405 : 404, {
      error: `there is no ${request.method} ${request.path}`,
      endpoints: routes.map(({ method, path, about }) => `${method} ${path}: ${about}`),
    });
  }
  try {
    const answer = await route.handle(readBody(request), request.query);
    return answer instanceof PlainText ? plain(answer) : json(200, answer);
  } catch (error) {
    if (error instanceof InvalidBody) {
      return json(400, { error: error.message, problems: error.problems });
    }
    if (error instanceof AwsError) return json(400, { error: error.message, code: error.code });
    if (error instanceof NotThere) return json(404, { error: error.message });
    return json(500, { error: error instanceof Error ? error.message : String(error) });
  }
}

function readBody(request: RawRequest): unknown {
  const text = Buffer.from(request.body).toString('utf8').trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidBody(['the body is not JSON']);
  }
}

function plain({ lines }: PlainText): RawResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: lines.map((line) => `${line}\n`).join(''),
  };
}

function json(status: number, value: unknown): RawResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(value ?? null, null, 2)}\n`,
  };
}
