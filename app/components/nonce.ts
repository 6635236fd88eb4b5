import { createContext, useContext } from 'react'

// Browsers hide a script's nonce from the DOM, so the client's value is the empty string it would read there.
export const NonceContext = createContext('')

export function useNonce(): string {
  return useContext(NonceContext)
}
