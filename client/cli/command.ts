import { Command, type Option } from 'commander';

/**
 * A command that refuses an option given twice. commander would take the last value and drop the others without a word,
 * and somebody would be told, restored or asked less than they meant. Options that gather their values in a list may be
 * given again; switches say the same twice. Sub-commands are of this kind too.
 */
export class CarefulCommand extends Command {
  override createCommand(name?: string): CarefulCommand {
    return new CarefulCommand(name);
  }

  override addOption(option: Option): this {
    super.addOption(option);
    if (!option.required && !option.optional) return this;
    let given = false;
    // after commander's own listener: a value that is gathered is a list by now
    return this.on(`option:${option.name()}`, () => {
      if (given && !Array.isArray(this.getOptionValue(option.attributeName())))
        this.error(`error: ${option.long ?? option.short} was given twice`);
      given = true;
    });
  }
}

/** The parser of an option that may be given again: its values, in the order given. */
export const gathered = (value: string, before: readonly string[] = []): string[] => [...before, value];
