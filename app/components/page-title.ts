/** Every title ends in the product's name: "Evidence · Harbour Street Dental · Attested". */
export function pageTitle(...parts: string[]): string {
  return [...parts, 'Attested'].join(' · ')
}
