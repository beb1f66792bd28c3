import { createColors } from 'picocolors';

type Paint = (text: string) => string;

/** The few colours of the CLI, or none. */
export interface Painter {
  bold: Paint;
  dim: Paint;
  green: Paint;
  red: Paint;
  yellow: Paint;
  cyan: Paint;
}

export function painter(colours: boolean): Painter {
  return createColors(colours);
}
