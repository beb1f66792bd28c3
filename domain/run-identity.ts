/** Where else to look at a run. */
export interface RunLinks {
  /** The run's page in the Temporal UI. */
  ui: string;
}

export interface RunIdentity {
  workflowId: string;
  runId: string;
  links: RunLinks;
  /** The command of the temporal CLI that shows the same run. */
  temporalCommand: string;
}

/** Where runs are found: from the client's configuration. */
export interface Place {
  uiUrl: string;
  /** Where people reach the HTTP API, if anywhere. */
  apiUrl?: string;
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
