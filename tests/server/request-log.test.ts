import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RouteConfigEntry } from '@remix-run/route-config'
import express from 'express'
import { afterAll, expect, test } from 'vitest'
import routes from '#app/routes.ts'
import { logRequests } from '#app/server/request-log.server.ts'

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections()
})

/** What a route calls the part of its address that opens what lies behind it. */
const SECRET = /:(token|key|secret|code)\b/
/** The id of a signing key, whose revocations anybody may read. */
const PUBLIC_KEY = 'revocations/:organisation/:key'

function pathsOf(entries: readonly RouteConfigEntry[], above = ''): string[] {
  return entries.flatMap(({ path = '', children = [] }) => {
    const whole = [above, path].filter(Boolean).join('/')
    return [whole, ...pathsOf(children, whole)]
  })
}

async function openLogged() {
  const lines: string[] = []
  const app = express()
    .use(logRequests((line) => lines.push(line)))
    .use((_request, response) => response.end())
  const server = createServer(app)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, lines }
}

test('the key of no route is in the log, in whatever letters it is asked for', async () => {
  const { origin, lines } = await openLogged()
  const keyed = pathsOf(routes).filter((path) => SECRET.test(path) && path !== PUBLIC_KEY)
  expect(keyed).toContain('feeds/:token/calendar.ics')
  for (const path of keyed) {
    const asked = path.replace(SECRET, 'a-secret-key').replace(/:\w+/g, 'other')
    await fetch(`${origin}/${asked}`)
    await fetch(`${origin}/${asked.replace(/^\w+/, (first) => first.toUpperCase())}`)
  }
  await expect.poll(() => lines.length).toBe(2 * keyed.length)
  expect(lines.filter((line) => line.includes('a-secret-key'))).toEqual([])
})
