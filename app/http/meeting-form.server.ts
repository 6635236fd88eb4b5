/** Reads a meeting's form; people of whom nothing was entered are left out. */
import { MeetingInput } from '#app/services/calendar-input.ts'
import { formValues, listValues, parseWith } from './input.server.ts'

export function readMeetingForm(form: FormData) {
  const values = formValues(form)
  const attendees = listValues(form, 'attendees').filter(({ name, email }) => name !== '' || email !== '')
  return { values, attendees, parsed: parseWith(MeetingInput, { ...values, attendees }) }
}
