import { AwsError } from '../core/types';

/** S3's refusals with the codes, texts and statuses of AWS's "Error responses" page of the S3 API reference. */
export const s3Errors = {
  noSuchBucket: (bucket: string) =>
    new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket }),
  noSuchKey: (key: string) =>
    new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key }),
  accessDenied: () => new AwsError('AccessDenied', 'Access Denied', 403),
  bucketNotEmpty: (bucket: string) =>
    new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
      BucketName: bucket,
    }),
  alreadyOwned: (bucket: string) =>
    new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      409,
      { BucketName: bucket },
    ),
  alreadyExists: (bucket: string) =>
    new AwsError(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      409,
      { BucketName: bucket },
    ),
  invalidBucketName: (bucket: string) =>
    new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: bucket }),
  illegalLocation: (location: string) =>
    new AwsError(
      'IllegalLocationConstraintException',
      `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      400,
    ),
  invalidArgument: (name: string, value: string, why: string) =>
    new AwsError('InvalidArgument', why, 400, { ArgumentName: name, ArgumentValue: value }),
  invalidRange: (range: string, size: number) =>
    new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested: range,
      ActualObjectSize: size,
    }),
  badDigest: (name: string) =>
    new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`, 400),
  incompleteBody: () =>
    new AwsError(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header',
      400,
    ),
  invalidUri: () => new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400),
  malformedXml: () =>
    new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    ),
  preconditionFailed: (condition: string) =>
    new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
      Condition: condition,
    }),
  notModified: () => new AwsError('NotModified', 'Not Modified', 304),
  methodNotAllowed: (method: string) =>
    new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
      Method: method,
    }),
  notImplemented: (what: string) =>
    new AwsError(
      'NotImplemented',
      `A header or query parameter you provided implies functionality that is not implemented: ${what}`,
      501,
    ),
};
