/** Who is pointed to by name in a message: "@Ada Approver". */

export interface Mentionable {
  userId: string
  name: string
  email: string
}

/** Names are matched whole and whatever their case; of two that begin alike the longer one counts. */
export function mentionedIn<Person extends Mentionable>(text: string, people: readonly Person[]): Person[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length)
  const found = new Set<Person>()
  let rest = text.toLowerCase()
  for (const person of byLength) {
    const mark = `@${person.name.toLowerCase()}`
    const parts = rest.split(mark)
    const isWhole = parts.slice(1).some((after) => !/^[\p{L}\p{N}]/u.test(after))
    if (!isWhole) continue
    // Namesakes are all told; a shorter name inside a longer one is not.
    for (const other of people) if (other.name.toLowerCase() === person.name.toLowerCase()) found.add(other)
    rest = parts.join(' ')
  }
  return people.filter((person) => found.has(person))
}
