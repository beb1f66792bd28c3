import type { Command } from 'commander';
import { type Flag, type FlagValues } from '../flags';
import { lazy } from '../lazy';
import type { LookUpCommand } from '../look-up-command';
import { tabular } from '../tabular';
import type { LookUpGroup } from './data-api';
import { optionOf, type RunAction, valuesOf } from './operation';

/** Fills in a group of look-ups: its sub-commands. */
export function describeLookUps(group: Command, entry: LookUpGroup, run: RunAction): void {
  for (const lookUp of entry.load()) describeLookUp(group.command(lookUp.name), entry.command, lookUp, run);
}

function describeLookUp(command: Command, group: string, lookUp: LookUpCommand, run: RunAction): void {
  const { argument, flags } = lookUp;
  command.description(lookUp.description);
  if (argument) command.argument(argument.flag, argument.description);
  for (const flag of flags) command.addOption(optionOf(flag));
  command.addHelpText('after', `\nExample:\n  ${lookUp.example}`);
  tabular.add(command);
  command.action((given: unknown) =>
    run(command, (session) =>
      lazy.lookUpAction().lookUpAction(group, lookUp, session, {
        ...valuesOf(command, flags),
        ...argumentValue(argument, given),
      }),
    ),
  );
}

const argumentValue = (argument: Flag | undefined, given: unknown): FlagValues =>
  argument ? { [argument.flag]: given as string } : {};
