import { Option, type Command } from 'commander';
import type { Environment } from '../../config/config-error';

export type Format = 'text' | 'json' | 'yaml';

/** Of commands whose data are a table; see tabular.ts. */
export type TableFormat = Format | 'csv';

/** Options that every command takes. */
export interface CommonOptions {
  output: Format;
  verbose?: boolean;
  address?: string;
  namespace?: string;
  profile?: string;
  configFile?: string;
}

/** Adds the common options to the program; commands show them in their help as global ones. */
export function addCommonOptions(program: Command): void {
  program.addOption(
    new Option('-o, --output <format>', 'form of the data on stdout')
      .choices(['text', 'json', 'yaml', 'csv'])
      .default('text'),
  );
  program.option(
    '--address <host:port>',
    'Temporal server (default: TEMPORAL_ADDRESS, the profile, localhost:7233)',
  );
  program.option(
    '--namespace <name>',
    'Temporal namespace (default: TEMPORAL_NAMESPACE, the profile, default)',
  );
  program.option('--profile <name>', 'profile of temporal.toml (default: TEMPORAL_PROFILE, default)');
  program.option('--config-file <path>', 'temporal.toml to use (default: TEMPORAL_CONFIG_FILE)');
  program.option('--verbose', 'stack traces with errors');
}

/** The environment with the connection flags over it, so that both go through one parser. */
export function environmentOf(env: Environment, options: CommonOptions): Environment {
  const flags = {
    TEMPORAL_ADDRESS: options.address,
    TEMPORAL_NAMESPACE: options.namespace,
    TEMPORAL_PROFILE: options.profile,
    TEMPORAL_CONFIG_FILE: options.configFile,
  };
  return { ...env, ...Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) };
}
