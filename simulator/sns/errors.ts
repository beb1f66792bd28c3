import { AwsError } from '../core/types';

/**
 * SNS's refusals by their *wire* codes (`InvalidParameterValue` of the SDK is `ParameterValueInvalid` on the wire). Codes
 * and statuses are the service model's; texts are AWS's where they were seen in public.
 */
export const refusals = {
  topicNotFound: () => new AwsError('NotFound', 'Topic does not exist', 404),
  invalidParameter: (why: string) => new AwsError('InvalidParameter', `Invalid parameter: ${why}`),
  invalidAttribute: (why: string) => new AwsError('ParameterValueInvalid', why),
};
