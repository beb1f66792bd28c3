import { deadlineFlag, exportFlags, under } from '../flag-sets';
import type { OperationCommand } from '../operation-command';

export const exportTableCommand: OperationCommand = {
  description:
    'Exports a DynamoDB table to S3, waits for it, and then checks what lies there: both manifests by their MD5, every data file, the sum of the items. An export cannot be cancelled on AWS.',
  flags: [...under('Export:', exportFlags), ...under('Waiting:', [deadlineFlag])],
  example: `undrop export-table start --table-arn arn:aws:dynamodb:us-east-1:123456789012:table/orders \\
    --bucket exports --prefix nightly/ --wait`,
};
