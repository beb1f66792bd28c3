/** A share of 0 to 1 as a bar; only what is finished is full. */
export function progressBar(share: number, width = 20): string {
  const full = Math.floor(Math.min(1, Math.max(0, share)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
