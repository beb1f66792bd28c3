import type { RunIdentity } from './run-view';

/** Where runs are found: from the client's configuration. */
export interface Place {
  uiUrl: string;
  address: string;
  namespace: string;
}

/** A run's ids, with where else to look at it. Workflow ids hold slashes: they travel encoded in the UI's addresses. */
export function identify(place: Place, workflowId: string, runId: string): RunIdentity {
  const path = `namespaces/${encodeURIComponent(place.namespace)}/workflows/${encodeURIComponent(workflowId)}/${runId}`;
  const shown = [
    `--workflow-id ${shellQuoted(workflowId)}`,
    `--run-id ${runId}`,
    `--namespace ${shellQuoted(place.namespace)}`,
  ];
  return {
    workflowId,
    runId,
    links: { ui: `${place.uiUrl}/${path}/timeline` },
    temporalCommand: `temporal workflow show ${shown.join(' ')} --address ${shellQuoted(place.address)}`,
  };
}

/** A word as a POSIX shell takes it: quoted only where needed. */
export function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
