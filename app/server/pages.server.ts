/** The Remix application as a request handler: the build in production, Vite's modules in development. */
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import express, { type RequestHandler } from 'express'

export interface Pages {
  /** Files that a browser loads; before anything that is only for pages. */
  assets: RequestHandler
  page: RequestHandler
  close(): Promise<void>
}

const getLoadContext = (_request: express.Request, response: express.Response) => ({
  cspNonce: response.locals.cspNonce as string,
  requestId: response.locals.requestId as string,
})

/** @throws an error with the code `build-missing` when nothing was built */
export async function openBuiltPages(root: string): Promise<Pages> {
  const entry = join(root, 'build/server/index.js')
  if (!existsSync(entry)) {
    const message = 'The application is not built yet. Start it with npm start, which builds it.'
    throw Object.assign(new Error(message), { code: 'build-missing' })
  }
  const build = (await import(pathToFileURL(entry).href)) as ServerBuild
  const client = join(root, 'build/client')
  const assets = express.Router()
  // Their names carry a hash of their content. A missing one is a plain 404, never a page.
  assets.use(
    '/assets',
    express.static(join(client, 'assets'), {
      immutable: true,
      maxAge: '1y',
      fallthrough: false,
      redirect: false,
    }),
  )
  assets.use(express.static(client, { maxAge: '1h', redirect: false, index: false }))
  return {
    assets,
    page: createRequestHandler({ build, mode: 'production', getLoadContext }),
    close: async () => undefined,
  }
}

export async function openPagesInDevelopment(root: string, server: Server): Promise<Pages> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    root,
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server } },
  })
  const loadBuild = () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>
  return {
    assets: vite.middlewares,
    page: createRequestHandler({ build: loadBuild as never, mode: 'development', getLoadContext }),
    close: () => vite.close(),
  }
}
