/** What can go wrong between a caller and the API itself, as rows of the failure table: types are permanent. */
export const apiFailures = {
  Unauthenticated: {
    http: 401,
    remedy: 'Send a token that is valid here: Authorization: Bearer TOKEN.',
  },
  RoleTooLow: {
    http: 403,
    remedy: 'Ask for a token with the role that the detail names (docs/http-api.md, roles).',
  },
  ForeignOrigin: {
    http: 403,
    remedy:
      'Without authentication the API answers this machine only, by the names localhost, 127.0.0.1 and [::1], and no other web site.',
  },
  RouteNotFound: {
    http: 404,
    remedy: 'See /docs for the routes; slashes inside a workflow id are sent as %2F.',
  },
  BodyTooLarge: { http: 413, remedy: 'Send less: a body has 256 KB at most.' },
  HeadersTooLarge: { http: 431, remedy: 'Send less: headers have 16 KB at most, a token included.' },
  RequestTimeout: { http: 408, remedy: 'Send the whole request within 30 seconds.' },
  UnsupportedMediaType: { http: 415, remedy: 'Send JSON, with Content-Type: application/json.' },
  NotJson: { http: 400, remedy: 'Correct the JSON of the body, or leave body and Content-Type out.' },
  BadRequest: { http: 400, remedy: 'Correct the request.' },
  TooManyRequests: { http: 429, remedy: 'Wait as long as Retry-After says (seconds), then ask again.' },
  TooManyStreams: {
    http: 503,
    remedy: 'Too many event streams are open here: close some, or ask for the run itself instead.',
  },
  ShuttingDown: {
    http: 503,
    remedy: 'Ask again in a moment. Nothing was started; runs that exist go on.',
  },
  IdentityProviderUnreachable: {
    http: 503,
    remedy:
      'The keys of the identity provider could not be fetched: look at UNDROP_API_OIDC_ISSUER and the way there from the API.',
  },
  Unexpected: {
    http: 500,
    remedy:
      'Look in the log of the API for the request id; the run itself, if there is one, is not affected.',
  },
} as const satisfies Record<string, { http: number; remedy: string }>;

export type ApiFailureType = keyof typeof apiFailures;

/** An error of the API itself; the message is shown to the caller. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly http: number;
  readonly remedy: string;

  constructor(
    readonly type: ApiFailureType,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    ({ http: this.http, remedy: this.remedy } = apiFailures[type]);
  }
}
