import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export const root = path.resolve(__dirname, '..', '..');
export const composePath = path.join(root, 'temporal-docker-compose.yml');
export const composeText = readFileSync(composePath, 'utf8');

export interface Service {
  image?: string;
  build?: { context: string };
  restart?: string;
  profiles?: string[];
  depends_on?: Record<string, { condition?: string }>;
  environment?: Record<string, string | null>;
  entrypoint?: string[];
  command?: string[];
  ports?: string[];
  volumes?: string[];
  configs?: { source: string; target: string }[];
  healthcheck?: { test: string[] };
  user?: string;
  init?: boolean;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
}

export interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  configs: Record<string, { content: string }>;
}

export const compose = parse(composeText, { merge: true, strict: true }) as ComposeFile;

/** What Compose makes of a value: `${NAME:-default}` filled in, `$$` a plain dollar. */
export function interpolate(value: string, env: Readonly<Record<string, string>> = {}): string {
  return value.replace(/\$\$|\$\{(\w+):-([^}]*)\}/g, (found, name: string | undefined, fallback: string) =>
    found === '$$' ? '$' : env[name as string] || fallback,
  );
}

/** The environment of a container; a variable without a value is there only when `env` has it. */
export function environmentOf(
  service: Service,
  env: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment ?? {}).flatMap(([name, value]) => {
      if (value !== null) return [[name, interpolate(value, env)]];
      return env[name] === undefined ? [] : [[name, env[name]]];
    }),
  );
}

/** A service of the file; fails when there is none of that name. */
export function service(name: string): Service {
  const found = compose.services[name];
  if (!found) throw new Error(`no service ${name}`);
  return found;
}
