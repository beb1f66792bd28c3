/** The simulated AWS seen from outside: its control endpoints (docs/simulator.md), for the demo, benchmarks and tests. */
export interface LoggedOperation {
  seq: number;
  service: string;
  operation: string;
  parameters: Record<string, unknown>;
  outcome: string;
  /** Real milliseconds until the answer was ready. */
  tookMs?: number;
  fault?: string;
  effectIds: string[];
}

export interface LoggedEffect {
  effectId: string;
  kind: string;
  businessKey: string;
  requestSeq: number;
  detail?: Record<string, unknown>;
}

/** A message that was published to an SNS topic. */
export interface PublishedMessage {
  messageId: string;
  topic: string;
  subject?: string;
  message: string;
  attributes: Record<string, { DataType: string; StringValue?: string }>;
  groupId?: string;
  deduplicationId?: string;
}

export class SimulatorControl {
  constructor(readonly url: string) {}

  /** Requests in order of arrival. */
  async operations(operation?: string): Promise<LoggedOperation[]> {
    const query = operation === undefined ? '' : `?operation=${encodeURIComponent(operation)}`;
    return (await this.call<{ operations: LoggedOperation[] }>('GET', `log${query}`)).operations;
  }

  /** Changes that were really made. */
  async effects(kind?: string): Promise<LoggedEffect[]> {
    const query = kind === undefined ? '' : `?kind=${encodeURIComponent(kind)}`;
    return (await this.call<{ effects: LoggedEffect[] }>('GET', `effects${query}`)).effects;
  }

  /** What was published to SNS topics, or to the one of this ARN, in order. */
  async messages(topic?: string): Promise<PublishedMessage[]> {
    const query = topic === undefined ? '' : `?topic=${encodeURIComponent(topic)}`;
    return (await this.call<{ messages: PublishedMessage[] }>('GET', `messages${query}`)).messages;
  }

  addFault(rule: object): Promise<unknown> {
    return this.call('POST', 'faults', rule);
  }

  clearFaults(): Promise<unknown> {
    return this.call('DELETE', 'faults');
  }

  /** Moves the virtual clock forward. */
  advance(seconds: number): Promise<unknown> {
    return this.call('POST', 'advance', { seconds });
  }

  set(settings: object): Promise<unknown> {
    return this.call('POST', 'settings', settings);
  }

  reset(body: object = {}): Promise<unknown> {
    return this.call('POST', 'reset', body);
  }

  state(): Promise<Record<string, unknown>> {
    return this.call('GET', 'state');
  }

  /** Runs SQL past every API: an independent look at the rows. */
  async sql(warehouse: string, database: string, sql: string): Promise<unknown[][]> {
    return (await this.call<{ rows: unknown[][] }>('POST', 'sql', { warehouse, database, sql })).rows;
  }

  /** Rows of a table, counted past every API. */
  async count(warehouse: string, database: string, table: string): Promise<number> {
    const [row] = await this.sql(warehouse, database, `select count(*) from ${table}`);
    return Number(row?.[0]);
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/_simulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator refused [path=${path}, status=${response.status}]: ${text}`);
    return JSON.parse(text) as T;
  }
}

/** The environment that leads any AWS client, in any language, to the simulator, and nowhere else. */
export function simulatedAwsEnv(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** The environment of this process without anything of AWS's or Temporal's in it: nothing leaks into a simulated world. */
export function cleanEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(AWS_|TEMPORAL_|UNDROP_(?!CACHE_DIR))/.test(name)),
  );
}
