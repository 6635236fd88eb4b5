/** Draws questions by lot, so that anybody with the seed and the list draws the same. */

/**
 * Sorts the list by the hash of seed and name and takes the first: no random numbers to keep, and no order to bias.
 * @param hash SHA-256 in hex, of a text
 */
export function drawSample(
  population: readonly string[],
  size: number,
  seed: string,
  hash: (text: string) => string,
): string[] {
  const ranked = population.map((id) => ({ id, rank: hash(`${seed}\n${id}`) }))
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
  return ranked.slice(0, size).map(({ id }) => id)
}
