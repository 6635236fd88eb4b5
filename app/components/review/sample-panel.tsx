/** Draws questions by lot; seed and list are kept, so that anybody can draw them again. */
import { Form, Link, useNavigation } from '@remix-run/react'
import { Button } from '../button.tsx'
import { Disclosure } from '../disclosure.tsx'
import { TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'

export interface ShownSample {
  id: string
  seed: string
  drawn: readonly string[]
  population: number
  at: Date | string
}

interface SamplePanelProps {
  samples: readonly ShownSample[]
  questions: number
  isSignedOff: boolean
  errors: Record<string, string>
}

export function SamplePanel({ samples, questions, isSignedOff, errors }: SamplePanelProps) {
  const { state, formData } = useNavigation()
  const [newest] = samples
  return (
    <div className="flex flex-col gap-2">
      {newest ? (
        <p className="text-caption">
          <Link to="?filter=sample" className="text-link">
            {newest.drawn.length} of {newest.population} drawn
          </Link>{' '}
          with the seed “{newest.seed}”, <Time at={newest.at} show="moment" />
        </p>
      ) : null}
      {isSignedOff ? null : (
        <Disclosure
          title={newest ? 'Draw another sample' : 'Draw a sample'}
          isOpen={Object.keys(errors).length > 0}
        >
          <Form method="post" noValidate className="flex flex-col gap-3">
            <input type="hidden" name="intent" value="sample" />
            <TextField
              id="size"
              name="size"
              label="How many"
              hint={`Of ${questions}`}
              inputMode="numeric"
              defaultValue={Math.max(1, Math.ceil(questions / 4))}
              error={errors.size}
            />
            <TextField
              id="seed"
              name="seed"
              label="Seed"
              hint="Any words; the same seed draws the same questions."
              autoComplete="off"
              error={errors.seed}
            />
            <Button
              type="submit"
              size="small"
              className="self-start"
              loading={state !== 'idle' && formData?.get('intent') === 'sample'}
            >
              Draw
            </Button>
          </Form>
        </Disclosure>
      )}
    </div>
  )
}
