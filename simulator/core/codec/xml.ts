import { unknownMembers } from './malformed';
import type { Shape } from './service-model';

/** One element with the value in it, as the query protocol answers; nothing for an undefined value. */
export function toXml(shape: Shape, value: unknown, tag: string): string {
  return value === undefined || value === null ? '' : `<${tag}>${contentOf(shape, value)}</${tag}>`;
}

function contentOf(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'structure': {
      const source = value as Record<string, unknown>;
      unknownMembers(shape.name, source, shape.members);
      return shape.members
        .map((member) => {
          const given = source[member.name];
          if (member.flattened && Array.isArray(given) && member.shape.kind === 'list') {
            const { item } = member.shape;
            return given.map((one) => toXml(item, one, member.xmlName)).join('');
          }
          return toXml(member.shape, given, member.xmlName);
        })
        .join('');
    }
    case 'list':
      return (value as unknown[]).map((item) => toXml(shape.item, item, shape.itemName)).join('');
    case 'map':
      return Object.entries(value as Record<string, unknown>)
        .map(
          ([key, item]) =>
            `<entry><${shape.keyName}>${escapeXml(key)}</${shape.keyName}>${toXml(shape.value, item, shape.valueName)}</entry>`,
        )
        .join('');
    case 'timestamp':
      return shape.format === 'epoch-seconds'
        ? String((value as Date).getTime() / 1000)
        : (value as Date).toISOString();
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'unit':
      return '';
    default:
      return escapeXml(String(value));
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

/** What XML 1.0 cannot carry at all. */
// oxlint-disable-next-line no-control-regex
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** Escapes text for an element or attribute; characters that XML cannot carry are left out. */
export function escapeXml(text: string): string {
  return text.replace(unspeakable, '').replace(/[&<>"\r]/g, (character) => entities[character] ?? character);
}
