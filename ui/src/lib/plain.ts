/** A text as it is looked for: without case and accents. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether two names say the same, but for case, accents and signs. */
export function sameWords(one: string, other: string): boolean {
  const words = (text: string) =>
    plain(text)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return words(one) === words(other);
}
