/** The short session of a recipient who entered the passcode of a shared report. */
import { linkCookies } from './link-cookie.server.ts'

const cookies = linkCookies({ name: 'share', path: '/shared' })

export const shareKey = cookies.readKey
export const shareCookie = cookies.write
