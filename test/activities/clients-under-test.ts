import '../support/native-errors';
import type { AwsClients } from '../../activities/clients';
import { createAwsClients } from '../../worker/aws-clients';
import { AwsStandIn } from './aws-stand-in';

/** The worker's own AWS clients, as it makes them, talking to a stand-in server. */
export async function clientsUnderTest(
  timeouts?: Parameters<typeof createAwsClients>[1],
): Promise<{ aws: AwsStandIn; clients: AwsClients; close: () => Promise<void> }> {
  const aws = await AwsStandIn.start();
  // The SDK's own chain reads these; each test file has an environment of its own.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const clients = createAwsClients({ region: 'us-east-1', endpointUrl: aws.url }, timeouts);
  const close = async () => {
    for (const client of Object.values(clients)) client.destroy();
    await aws.stop();
  };
  return { aws, clients, close };
}

/** An answer of Redshift: the result's members as XML. */
export const xml = (operation: string, result: string) => ({
  status: 200,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1' },
  body: `<${operation}Response xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata></${operation}Response>`,
});

/** A refusal of Redshift. */
export const xmlError = (status: number, code: string, message: string) => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1' },
  body: `<ErrorResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>`,
});

/** An answer, or with `__type` a refusal, of the JSON services. */
export const json = (body: object, status = 200) => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'req-1' },
  body: JSON.stringify(body),
});

/** What a proxy answers when it will not, or cannot, ask AWS. */
export const page = (status: number) => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>Gateway</title></head><body><h1>Sorry</h1></body></html>',
});
