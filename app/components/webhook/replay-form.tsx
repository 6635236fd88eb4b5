/** Sends the messages of some days again, such as those of an outage. */
import { Form } from '@remix-run/react'
import { RotateCw } from 'lucide-react'
import { Button } from '../button.tsx'
import { TextField } from '../text-field.tsx'

export function ReplayForm({ today, errors }: { today: string; errors: Record<string, string> }) {
  return (
    <Form method="post" noValidate className="flex max-w-measure flex-col gap-4">
      <input type="hidden" name="intent" value="replay-span" />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField id="from" name="from" type="date" label="From" defaultValue={today} error={errors.from} />
        <TextField
          id="until"
          name="until"
          type="date"
          label="Until"
          defaultValue={today}
          error={errors.until}
        />
      </div>
      <label className="flex items-center gap-2">
        <input type="checkbox" name="onlyFailed" defaultChecked className="size-4 accent-accent" />
        Only those that were given up
      </label>
      <Button type="submit" icon={RotateCw} className="self-start max-sm:self-stretch">
        Send these days again
      </Button>
    </Form>
  )
}
