import { code, codeBlock } from '../domain/markdown';
import { operations, type OperationInputs, type OperationName } from '../domain/operations';
import { shownInput } from '../domain/operations/shown-input';
import { shellQuoted } from '../domain/run-identity';

/**
 * What stands on a run's page in the Temporal UI from its start, whether or not a worker lives: what it does, where
 * else to look at it, its input without what is secret. Markdown.
 * @param apiUrl where people reach the HTTP API; no link to it when left out
 */
export function runDetails(
  operation: OperationName,
  input: OperationInputs[OperationName],
  workflowId: string,
  apiUrl?: string,
): string {
  const elsewhere = [
    `In a terminal: ${code(`undrop runs show ${shellQuoted(workflowId)}`)}`,
    ...(apiUrl ? [`Over HTTP: [the run in the API](${apiUrl}/v1/runs/${linkSafe(workflowId)})`] : []),
    'Current Details, beside this, is drawn by a worker. When none answers: the tab Memo tells how a run ended, Event History what it did.',
  ];
  return [
    `${operations[operation].summary}.`,
    elsewhere.join('\n'),
    codeBlock(JSON.stringify(shownInput(operation, input), null, 2), 'json'),
  ].join('\n\n');
}

/** Encoded so that nothing in it ends a Markdown link. */
const linkSafe = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, percent);

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
