/**
 * Addresses that no webhook may lead to, as text that the URL parser or the resolver of names has brought into its usual
 * form: "this host", and the link-local ones, where clouds give credentials to whoever asks (169.254.169.254 and its
 * kin), also inside IPv6.
 */
const forbidden = [
  /^0\./,
  /^169\.254\./,
  /^::$/,
  /^fe[89ab][0-9a-f]:/,
  // AWS's metadata service over IPv6
  /^fd00:0?ec2:/,
  // IPv4 inside IPv6: mapped, compatible, translated (RFC 6052)
  /^(::ffff:(0:)?|::|64:ff9b::)(169\.254\.|a9fe:|0\.)/,
];

/** Whether an IP address, with or without brackets, is one of those; names are not looked up here. */
export function isForbiddenAddress(address: string): boolean {
  const bare = address
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '');
  return forbidden.some((pattern) => pattern.test(bare));
}

/** Whether a host is this machine, where alone plain http may be used. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
