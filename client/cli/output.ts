import type { Format } from './common-options';
import type { Output } from './io';
import { lazy } from './lazy';

/** Writes one document: JSON and YAML are the same data, text is for reading. */
export function printData(out: Output, format: Format, data: unknown, text: () => string[]): void {
  out.write(format === 'text' ? `${text().join('\n')}\n` : documentOf(format, data));
}

/** One document of a stream: a line of JSON, or a YAML document after its separator. */
export function printStreamed(out: Output, format: 'json' | 'yaml', data: unknown): void {
  out.write(format === 'json' ? `${JSON.stringify(data)}\n` : `---\n${documentOf('yaml', data)}`);
}

function documentOf(format: 'json' | 'yaml', data: unknown): string {
  if (format === 'json') return `${JSON.stringify(data, null, 2)}\n`;
  return yamlText(data);
}

/** Plain YAML: long lines are not folded, so that they can be copied. */
export function yamlText(data: unknown): string {
  // Through JSON first: members that are undefined must not appear.
  return lazy.yaml().stringify(JSON.parse(JSON.stringify(data)), { lineWidth: 0 });
}
