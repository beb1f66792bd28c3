import type { AwsError, RawRequest, RawResponse } from '../core/types';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
const plain: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => entities[character] ?? character);
}

export function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return plain[name ?? ''] ?? whole;
    },
  );
}

/** `<tag>text</tag>`; nothing at all for undefined, as S3 leaves out what does not apply. */
export function element(tag: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${tag}>${escapeXml(String(value))}</${tag}>`;
}

export function xmlResponse(root: string, content: string, status = 200): RawResponse {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`,
  };
}

/**
 * S3's error answer. Answers to HEAD carry no body, only the status, as on AWS; `errorCode` tells the operation log
 * what was refused in either case.
 */
export function s3ErrorResponse(error: AwsError, request: RawRequest, requestId: string): RawResponse {
  const members = Object.entries(error.members)
    .map(([name, value]) => element(name, String(value)))
    .join('');
  const fields = `${element('Code', error.code)}${element('Message', error.message)}${members}`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${fields}${element('Resource', request.path)}${element('RequestId', requestId)}</Error>`;
  const bodiless = request.method.toUpperCase() === 'HEAD' || error.status === 304;
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    ...(bodiless ? {} : { body }),
    errorCode: error.code,
  };
}
