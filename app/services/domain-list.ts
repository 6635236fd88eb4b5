/** The domains of a named insured, as people type or paste them. */
import { z } from 'zod'

const MAX_DOMAINS = 50
const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const DOMAIN = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$`)

/** `https://www.example.com/shop` and `bücher.example` as the names that DNS knows; null when it is none. */
function readDomain(typed: string): string | null {
  const [host = ''] = typed.replace(/^[a-z]+:\/\//i, '').split(/[/?#]/)
  if (/[@:]/.test(host) || !URL.canParse(`http://${host}`)) return null
  const { hostname } = new URL(`http://${host}`)
  return DOMAIN.test(hostname) ? hostname : null
}

/** One text with commas, spaces or lines between the domains, or a list; each domain once. */
export const DomainList = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((typed, context) => {
    const words = (typeof typed === 'string' ? typed.split(/[\s,;]+/) : typed).map((word) => word.trim())
    const domains = new Set<string>()
    for (const word of words.filter(Boolean)) {
      const domain = readDomain(word)
      if (domain) domains.add(domain)
      else {
        const message = `“${word.slice(0, 80)}” is no domain. Enter domains such as example.com, one a line.`
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      }
    }
    if (domains.size > MAX_DOMAINS) {
      context.addIssue({ code: 'custom', message: `Enter at most ${MAX_DOMAINS} domains` })
      return z.NEVER
    }
    return [...domains]
  })
