/** How questions, options, editions and facts are named in definitions. */
import { z } from 'zod'

export const Id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'Use lower-case words joined by hyphens')
export const EditionNumber = z.string().regex(/^[0-9]+(\.[0-9]+)*$/, 'Use a number such as 2 or 2.1')
export const FactKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]*\.[a-z0-9_]+$/, 'Use a fact key such as exposure.rdp_open_count')
