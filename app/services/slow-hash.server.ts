/** The salted, slow hash under which passwords and passcodes are kept. */
import { hash, verify } from '@node-rs/argon2'

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const ARGON2ID = { algorithm: 2, memoryCost: 19456, timeCost: 2, parallelism: 1 } as const

export const hashSlowly = (secret: string): Promise<string> => hash(secret, ARGON2ID)

export const matchesSlowHash = (slowHash: string, secret: string): Promise<boolean> =>
  verify(slowHash, secret)
