import type { Painter } from './painter';

/** A value in a table: null is SQL's, undefined is something that is not known. */
export type Cell = string | number | boolean | null | undefined;

export interface Table {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** Longest text of a cell on a terminal; JSON and CSV have it whole. */
const longestCell = 200;

/** The table as aligned lines: numbers to the right, NULL for SQL's null, `-` for what is not known. */
export function tableLines({ columns, rows }: Table, paint: Painter): string[] {
  const texts = rows.map((row) => columns.map((_, column) => cellText(row[column])));
  const heads = columns.map(printable);
  const widths = heads.map((head, column) =>
    Math.max(widthOf(head), ...texts.map((row) => widthOf(row[column]!))),
  );
  const right = columns.map((_, column) => {
    const known = rows.flatMap((row) =>
      row[column] === null || row[column] === undefined ? [] : [row[column]],
    );
    return known.length > 0 && known.every(isNumeric);
  });
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - widthOf(cell));
        return right[column] ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [paint.bold(line(heads)), ...texts.map(line)];
}

/** The table as CSV (RFC 4180, lines end with LF): null is an empty field, an empty text is `""`. */
export function csvText({ columns, rows }: Table): string {
  const field = (value: Cell) => {
    if (value === null || value === undefined) return '';
    const text = String(value);
    return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${columns.map((_, at) => field(row[at])).join(',')}\n`).join('');
}

/** Facts as a table of two columns, without those that are not known. */
export function factTable(facts: object): Table {
  const rows = Object.entries(facts).flatMap(([name, value]): Cell[][] => {
    if (value === undefined) return [];
    return [[name, typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Cell)]];
  });
  return { columns: ['FACT', 'VALUE'], rows };
}

function cellText(value: Cell): string {
  if (value === null) return 'NULL';
  if (value === undefined) return '-';
  const text = printable(String(value));
  const characters = Array.from(text);
  return characters.length <= longestCell ? text : `${characters.slice(0, longestCell - 1).join('')}…`;
}

const isNumeric = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Without anything that moves a terminal's cursor or colours it: rows come from a database, not from us. */
export function printable(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Columns of a terminal that a text takes: East Asian characters and emoji take two, combining ones none. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}|\u200d/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
