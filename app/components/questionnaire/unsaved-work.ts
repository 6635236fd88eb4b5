/** What the page still has to save, for one warning before leaving and one try when the connection is back. */

interface UnsavedWork {
  isUnsaved: () => boolean
  retry: () => void
}

/** One entry a question that is shown; hundreds of listeners on the window would each run for every event. */
const registered = new Set<UnsavedWork>()

function warn(event: BeforeUnloadEvent) {
  for (const work of registered) {
    if (!work.isUnsaved()) continue
    event.preventDefault()
    return
  }
}

function retryAll() {
  for (const work of registered) work.retry()
}

/** @returns what ends it */
export function watchUnsavedWork(work: UnsavedWork): () => void {
  if (registered.size === 0) {
    window.addEventListener('online', retryAll)
    window.addEventListener('beforeunload', warn)
  }
  registered.add(work)
  return () => {
    registered.delete(work)
    if (registered.size > 0) return
    window.removeEventListener('online', retryAll)
    window.removeEventListener('beforeunload', warn)
  }
}

/** Answers that somebody began and that cannot be saved yet: a table with a row too few, a "no" without its reason. */
const unfinished = new Set<() => boolean>()

/** @returns what ends it */
export function watchUnfinishedAnswer(isUnfinished: () => boolean): () => void {
  unfinished.add(isUnfinished)
  return () => {
    unfinished.delete(isUnfinished)
  }
}

export function hasUnfinishedAnswer(): boolean {
  return [...unfinished].some((isUnfinished) => isUnfinished())
}
