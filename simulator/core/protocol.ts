import { fromJson, toJson } from './codec/json';
import type { MalformedRequest } from './codec/malformed';
import { fromQuery } from './codec/query';
import { escapeXml, toXml } from './codec/xml';
import type { ErrorModel, OperationModel } from './codec/service-model';
import type { Service } from './services';
import { AwsError, type RawRequest, type RawResponse } from './types';

/** How one wire protocol reads requests and writes answers and refusals (docs/aws-notes.md, 5). */
export interface Protocol {
  /** @throws MalformedRequest or AwsError when the body does not fit the model. */
  decode(operation: OperationModel, request: RawRequest): unknown;
  encode(service: Service, operation: OperationModel, output: object, requestId: string): RawResponse;
  /** `service` is undefined when the request named none that exists. */
  refuse(service: Service | undefined, error: AwsError, requestId: string): RawResponse;
  /** A request that does not fit the model, in the words of this protocol. */
  malformed(error: MalformedRequest): AwsError;
  unknownOperation(name: string): AwsError;
}

export const queryProtocol: Protocol = {
  decode: (operation, request) => fromQuery(operation.input, queryParameters(request)),
  encode(service, operation, output, requestId) {
    const result =
      operation.output.kind === 'structure' ? toXml(operation.output, output, `${operation.name}Result`) : '';
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    const root = `${operation.name}Response`;
    return xml(200, `<${root} xmlns="${service.xmlNamespace}">${result}${metadata}</${root}>`, requestId);
  },
  refuse(service, error, requestId) {
    const status = modelOf(service, error)?.status ?? error.status;
    const type = status < 500 ? 'Sender' : 'Receiver';
    const fields = `<Type>${type}</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message>`;
    const namespace = service?.xmlNamespace === undefined ? '' : ` xmlns="${service.xmlNamespace}"`;
    const body = `<ErrorResponse${namespace}><Error>${fields}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
    return xml(status, body, requestId);
  },
  malformed: ({ problem, member, message }) =>
    problem === 'missing'
      ? new AwsError('MissingParameter', `The request must contain the parameter ${member}.`)
      : new AwsError('InvalidParameterValue', `The value of a parameter is not valid: ${message}.`),
  unknownOperation: (name) =>
    new AwsError('InvalidAction', `The action ${name} is not valid for this web service.`),
};

/** @param statusMode the setting `jsonErrorStatus`: many real JSON services answer 400 whatever their model says. */
export function jsonProtocol(version: '1.0' | '1.1', statusMode: () => 'model' | '400'): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    decode(operation, request) {
      const text = Buffer.from(request.body).toString('utf8');
      try {
        return fromJson(operation.input, text === '' ? {} : JSON.parse(text));
      } catch (error) {
        if (error instanceof SyntaxError) throw serialization('the body is not JSON');
        throw error;
      }
    },
    encode: (_service, operation, output, requestId) => ({
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: JSON.stringify(toJson(operation.output, output)),
    }),
    refuse(service, error, requestId) {
      const model = modelOf(service, error);
      const status = model?.status ?? error.status;
      const namespace = model === undefined ? 'com.amazon.coral.service' : service?.model.namespace;
      return {
        status: status < 500 && statusMode() === '400' ? 400 : status,
        headers: {
          'content-type': contentType,
          'x-amzn-requestid': requestId,
          'x-amzn-errortype': error.code,
        },
        body: JSON.stringify({ __type: `${namespace}#${error.code}`, ...errorMembers(model, error) }),
      };
    },
    malformed: ({ problem, member, message }) =>
      problem === 'missing'
        ? new AwsError(
            'ValidationException',
            `1 validation error detected: Value null at '${lowerFirst(member)}' failed to satisfy constraint: Member must not be null`,
          )
        : serialization(message),
    unknownOperation: (name) =>
      new AwsError('UnknownOperationException', `The simulated AWS does not know the operation ${name}.`),
  };
}

/** Parameters of a query request, from the form body or, for a GET, from the address. */
export function queryParameters(request: RawRequest): URLSearchParams {
  const body = Buffer.from(request.body).toString('utf8');
  return body === '' ? request.query : new URLSearchParams(body);
}

function modelOf(service: Service | undefined, error: AwsError): ErrorModel | undefined {
  return service?.model.errors.get(error.code);
}

/** The error's own members; its message under the name that the model has for it (`Message` or `message`). */
function errorMembers(model: ErrorModel | undefined, error: AwsError): Record<string, unknown> {
  const members = model?.shape.members ?? [];
  const isMessage = (member: { name: string }): boolean => member.name.toLowerCase() === 'message';
  const result: Record<string, unknown> = { [members.find(isMessage)?.jsonName ?? 'message']: error.message };
  for (const member of members) {
    const value = error.members[member.name];
    if (isMessage(member)) continue;
    if (value !== undefined) result[member.jsonName] = toJson(member.shape, value);
    // An error that a fault rule sends has no members; those that the model requires are there all the same.
    else if (member.required && member.shape.kind === 'string') result[member.jsonName] = '';
  }
  return result;
}

function serialization(why: string): AwsError {
  return new AwsError('SerializationException', `The request cannot be read: ${why}`);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function xml(status: number, body: string, requestId: string): RawResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
