/**
 * What a loader or an action throws to end with a sentence: pages show it in the error page, and addresses that send
 * files answer with it as it is. (`data()` does so for pages only: thrown by a route without a page it answers
 * “Unexpected Server Error”.)
 */
export function errorReply(sentence: string, status: number, headers?: Record<string, string>): Response {
  return Response.json({ sentence }, { status, headers })
}

/** For an address that names nothing, or nothing of yours. */
export const nothingHere = (): Response => errorReply('There is nothing at this address', 404)

/** For an act that the page does not know: sent by a page of before an update, or by hand. */
export const unknownAct = (): Response => errorReply('The page asked for something unknown. Reload it.', 400)
