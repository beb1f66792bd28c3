import { DescribeExportCommand } from '@aws-sdk/client-dynamodb';
import type { ExportFacts } from '../../domain/aws/export';
import { callAws } from '../call';
import type { AwsClients } from '../clients';
import { exportFacts } from './export-facts';

export interface DescribeExportInput {
  exportArn: string;
}

/**
 * One look at an export.
 * @throws ExportNotFound, AccessDenied, Throttled …
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeExport.html
 */
export async function describeExport(
  { dynamodb }: Pick<AwsClients, 'dynamodb'>,
  input: DescribeExportInput,
): Promise<ExportFacts> {
  const call = {
    service: 'dynamodb',
    operation: 'DescribeExport',
    what: 'look at the export',
    handles: { export: input.exportArn },
  } as const;
  const { ExportDescription } = await callAws(call, () =>
    dynamodb.send(new DescribeExportCommand({ ExportArn: input.exportArn })),
  );
  return exportFacts(ExportDescription);
}
