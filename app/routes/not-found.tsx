/** Answers every address that no other route knows, so that the root's loader runs and the page keeps its theme. */
export function loader(): never {
  throw new Response(null, { status: 404 })
}

export const action = loader

export default function NotFound() {
  return null
}
