/** How a run is drawn. Everything is an argument: the same view gives the same lines. */
export interface RenderOptions {
  /** Milliseconds since 1970: what elapsed times are counted to. */
  now: number;
  /** Lines are cut to so many characters; not at all when absent. */
  columns?: number;
  colours?: boolean;
  /** When Temporal was last heard of, in milliseconds since 1970; just now when absent. */
  heardAt?: number;
}

/** Cuts before painting, so that colour codes are never cut; `reserved` is room for what follows on the line. */
export function cut(
  text: string,
  { columns }: RenderOptions,
  paint: (text: string) => string,
  reserved = 0,
): string {
  const room = columns === undefined ? Infinity : Math.max(2, columns - reserved - 1);
  const characters = Array.from(text);
  return paint(characters.length <= room ? text : `${characters.slice(0, room - 1).join('')}…`);
}

/** A sentence over as many lines as it needs, for its end is often what matters; four at most. */
export function wrapped(
  text: string,
  indent: string,
  { columns }: RenderOptions,
  paint: (text: string) => string,
): string[] {
  if (columns === undefined) return [indent + paint(text)];
  const room = Math.max(8, columns - indent.length - 1);
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    for (let rest = word; rest !== ''; rest = rest.slice(room)) {
      const part = rest.slice(0, room);
      if (lines.at(-1) === '') lines[lines.length - 1] = part;
      else if (lines.at(-1)!.length + 1 + part.length <= room) lines[lines.length - 1] += ` ${part}`;
      else lines.push(part);
    }
  }
  if (lines.length > 4) lines.splice(3, lines.length, `${lines[3]!.slice(0, room - 1)}…`);
  return lines.map((line) => indent + paint(line));
}

/** As many of the parts as fit on a line, the first at least; those that matter most come first. */
export function joined(parts: readonly string[], indent: number, options: RenderOptions): string {
  const room = options.columns === undefined ? Infinity : options.columns - indent - 1;
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}  ${part}`;
    if (line !== '' && Array.from(longer).length > room) break;
    line = longer;
  }
  return cut(line, options, (text) => text, indent);
}
