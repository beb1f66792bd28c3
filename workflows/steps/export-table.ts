import { workflowInfo } from '@temporalio/workflow';
import { observeExport, type ExportFacts } from '../../domain/aws/export';
import { durationMs } from '../../domain/duration';
import { clientToken } from '../../domain/names';
import type { ExportTableResult } from '../../domain/operations/export-table';
import { failureTypeOf, worthQueueing } from '../failure';
import { submitWhenReady, waitFor } from '../poll';
import { look, prove, submit } from '../proxies';
import type { Parsed, Step } from '../run';

/** Exports that AWS itself ended are asked for anew this often before the run gives up. */
const maximumGenerations = 5;

/** ExportTableToPointInTime, the wait until it is COMPLETED, then the proof of what lies in S3. */
export async function exportTableStep(step: Step, input: Parsed<'exportTable'>): Promise<ExportTableResult> {
  const started = await startExport(step, input);
  const { exportArn } = started;
  step.made('export', exportArn);
  const done = await waitFor({
    step,
    what: `export ${exportArn.split('/').pop()}`,
    handles: { export: exportArn, bucket: input.s3Bucket },
    deadlineMs: durationMs(input.deadline),
    first: started,
    look: () =>
      look.describeExport.executeWithOptions({ summary: exportArn.split('/').pop() ?? '' }, [{ exportArn }]),
    observe: observeExport,
    notYet: { type: 'ExportNotFound', forMs: 300_000 },
    abandon: () =>
      step.orphan('export', exportArn, `AWS has no way to cancel an export: ${exportArn} goes on to its end`),
  });
  const proof = await prove.proveExport.executeWithOptions({ summary: `what lies in ${input.s3Bucket}` }, [
    {
      bucket: input.s3Bucket,
      bucketOwner: input.s3BucketOwner,
      manifestKey: done.exportManifest ?? '',
      itemCount: done.itemCount ?? 0,
    },
  ]);
  step.say(`proved: ${proof.itemCount} items in ${proof.dataFiles} data files`);
  return {
    exportArn,
    tableArn: input.tableArn,
    s3Bucket: input.s3Bucket,
    exportManifest: done.exportManifest ?? '',
    exportTime: done.exportTime,
    itemCount: proof.itemCount,
    billedSizeBytes: done.billedSizeBytes,
    dataFiles: proof.dataFiles,
    objects: proof.objects,
  };
}

/**
 * Starts the export, or finds the one this run started before. A token answers for 8 hours with whatever became of its
 * export; when that one FAILED, a new generation of the token asks anew.
 */
async function startExport(step: Step, input: Parsed<'exportTable'>): Promise<ExportFacts> {
  const { deadline, clientToken: given, ...request } = input;
  for (let generation = 1; ; generation += 1) {
    const token = given ?? clientToken(workflowInfo().workflowId, step.name, generation);
    const started = await submitWhenReady({
      step,
      what: 'export of the table',
      handles: { table: input.tableArn },
      deadlineMs: durationMs(deadline),
      waitable: (error) => worthQueueing(failureTypeOf(error)),
      send: () =>
        submit.exportTableToPointInTime.executeWithOptions(
          { summary: `${input.tableArn.split('/').pop()} → ${input.s3Bucket}` },
          [{ ...request, clientToken: token }],
        ),
    });
    const failedBefore = started.exportStatus === 'FAILED';
    if (!failedBefore || given !== undefined || generation >= maximumGenerations) return started;
    step.say(`the export ${started.exportArn} of an earlier attempt had failed; asking for a new one`);
  }
}
