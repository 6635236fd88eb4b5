/** The short session of an officer who entered a code. */
import { linkCookies } from './link-cookie.server.ts'

const cookies = linkCookies({ name: 'officer', path: '/attest' })

export const officerKey = cookies.readKey
export const officerCookie = cookies.write
