import type { StartedExport } from '../../activities/dynamodb/export-table-to-point-in-time';
import { observeExport, type ExportFacts } from '../../domain/aws/export';
import { durationMs } from '../../domain/duration';
import type { ExportTableResult } from '../../domain/operations/export-table';
import { earlierExports, exportToken, maximumGenerations } from '../earlier';
import { failureTypeOf, worthQueueing } from '../failure';
import { submitWhenReady, waitFor } from '../poll';
import { look, prove, submit } from '../proxies';
import type { Parsed, Step } from '../run';

/**
 * ExportTableToPointInTime, the wait until it is COMPLETED, then the proof of what lies in S3. A token answers for 8
 * hours with whatever became of its export: when an earlier attempt's FAILED, or what it left in S3 does not prove right,
 * a new generation of the token asks anew.
 */
export async function exportTableStep(step: Step, input: Parsed<'exportTable'>): Promise<ExportTableResult> {
  for (let generation = 1; ; generation += 1) {
    const started = await startExport(step, input, generation);
    if (started.adopted) step.say(`found the export ${started.exportArn} of an earlier execution`);
    if (started.notLookedFor !== undefined)
      step.say(`could not look for an export of an earlier execution: ${started.notLookedFor}`);
    const mayAskAnew = input.clientToken === undefined && generation < maximumGenerations;
    const askAnew = (what: string) =>
      step.say(`the export ${started.exportArn} of an earlier attempt ${what}; asking for a new one`);
    if (started.exportStatus === 'FAILED' && mayAskAnew) {
      askAnew('had failed');
      continue;
    }
    step.made('export', started.exportArn);
    const done = await waitForExport(step, input, started);
    try {
      return { ...(await provedExport(step, input, done)), adopted: started.adopted };
    } catch (error) {
      const wasDone = started.exportStatus === 'COMPLETED';
      if (!(failureTypeOf(error) === 'ManifestMismatch' && wasDone && mayAskAnew)) throw error;
      askAnew('is not what its manifest says');
    }
  }
}

/** Starts the export, or finds the one this run started before. */
function startExport(step: Step, input: Parsed<'exportTable'>, generation: number): Promise<StartedExport> {
  const { deadline, clientToken: _given, skipPreflight: _looked, ...request } = input;
  return submitWhenReady({
    step,
    what: 'export of the table',
    handles: { table: input.tableArn },
    deadlineMs: durationMs(deadline),
    waitable: (error) => worthQueueing(failureTypeOf(error)),
    send: () =>
      submit.exportTableToPointInTime.executeWithOptions(
        { summary: `${input.tableArn.split('/').pop()} → ${input.s3Bucket}` },
        [
          {
            ...request,
            clientToken: exportToken(step.name, input, generation),
            lookFirst: earlierExports(),
          },
        ],
      ),
  });
}

function waitForExport(step: Step, input: Parsed<'exportTable'>, started: ExportFacts): Promise<ExportFacts> {
  const { exportArn } = started;
  const id = exportArn.split('/').pop() ?? '';
  return waitFor({
    step,
    what: `export ${id}`,
    handles: { export: exportArn, bucket: input.s3Bucket },
    deadlineMs: durationMs(input.deadline),
    first: started,
    look: () => look.describeExport.executeWithOptions({ summary: id }, [{ exportArn }]),
    observe: observeExport,
    notYet: { type: 'ExportNotFound', forMs: 300_000 },
    abandon: () =>
      step.orphan('export', exportArn, `AWS has no way to cancel an export: ${exportArn} goes on to its end`),
  });
}

async function provedExport(
  step: Step,
  input: Parsed<'exportTable'>,
  done: ExportFacts,
): Promise<Omit<ExportTableResult, 'adopted'>> {
  const proof = await prove.proveExport.executeWithOptions({ summary: `what lies in ${input.s3Bucket}` }, [
    {
      bucket: input.s3Bucket,
      exportArn: done.exportArn,
      bucketOwner: input.s3BucketOwner,
      manifestKey: done.exportManifest ?? '',
      itemCount: done.itemCount ?? 0,
    },
  ]);
  step.say(`proved: ${proof.itemCount} items in ${proof.dataFiles} data files`);
  return {
    exportArn: done.exportArn,
    tableArn: input.tableArn,
    s3Bucket: input.s3Bucket,
    exportManifest: done.exportManifest ?? '',
    ...(done.exportTime !== undefined && { exportTime: done.exportTime }),
    ...(proof.window && { window: proof.window }),
    exportType: proof.window ? 'INCREMENTAL_EXPORT' : 'FULL_EXPORT',
    outputFormat: proof.outputFormat ?? input.exportFormat ?? 'DYNAMODB_JSON',
    itemCount: proof.itemCount,
    billedSizeBytes: done.billedSizeBytes,
    dataFiles: proof.dataFiles,
    objects: proof.objects,
  };
}
