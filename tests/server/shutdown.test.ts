import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startListening } from '#app/server/listener.server.ts'
import { createShutdown } from '#app/server/shutdown.server.ts'

function create(options: { started?: Promise<unknown>; deadlineMs?: number } = {}) {
  const events: string[] = []
  let exited: (code: number) => void
  const exit = new Promise<number>((resolve) => {
    exited = resolve
  })
  const shutdown = createShutdown({
    log: (line) => events.push(line),
    started: () => options.started ?? Promise.resolve(),
    exit: (code) => exited(code),
    deadlineMs: options.deadlineMs,
  })
  return { shutdown, events, exit }
}

describe('stopping', () => {
  it('closes in the reverse order of opening, each after the other, and once', async () => {
    const { shutdown, events, exit } = create()
    shutdown.add('database', () => void events.push('database'))
    shutdown.add('server', async () => {
      await sleep(20)
      events.push('server')
    })
    shutdown.begin(0)
    shutdown.begin(1)
    expect(await exit).toBe(0)
    expect(events).toEqual(['server', 'database'])
  })

  it('closes the rest when one thing fails to close, and says so in its status', async () => {
    const { shutdown, events, exit } = create()
    shutdown.add('database', () => void events.push('database'))
    shutdown.add('server', () => Promise.reject(new Error('stuck')))
    shutdown.begin(0)
    expect(await exit).toBe(1)
    expect(events).toEqual(['Could not close server: stuck', 'database'])
  })

  it('waits for a start under way, even one that fails, and closes what it opened', async () => {
    const events: string[] = []
    const started = sleep(30).then(() => {
      shutdown.add('database', () => void events.push('closed'))
      throw new Error('abandoned')
    })
    const { shutdown, exit } = create({ started })
    shutdown.begin(0)
    expect(await exit).toBe(0)
    expect(events).toEqual(['closed'])
  })

  it('ends anyway when something never closes', async () => {
    const { shutdown, events, exit } = create({ deadlineMs: 30 })
    shutdown.add('database', () => new Promise(() => undefined))
    shutdown.begin(0)
    expect(await exit).toBe(1)
    expect(events).toEqual(['Stopping took too long; ending now.'])
  })
})

describe('the listening socket', () => {
  it('answers with a waiting page until the application is there', async () => {
    const listener = await startListening(0, '127.0.0.1')
    const waiting = await fetch(`http://127.0.0.1:${listener.port}/`)
    expect(waiting.status).toBe(503)
    expect(await waiting.text()).toContain('Attested is starting')
    listener.open((_request, response) => response.end('here'))
    expect(await (await fetch(`http://127.0.0.1:${listener.port}/`)).text()).toBe('here')
    await listener.close()
  })

  it('lets a request under way finish, takes no new one, and then does not wait for idle connections', async () => {
    const listener = await startListening(0, '127.0.0.1')
    listener.open(async (_request, response) => {
      await sleep(300)
      response.end('finished')
    })
    const url = `http://127.0.0.1:${listener.port}/`
    const underWay = fetch(url).then((answer) => answer.text())
    await sleep(100)
    const before = performance.now()
    const closed = listener.close()
    await expect(fetch(url)).rejects.toThrow()
    expect(await underWay).toBe('finished')
    await closed
    expect(performance.now() - before).toBeLessThan(2_000)
  })

  it('refuses a port that is taken', async () => {
    const listener = await startListening(0, '127.0.0.1')
    await expect(startListening(listener.port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await listener.close()
  })
})
