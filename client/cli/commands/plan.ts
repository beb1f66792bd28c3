import type { Command } from 'commander';
import { notifyFlags } from '../common-flags';
import { lazy } from '../lazy';
import type { RunFlags } from '../resolve-from-flags';
import { operationEntries } from './index';
import { optionOf, type RunAction, valuesOf } from './operation';

/** Fills in `undrop plan`: a sub-command for each operation, with the flags of its start. */
export function describePlan(plan: Command, run: RunAction, argv: readonly string[]): void {
  plan.description(
    'Look at everything that can be known before an operation changes anything, and tell what a run would do: findings, each ok, a warning or blocking, with what to do about it; then the steps with estimates. Exit code 6 when something blocks.',
  );
  plan.addHelpText('after', examples);
  for (const entry of operationEntries) {
    const command = plan.command(entry.command).summary(entry.summary);
    if (!argv.includes(entry.command)) continue;
    const { flags: own, fileOnly, example } = entry.load();
    const flags = [...own, ...notifyFlags];
    command.description(`Plan: ${entry.summary}. Looks only; nothing is started or changed.`);
    command.optionsGroup('Input and run:');
    command.option('-f, --file <path>', 'input as JSON or YAML, - for standard input; flags override it');
    command.option('--workflow-id <id>', 'id of the run that is planned (default: made from the input)');
    for (const flag of flags) command.addOption(optionOf(flag));
    command.addHelpText('before', `Example:\n  ${planExample(example)}\n`);
    if (fileOnly) command.addHelpText('after', `\nOnly in a file (-f): ${fileOnly.join(', ')}.`);
    command.action((given: RunFlags) =>
      run(command, (session) =>
        lazy.planAction().planAction(entry, flags, session, given, valuesOf(command, flags)),
      ),
    );
  }
}

/** The example of a start as one of a plan. */
const planExample = (start: string) =>
  start
    .replace(/^undrop (\S+) start/, 'undrop plan $1')
    .replace(/ --(?:wait|again)\b/g, '')
    .replace(/ --timeout \S+/, '');

const examples = `
Examples:
  undrop plan recover-table --cluster analytics --as-of 24h --database dev --table orders --at-least 120000
  undrop plan export-table --table-arn arn:aws:dynamodb:us-east-1:123456789012:table/orders --bucket exports -o json

A run begins with the same looks and is refused when something blocks, unless it is told not to look (--skip-preflight).`;
