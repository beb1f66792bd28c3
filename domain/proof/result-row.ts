/** One row of a statement's result, as the activities give it: large numbers are asked for as text. */
export type ResultRow = readonly (string | number | boolean | null)[];
