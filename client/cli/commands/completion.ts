import { Argument, Option, type Command } from 'commander';
import { completionScripts, shells, type Shell } from '../completion/scripts';
import { exitCodes } from '../exit-codes';
import { lazy } from '../lazy';
import type { RunAction } from './operation';

const help = `
Install, for every new shell:
  bash        echo 'source <(undrop completion bash)' >> ~/.bashrc
  zsh         echo 'source <(undrop completion zsh)' >> ~/.zshrc     (after compinit)
  fish        undrop completion fish > ~/.config/fish/completions/undrop.fish
  powershell  undrop completion powershell >> $PROFILE

Completes commands, flags and their values; ids of runs and schedules, and the steps of a run, while Temporal answers
within a moment.`;

/** Fills in `undrop completion`. */
export function describeCompletion(completion: Command, run: RunAction): void {
  completion
    .description('Print the script that makes the tab key complete undrop in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', help)
    .action((shell: Shell) =>
      run(completion, ({ io }) => {
        io.stdout.write(completionScripts[shell]);
        return Promise.resolve(exitCodes.done);
      }),
    );
}

/** Fills in the hidden `undrop complete`, which those scripts ask. `treeOf` makes the tree that a command line needs. */
export function describeComplete(
  complete: Command,
  run: RunAction,
  treeOf: (words: readonly string[]) => Command,
): void {
  complete
    .description('Answer a completion script')
    .addOption(new Option('--shell <shell>', 'who asks').choices(shells).makeOptionMandatory())
    .requiredOption('--line <text>', 'the command line up to the cursor')
    .action((asked: { shell: Shell; line: string }) =>
      run(complete, (session) => lazy.completeAction().completeAction(session, treeOf, asked)),
    );
}
