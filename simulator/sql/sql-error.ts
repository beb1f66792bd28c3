/** Failing SQL, in Postgres' own words (`relation "x" does not exist`) and with its SQLSTATE. */
export class SqlError extends Error {
  constructor(
    message: string,
    /** SQLSTATE, e.g. '42P01'. */
    readonly code?: string,
    /** Which of several statements failed, from 0. */
    readonly statementIndex = 0,
  ) {
    super(message);
    this.name = 'SqlError';
  }
}
