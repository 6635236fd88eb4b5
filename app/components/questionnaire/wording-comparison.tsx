/** The old wording and answer beside the new: what was struck out and what was put in is seen without colour too. */
import { Fragment, type ReactNode, useMemo } from 'react'
import { compareWords, type Piece } from './word-difference.ts'

/** Two wordings with less in common are other sentences: marking single words in them would only distract. */
const LEAST_SHARED = 0.4

interface Side {
  caption: ReactNode
  prompt: string
  answer: ReactNode
}

export function WordingComparison({ then, now }: { then: Side; now: Side }) {
  const difference = useMemo(() => compareWords(then.prompt, now.prompt), [then.prompt, now.prompt])
  const isSame = difference.shared === 1
  const isMarked = !isSame && difference.shared >= LEAST_SHARED
  return (
    <div>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <WordingSide side={then}>
          {isMarked ? <Pieces pieces={difference.older} as="del" /> : then.prompt}
        </WordingSide>
        <WordingSide side={now}>
          {isMarked ? <Pieces pieces={difference.newer} as="ins" /> : now.prompt}
        </WordingSide>
      </div>
      <p className="mt-2 text-caption text-ink-soft">
        {isSame
          ? 'The question is put in the same words. Check that what counts, and the answers to choose from, are the same too.'
          : isMarked
            ? 'Struck through: no longer in the wording. Underlined: new in it.'
            : 'The two are worded differently throughout.'}
      </p>
    </div>
  )
}

function WordingSide({ side, children }: { side: Side; children: ReactNode }) {
  return (
    <div className="min-w-0 border-hairline border-t pt-2">
      <p className="text-caption text-ink-soft">{side.caption}</p>
      <p className="mt-1 break-words">{children}</p>
      <p className="mt-1.5 break-words font-semibold">{side.answer}</p>
    </div>
  )
}

function Pieces({ pieces, as: Mark }: { pieces: readonly Piece[]; as: 'ins' | 'del' }) {
  return pieces.map(({ text, changed }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one wording never change places.
    <Fragment key={index}>
      {index > 0 ? ' ' : null}
      {changed ? (
        <Mark
          className={
            Mark === 'del'
              ? 'bg-bad-wash decoration-1 decoration-bad line-through'
              : 'bg-ok-wash underline decoration-2 decoration-ok underline-offset-3'
          }
        >
          {text}
        </Mark>
      ) : (
        text
      )}
    </Fragment>
  ))
}
