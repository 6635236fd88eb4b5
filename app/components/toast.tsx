import { X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { type NoticeKind, noticeLook } from './notice.tsx'
import { toneText } from './tone.ts'

export interface ToastMessage {
  kind: NoticeKind
  title: string
  text?: string
}

type Queued = ToastMessage & { id: number }

const ToastContext = createContext<(message: ToastMessage) => void>(() => {})

/** Shows a passing confirmation. Anything that must be acted on belongs in a Notice on the page. */
export function useToast() {
  return useContext(ToastContext)
}

const SHOWN_FOR_MS = 6000

export function ToastRegion({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Queued[]>([])
  const [isLive, setIsLive] = useState(false)
  const nextId = useRef(0)

  // The viewport carries inline styles, which our content security policy refuses in markup but not from script.
  useEffect(() => setIsLive(true), [])

  const notify = useCallback((message: ToastMessage) => {
    nextId.current += 1
    const id = nextId.current
    setMessages((queue) => [...queue, { ...message, id }])
  }, [])

  const remove = (id: number) => setMessages((queue) => queue.filter((message) => message.id !== id))

  return (
    <ToastContext.Provider value={notify}>
      {children}
      {isLive ? (
        <Toast.Provider duration={SHOWN_FOR_MS} label="Message">
          {messages.map((message) => (
            <ToastCard key={message.id} message={message} onClose={() => remove(message.id)} />
          ))}
          <Toast.Viewport
            label="Messages ({hotkey})"
            className="fixed end-0 bottom-0 z-50 flex w-full max-w-sm flex-col gap-2 p-4 no-print"
          />
        </Toast.Provider>
      ) : null}
    </ToastContext.Provider>
  )
}

function ToastCard({ message, onClose }: { message: ToastMessage; onClose: () => void }) {
  const { icon: Icon, tone, word } = noticeLook[message.kind]
  return (
    <Toast.Root
      onOpenChange={(open) => !open && onClose()}
      className="flex animate-appear items-start gap-3 rounded-small border border-control bg-raised py-3 ps-4 pe-2 shadow-lift"
    >
      <Icon aria-hidden size={18} className={`mt-0.5 shrink-0 ${toneText[tone]}`} />
      <div className="min-w-0 grow">
        <Toast.Title className="font-medium">
          <span className="sr-only">{word}: </span>
          {message.title}
        </Toast.Title>
        {message.text ? (
          <Toast.Description className="text-caption text-ink-soft">{message.text}</Toast.Description>
        ) : null}
      </div>
      <Toast.Close
        aria-label="Dismiss"
        className="grid size-8 shrink-0 place-items-center rounded-small text-ink-soft hover:bg-accent-wash hover:text-ink"
      >
        <X aria-hidden size={16} />
      </Toast.Close>
    </Toast.Root>
  )
}
