/** What a client saw of a refusal: the SDK's error class, the code on the wire, the HTTP status, the text. */
export interface Refusal {
  name: string;
  code?: string;
  status?: number;
  message: string;
}

/** @throws Error when the call is not refused at all. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => undefined,
    (caught: Error & { Code?: string; $metadata?: { httpStatusCode?: number } }) => caught,
  );
  if (error === undefined) throw new Error('the call was accepted');
  return {
    name: error.name,
    code: error.Code,
    status: error.$metadata?.httpStatusCode,
    message: error.message,
  };
}
