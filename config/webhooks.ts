import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { isForbiddenAddress, isLoopback } from '../domain/webhook-address';
import { read, type ConfigProblem, type Environment } from './config-error';

/** A webhook as the worker knows it. Neither its URL nor its keys may be told to anybody, in messages and logs included. */
export interface Webhook {
  url: string;
  /** The keys that a message is signed with; more than one while a secret is being changed. */
  keys: readonly Buffer[];
}

/** By name. */
export type Webhooks = ReadonlyMap<string, Webhook>;

const variable = 'UNDROP_WEBHOOKS_FILE';

const entrySchema = z
  .strictObject({
    url: z.string(),
    secretEnv: z.string().optional(),
    secretFile: z.string().optional(),
  })
  .refine(({ secretEnv, secretFile }) => (secretEnv === undefined) !== (secretFile === undefined), {
    error: 'needs either secretEnv or secretFile',
  });

const fileSchema = z.strictObject({
  webhooks: z.record(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'names are up to 63 lower-case letters, digits and hyphens'),
    entrySchema,
  ),
});

/** Shortest and longest secret: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const secretBytes = { least: 24, most: 64 };

/**
 * The webhooks of the file that UNDROP_WEBHOOKS_FILE names (docs/notifications.md); none when it is not set. What is wrong is
 * told without a word of what the file or a secret says: a webhook's URL is often a secret itself.
 */
export function loadWebhooks(env: Environment, problems: ConfigProblem[]): Webhooks {
  const file = read(env, variable);
  const webhooks = new Map<string, Webhook>();
  if (file === undefined) return webhooks;
  const complain = (problem: string) => problems.push({ variable, problem });
  const entries = readEntries(file, complain);
  for (const [name, { url, ...secret }] of Object.entries(entries)) {
    const wrong = whyNotUrl(url);
    if (wrong) complain(`names a file in which the url of webhook ${name} ${wrong}`);
    const keys = readKeys(secret, path.dirname(file), env, (problem) =>
      complain(`names a file in which the secret of webhook ${name} ${problem}`),
    );
    webhooks.set(name, { url, keys });
  }
  return webhooks;
}

function readEntries(
  file: string,
  complain: (problem: string) => void,
): z.infer<typeof fileSchema>['webhooks'] {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'), { prettyErrors: false });
  } catch (error) {
    complain(
      error instanceof YAMLParseError
        ? `names a file that is not YAML [file=${file}, character=${error.pos[0]}]`
        : `names a file that cannot be read [file=${file}, code=${(error as NodeJS.ErrnoException).code}]`,
    );
    return {};
  }
  const parsed = fileSchema.safeParse(content);
  if (parsed.success) return parsed.data.webhooks;
  for (const issue of parsed.error.issues)
    complain(`names a file that cannot be used: ${issue.path.join('.') || '(all of it)'}: ${issue.message}`);
  return {};
}

/** Why no message is sent to an address, without the address; undefined when it may be. */
function whyNotUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'is no URL';
  if (url.username || url.password) return 'must not hold a user name or password';
  if (isForbiddenAddress(url.hostname)) return 'leads to an address of the link or of this host alone';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return undefined;
  return 'must be https; plain http is for this machine alone';
}

function readKeys(
  { secretEnv, secretFile }: { secretEnv?: string; secretFile?: string },
  folder: string,
  env: Environment,
  complain: (problem: string) => void,
): Buffer[] {
  const place = secretEnv ?? secretFile ?? '';
  const text = secretEnv === undefined ? contentOf(path.resolve(folder, place)) : read(env, secretEnv);
  if (text === undefined || text.trim() === '') {
    complain(`is not there [${secretEnv === undefined ? 'file' : 'variable'}=${place}]`);
    return [];
  }
  const keys = text
    .trim()
    .split(/\s+/)
    .map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  const fit = keys.every(({ length }) => length >= secretBytes.least && length <= secretBytes.most);
  const prefixed = text
    .trim()
    .split(/\s+/)
    .every((secret) => /^whsec_[A-Za-z0-9+/]+=*$/.test(secret));
  if (!fit || !prefixed)
    complain(`must be whsec_ and ${secretBytes.least} to ${secretBytes.most} bytes in base64`);
  return keys;
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
