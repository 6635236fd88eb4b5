/** Black rectangles on a picture: drawn with a pointer, or set by numbers alone. */
import { EyeOff, Plus, X } from 'lucide-react'
import { type PointerEvent, useRef, useState } from 'react'
import { Button } from '../button.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { NumberField } from '../text-field.tsx'
import { type DrawnRectangle, fitInto, type PictureReply, sendRedacted } from './redact-picture.ts'

const SIDES = [
  ['x', 'From left'],
  ['y', 'From top'],
  ['width', 'Width'],
  ['height', 'Height'],
] as const

export function PictureRedaction({ revisionId, fileName }: { revisionId: string; fileName: string }) {
  const image = useRef<HTMLImageElement | null>(null)
  const nextId = useRef(0)
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  const [rectangles, setRectangles] = useState<(DrawnRectangle & { id: number })[]>([])
  const [start, setStart] = useState<{ x: number; y: number; id: number } | null>(null)
  const [isSending, setIsSending] = useState(false)
  const [reply, setReply] = useState<PictureReply | null>(null)

  function measure(element: HTMLImageElement | null) {
    // A picture from the cache is complete before anything listens.
    if (element?.complete && element.naturalWidth > 0 && !size)
      setSize({ width: element.naturalWidth, height: element.naturalHeight })
  }

  function add(rectangle: DrawnRectangle): number {
    nextId.current += 1
    const id = nextId.current
    setRectangles((list) => [...list, { ...rectangle, id }])
    return id
  }

  const change = (id: number, values: Partial<DrawnRectangle>) =>
    setRectangles((list) =>
      list.map((item) =>
        item.id === id && size ? { ...item, ...fitInto({ ...item, ...values }, size) } : item,
      ),
    )

  function pointOf(event: PointerEvent<SVGSVGElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    const { width, height } = size ?? { width: 1, height: 1 }
    return {
      x: ((event.clientX - box.left) / box.width) * width,
      y: ((event.clientY - box.top) / box.height) * height,
    }
  }

  function drag(event: PointerEvent<SVGSVGElement>) {
    if (!start) return
    const { x, y } = pointOf(event)
    change(start.id, {
      x: Math.min(start.x, x),
      y: Math.min(start.y, y),
      width: Math.abs(x - start.x),
      height: Math.abs(y - start.y),
    })
  }

  async function send() {
    if (!image.current || rectangles.length === 0) return
    setIsSending(true)
    setReply(null)
    const plain = rectangles.map(({ id: _, ...rectangle }) => rectangle)
    setReply(await sendRedacted(revisionId, image.current, plain))
    setIsSending(false)
  }

  return (
    <div className="flex flex-col gap-5">
      <div className="relative w-fit max-w-full border border-hairline">
        <img
          ref={(element) => {
            image.current = element
            measure(element)
          }}
          onLoad={(event) => measure(event.currentTarget)}
          src={`/revisions/${revisionId}/content`}
          alt={`Content of ${fileName}`}
          className="block max-w-full"
        />
        {size ? (
          <svg
            viewBox={`0 0 ${size.width} ${size.height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={`${rectangles.length} black rectangles`}
            className="absolute inset-0 size-full cursor-crosshair touch-none"
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              const point = pointOf(event)
              setStart({ ...point, id: add(fitInto({ ...point, width: 1, height: 1 }, size)) })
            }}
            onPointerMove={drag}
            onPointerUp={() => setStart(null)}
            onPointerCancel={() => setStart(null)}
          >
            {rectangles.map(({ id, ...rectangle }) => (
              <rect key={id} {...rectangle} fill="#000" />
            ))}
          </svg>
        ) : null}
      </div>
      <p className="max-w-measure text-caption text-ink-soft">
        Drag over the picture, or add a rectangle and set its numbers in pixels
        {size ? ` (the picture has ${size.width} × ${size.height})` : ''}. The copy is a new PNG without
        metadata.
      </p>
      <ol className="flex flex-col gap-4" aria-label="Rectangles">
        {rectangles.map((rectangle, index) => (
          <li key={rectangle.id} className="flex flex-wrap items-end gap-3">
            {SIDES.map(([side, label]) => (
              <NumberField
                key={side}
                id={`rectangle-${rectangle.id}-${side}`}
                label={
                  <>
                    {label}
                    <span className="sr-only">, rectangle {index + 1}</span>
                  </>
                }
                className="w-28"
                value={rectangle[side]}
                onChange={(event) => {
                  const value = Number(event.target.value)
                  if (Number.isInteger(value)) change(rectangle.id, { [side]: value })
                }}
              />
            ))}
            <Button
              size="small"
              variant="quiet"
              icon={X}
              onClick={() => setRectangles((list) => list.filter(({ id }) => id !== rectangle.id))}
            >
              Remove<span className="sr-only"> rectangle {index + 1}</span>
            </Button>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2.5">
        <Button
          icon={Plus}
          disabled={!size}
          onClick={() =>
            size && add(fitInto({ x: 0, y: 0, width: size.width / 4, height: size.height / 8 }, size))
          }
        >
          Add rectangle
        </Button>
        <Button
          variant="primary"
          icon={EyeOff}
          disabled={rectangles.length === 0}
          loading={isSending}
          loadingLabel="Encoding anew"
          onClick={() => void send()}
        >
          Make redacted copy
        </Button>
      </div>
      {reply ? <Outcome reply={reply} /> : null}
    </div>
  )
}

function Outcome({ reply }: { reply: PictureReply }) {
  if (reply.outcome === 'refused') {
    return (
      <Notice kind="danger" title="No copy was made" announce>
        {reply.message}
      </Notice>
    )
  }
  return (
    <Notice
      kind="success"
      title={reply.outcome === 'redacted' ? 'Redacted copy made' : 'Exactly this copy is held already'}
      announce
    >
      It goes out in place of the original.{' '}
      <TextLink to={`/revisions/${reply.revisionId}`}>Look at it</TextLink> before you hand it out.
    </Notice>
  )
}
