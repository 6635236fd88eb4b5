/** Uploads files one after the other and keeps what became of each, until the page is left. */
import { useCallback, useEffect, useReducer, useRef } from 'react'
import { type Sending, sendFile, type UploadReply } from './send-file.ts'

export interface Upload {
  id: number
  file: File
  fields: Record<string, string>
  state: 'waiting' | 'sending' | 'over'
  sentBytes: number
  totalBytes: number
  reply: UploadReply | null
}

type Change =
  | { type: 'add'; uploads: Upload[] }
  | { type: 'set'; id: number; values: Partial<Upload> }
  | { type: 'remove'; id: number }

function reduce(uploads: Upload[], change: Change): Upload[] {
  switch (change.type) {
    case 'add':
      return [...uploads, ...change.uploads]
    case 'set':
      return uploads.map((upload) => (upload.id === change.id ? { ...upload, ...change.values } : upload))
    case 'remove':
      return uploads.filter(({ id }) => id !== change.id)
  }
}

/** @param onOver called with each reply, once */
export function useUploads(url: string, onOver: (reply: UploadReply) => void) {
  const [uploads, change] = useReducer(reduce, [])
  const nextId = useRef(0)
  const current = useRef<{ id: number; sending: Sending } | null>(null)
  const tellOver = useRef(onOver)
  tellOver.current = onOver

  const next = uploads.find(({ state }) => state === 'waiting')
  const isSending = uploads.some(({ state }) => state === 'sending')

  useEffect(() => {
    if (!next || isSending || current.current) return
    const { id, fields, file } = next
    change({
      type: 'set',
      id,
      values: { state: 'sending', sentBytes: 0, totalBytes: file.size, reply: null },
    })
    const sending = sendFile(url, fields, file, (sentBytes, totalBytes) =>
      change({ type: 'set', id, values: { sentBytes, totalBytes } }),
    )
    current.current = { id, sending }
    void sending.reply.then((reply) => {
      current.current = null
      change({ type: 'set', id, values: { state: 'over', reply } })
      tellOver.current(reply)
    })
  }, [next, isSending, url])

  // What is under way when the page is left would go on unseen.
  useEffect(() => () => current.current?.sending.cancel(), [])

  const add = useCallback((files: readonly File[], fields: Record<string, string>) => {
    const added = files.map((file): Upload => {
      nextId.current += 1
      const progress = { sentBytes: 0, totalBytes: file.size, reply: null }
      return { id: nextId.current, file, fields, state: 'waiting', ...progress }
    })
    change({ type: 'add', uploads: added })
  }, [])

  const cancel = useCallback((id: number) => {
    if (current.current?.id === id) current.current.sending.cancel()
    else change({ type: 'remove', id })
  }, [])

  const retry = useCallback((id: number, fields?: Record<string, string>) => {
    change({ type: 'set', id, values: fields ? { state: 'waiting', fields } : { state: 'waiting' } })
  }, [])
  const remove = useCallback((id: number) => change({ type: 'remove', id }), [])

  return { uploads, isBusy: isSending || next !== undefined, add, cancel, retry, remove }
}
